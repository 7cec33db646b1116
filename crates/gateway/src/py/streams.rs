//! Text streams for the application whose lines become records of the log.

use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyCFunction, PyDict};

use super::bytes::bytes_like;
use crate::log;

/// The binary stream below such a text stream.
///
/// One line of one thread is one record, so lines of concurrent requests do not mix (W72), and a print is
/// found under the request that made it (P58).
#[pyclass(frozen, module = "iisc_gateway._gateway")]
#[derive(Debug)]
pub(crate) struct LogWriter {
    #[pyo3(get)]
    name: &'static str,
}

#[pymethods]
impl LogWriter {
    fn write(&self, data: &Bound<'_, PyAny>) -> PyResult<usize> {
        let py = data.py();
        let bytes = bytes_like(data)?.ok_or_else(|| {
            PyTypeError::new_err(format!("`{}` takes bytes and nothing else", self.name))
        })?;
        let bytes = bytes.as_bytes();
        py.detach(|| log::print(bytes));
        Ok(bytes.len())
    }

    fn fileno(&self) -> i32 {
        log::descriptor()
    }

    #[getter]
    const fn closed(&self) -> bool {
        false
    }

    const fn writable(&self) -> bool {
        true
    }

    const fn readable(&self) -> bool {
        false
    }

    const fn seekable(&self) -> bool {
        false
    }

    const fn isatty(&self) -> bool {
        false
    }

    const fn flush(&self) {}

    /// Does nothing: a log that the application could close would be lost for everyone.
    const fn close(&self) {}
}

/// A real text stream (P39) that takes any text, lone surrogates included (W72).
pub(crate) fn text_stream<'py>(py: Python<'py>, name: &'static str) -> PyResult<Bound<'py, PyAny>> {
    let options = PyDict::new(py);
    options.set_item("encoding", "utf-8")?;
    options.set_item("errors", "backslashreplace")?;
    options.set_item("newline", "\n")?;
    options.set_item("write_through", true)?;
    py.import(intern!(py, "io"))?
        .getattr(intern!(py, "TextIOWrapper"))?
        .call((LogWriter { name },), Some(&options))
}

/// Sends what the application prints to the log, under the request that prints it: under IIS there is no other
/// place (P10, P58).
pub(crate) fn redirect(py: Python<'_>) -> PyResult<()> {
    let sys = py.import(intern!(py, "sys"))?;
    sys.setattr(intern!(py, "stdout"), text_stream(py, "<stdout>")?)?;
    sys.setattr(intern!(py, "stderr"), text_stream(py, "<stderr>")?)?;
    guard_forks(py)
}

/// Lets a process that the application forks print, too. Windows knows no forks.
fn guard_forks(py: Python<'_>) -> PyResult<()> {
    let Some(register) = py
        .import(intern!(py, "os"))?
        .getattr_opt(intern!(py, "register_at_fork"))?
    else {
        return Ok(());
    };
    let options = PyDict::new(py);
    options.set_item(
        "before",
        PyCFunction::new_closure(py, None, None, |_, _| log::hold())?,
    )?;
    for side in ["after_in_parent", "after_in_child"] {
        let release = PyCFunction::new_closure(py, None, None, |_, _| log::release())?;
        options.set_item(side, release)?;
    }
    register.call((), Some(&options))?;
    Ok(())
}
