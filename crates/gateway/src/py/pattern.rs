//! A regular expression of Python's, matched by Python itself: no other library has its dialect.

use pyo3::intern;
use pyo3::prelude::*;

/// The names that a pattern matches from their first character on, as `re.match` does.
#[derive(Debug)]
pub(crate) struct Pattern {
    matches: Py<PyAny>,
}

impl Pattern {
    /// Compiles.
    ///
    /// # Errors
    /// What Python says of the pattern.
    pub(crate) fn compile(py: Python<'_>, text: &str) -> Result<Self, String> {
        let compile = || -> PyResult<Py<PyAny>> {
            let pattern = py
                .import(intern!(py, "re"))?
                .call_method1(intern!(py, "compile"), (text,))?;
            Ok(pattern.getattr(intern!(py, "match"))?.unbind())
        };
        let matches = compile().map_err(|error| error.value(py).to_string())?;
        Ok(Self { matches })
    }

    /// The first of the names that matches. Waits for the interpreter, so a thread that calls this has to end
    /// before the interpreter does.
    pub(crate) fn first_match(&self, names: impl IntoIterator<Item = String>) -> Option<String> {
        Python::attach(|py| {
            names.into_iter().find(|name| {
                let found = self.matches.call1(py, (name,));
                // Whoever cannot tell does not say no.
                found.map_or(true, |found| !found.is_none(py))
            })
        })
    }
}
