//! The application is called, and what it returns is sent.

use std::borrow::Cow;

use iisc_gateway_core::head::ResponseHead;
use iisc_gateway_core::response::{Ending, Written};
use pyo3::exceptions::{PyConnectionResetError, PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyString, PyTuple};

use super::exchange::Exchange;
use crate::log;
use crate::py::bytes::bytes_like;
use crate::py::failure;

/// How an answer ended, as the status of the application: 0 is success.
const COMPLETE: u32 = 0;
const CUT_SHORT: u32 = 1;

/// Calls the application and sends its answer; `close()` is called in any case (W59).
///
/// A Python function, so that it can be run in a context of its own (W76).
///
/// # Errors
/// The exception of the application, or of an answer that is none.
#[pyfunction]
pub(crate) fn run_application(
    application: &Bound<'_, PyAny>,
    environ: &Bound<'_, PyDict>,
    start_response: &Bound<'_, StartResponse>,
) -> PyResult<u32> {
    let answer = application.call1((environ, start_response))?;
    let sent = send(&answer, &start_response.get().0);
    close(&answer);
    sent
}

/// Sends an iterable, each piece before the next one is asked for (W61).
fn send(answer: &Bound<'_, PyAny>, exchange: &Exchange) -> PyResult<u32> {
    let py = answer.py();
    // The pieces of these are all there, so sending them can wait until the last one.
    let is_ready =
        answer.is_exact_instance_of::<PyList>() || answer.is_exact_instance_of::<PyTuple>();
    let is_single = answer.len().is_ok_and(|length| length == 1);
    for piece in answer.try_iter()? {
        let piece = bytes_of(&piece?)?;
        if is_single {
            exchange.announce_length(piece.as_bytes().len())?;
        }
        match exchange.write(py, piece.as_bytes(), is_ready) {
            Ok(Written::Whole) => {}
            Ok(Written::Bodiless) => break,
            Ok(Written::Cut) => {
                log::write(
                    "the answer is longer than its `Content-Length`, and was cut",
                    "",
                );
                break;
            }
            // A client that leaves is no failure of the application (F28, W67).
            Err(error) if error.is_instance_of::<PyConnectionResetError>(py) => {
                return Ok(CUT_SHORT);
            }
            Err(error) => return Err(error),
        }
    }
    match exchange.complete()? {
        Ending::Complete => Ok(COMPLETE),
        Ending::Short(missing) => {
            let text = format!("the answer ended {missing} bytes before its `Content-Length`");
            log::write(&text, "");
            Ok(CUT_SHORT)
        }
    }
}

/// A piece of the body as bytes (W63).
fn bytes_of<'py>(piece: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
    match bytes_like(piece)? {
        Some(bytes) => Ok(bytes),
        None => Err(PyTypeError::new_err(format!(
            "a piece of the response body is of type `{}` and must be bytes",
            piece.get_type().name()?
        ))),
    }
}

/// Calls `close()` if there is one. Its failure is logged; the answer is out already (W60).
fn close(answer: &Bound<'_, PyAny>) {
    let py = answer.py();
    let closed = answer
        .getattr_opt(intern!(py, "close"))
        .and_then(|close| close.map(|close| close.call0()).transpose());
    if let Err(error) = closed {
        let text = format!("`close()` failed with {}", failure::summary(py, &error));
        log::write(&text, &failure::traceback(py, &error));
    }
}

/// `start_response`.
#[pyclass(frozen, module = "iisc_gateway._gateway")]
#[derive(Debug)]
pub(crate) struct StartResponse(pub(crate) Exchange);

#[pymethods]
impl StartResponse {
    /// Takes status and headers; with `exc_info` in place of those of a call before (W37-W42).
    #[pyo3(signature = (status, response_headers, exc_info=None))]
    fn __call__<'py>(
        slf: &Bound<'py, Self>,
        status: &Bound<'py, PyAny>,
        response_headers: &Bound<'py, PyAny>,
        exc_info: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let exchange = &slf.get().0;
        let may_replace = match exc_info {
            Some(exc_info) if exc_info.is_truthy()? => {
                if exchange.is_committed()? {
                    return Err(raised(exc_info)?);
                }
                true
            }
            Some(_) | None => false,
        };
        let head = response_head(status, response_headers)?;
        if let [name, ..] = head.left_out() {
            let text =
                format!("the response header `{name}` is the web server's, and was left out");
            log::write(&text, "");
        }
        exchange.start(head, may_replace)?;
        slf.getattr(intern!(slf.py(), "write"))
    }

    /// Sends a piece of the body ahead of the iterable (W39).
    fn write(&self, py: Python<'_>, data: &Bound<'_, PyAny>) -> PyResult<()> {
        self.0.write(py, bytes_of(data)?.as_bytes(), false)?;
        Ok(())
    }
}

/// The exception of `exc_info`, to be raised again with its own traceback (W42).
fn raised(exc_info: &Bound<'_, PyAny>) -> PyResult<PyErr> {
    let value = exc_info.get_item(1)?;
    let traceback = exc_info.get_item(2)?;
    let value = value.call_method1(intern!(exc_info.py(), "with_traceback"), (traceback,))?;
    Ok(PyErr::from_value(value))
}

/// Checks types first, then what the values hold (W45-W52).
fn response_head(status: &Bound<'_, PyAny>, headers: &Bound<'_, PyAny>) -> PyResult<ResponseHead> {
    let status = text("the status", status)?;
    let pairs = header_pairs(headers)?;
    let mut texts: Vec<(Cow<'_, str>, Cow<'_, str>)> = Vec::with_capacity(pairs.len());
    for (name, value) in &pairs {
        texts.push((name.to_cow()?, value.to_cow()?));
    }
    let texts = texts.iter().map(|(name, value)| (&**name, &**value));
    ResponseHead::new(&status.to_cow()?, texts)
        .map_err(|error| PyValueError::new_err(error.to_string()))
}

type HeaderPair<'py> = (Bound<'py, PyString>, Bound<'py, PyString>);

/// The list of headers; anything empty counts as an empty list, as in wfastcgi (K11).
fn header_pairs<'py>(headers: &Bound<'py, PyAny>) -> PyResult<Vec<HeaderPair<'py>>> {
    let Ok(list) = headers.cast::<PyList>() else {
        if headers.is_truthy()? {
            return Err(PyTypeError::new_err("the response headers must be a list"));
        }
        return Ok(Vec::new());
    };
    list.iter()
        .map(|pair| match pair.cast::<PyTuple>() {
            Ok(pair) if pair.len() == 2 => Ok((
                text("a response header's name", &pair.get_item(0)?)?,
                text("a response header's value", &pair.get_item(1)?)?,
            )),
            Ok(_) | Err(_) => Err(PyTypeError::new_err(
                "a response header must be a tuple of a name and a value",
            )),
        })
        .collect()
}

fn text<'py>(what: &str, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
    match value.cast::<PyString>() {
        Ok(text) => Ok(text.clone()),
        Err(_) => Err(PyTypeError::new_err(format!(
            "{what} is of type `{}` and must be str",
            value.get_type().name()?
        ))),
    }
}
