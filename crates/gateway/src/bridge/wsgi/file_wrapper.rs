//! `wsgi.file_wrapper`.

use pyo3::intern;
use pyo3::prelude::*;

/// Iterates over the blocks of anything that can be read (W69).
#[pyclass(frozen, module = "iisc_gateway._gateway")]
#[derive(Debug)]
pub(crate) struct FileWrapper {
    file: Py<PyAny>,
    block_size: isize,
}

#[pymethods]
impl FileWrapper {
    #[new]
    #[pyo3(signature = (file, block_size=65_536))]
    const fn new(file: Py<PyAny>, block_size: isize) -> Self {
        Self { file, block_size }
    }

    const fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let block = self
            .file
            .bind(py)
            .call_method1(intern!(py, "read"), (self.block_size,))?;
        Ok(if block.is_truthy()? {
            Some(block)
        } else {
            None
        })
    }

    fn close(&self, py: Python<'_>) -> PyResult<()> {
        if let Some(close) = self.file.bind(py).getattr_opt(intern!(py, "close"))? {
            close.call0()?;
        }
        Ok(())
    }
}
