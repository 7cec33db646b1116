//! `wsgi.input`: the request body, read as it arrives.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList};

use super::exchange::Exchange;
use crate::wire::Portion;

/// The request body as a binary stream (W20-W31).
///
/// Reading waits for what was asked for and no longer. A body that the client did not send to its end raises
/// `OSError` instead of ending.
#[pyclass(frozen, module = "iisc_gateway._gateway")]
#[derive(Debug)]
pub(crate) struct Input(pub(crate) Exchange);

#[pymethods]
impl Input {
    #[pyo3(signature = (size=None, /))]
    fn read<'py>(&self, py: Python<'py>, size: Option<isize>) -> PyResult<Bound<'py, PyBytes>> {
        let portion = wanted(size).map_or(Portion::Rest, Portion::Bytes);
        self.portion(py, portion)
    }

    #[pyo3(signature = (size=None, /))]
    fn readline<'py>(&self, py: Python<'py>, size: Option<isize>) -> PyResult<Bound<'py, PyBytes>> {
        self.portion(py, Portion::Line(wanted(size).unwrap_or(usize::MAX)))
    }

    /// Stops behind the line that reaches the hint (W26).
    #[pyo3(signature = (hint=None, /))]
    fn readlines<'py>(&self, py: Python<'py>, hint: Option<isize>) -> PyResult<Bound<'py, PyList>> {
        let enough = wanted(hint).filter(|hint| *hint > 0).unwrap_or(usize::MAX);
        let lines = PyList::empty(py);
        let mut total = 0;
        while total < enough {
            let line = self.readline(py, None)?;
            if line.as_bytes().is_empty() {
                break;
            }
            total += line.as_bytes().len();
            lines.append(line)?;
        }
        Ok(lines)
    }

    const fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyBytes>>> {
        let line = self.readline(py, None)?;
        Ok((!line.as_bytes().is_empty()).then_some(line))
    }
}

impl Input {
    fn portion<'py>(&self, py: Python<'py>, portion: Portion) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, &self.0.read(py, portion)?))
    }
}

/// A size as Python means it: `None` and negative numbers are no bound (W20).
fn wanted(size: Option<isize>) -> Option<usize> {
    size.and_then(|size| usize::try_from(size).ok())
}
