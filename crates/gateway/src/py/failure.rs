//! Exceptions as text for the log.

use pyo3::intern;
use pyo3::prelude::*;

/// `ValueError: text`, on one line if the text is.
pub(crate) fn summary(py: Python<'_>, error: &PyErr) -> String {
    let name = type_name(py, error);
    match error.value(py).str() {
        Ok(text) if text.is_empty().unwrap_or(true) => name,
        Ok(text) => format!("{name}: {}", text.to_string_lossy()),
        Err(_) => name,
    }
}

/// The name of the exception's type.
pub(crate) fn type_name(py: Python<'_>, error: &PyErr) -> String {
    let name = error.get_type(py).name();
    name.map_or_else(
        |_| "exception".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// The whole traceback, with causes and notes (Y13).
pub(crate) fn traceback(py: Python<'_>, error: &PyErr) -> String {
    let format = || -> PyResult<String> {
        let lines = py.import(intern!(py, "traceback"))?.call_method1(
            intern!(py, "format_exception"),
            (error.get_type(py), error.value(py), error.traceback(py)),
        )?;
        let mut text = String::new();
        for line in lines.try_iter()? {
            // Lone surrogates must not cost us the report (P55).
            text.push_str(&line?.str()?.to_string_lossy());
        }
        Ok(text)
    };
    // Formatting runs code of the application, which may fail in its turn.
    format().unwrap_or_else(|_| "the traceback cannot be formatted".to_owned())
}
