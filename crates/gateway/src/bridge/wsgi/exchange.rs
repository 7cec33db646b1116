//! One request between the wire and Python: what `wsgi.input` and `start_response` share.

use std::sync::Arc;

use iisc_gateway_core::body::BodyError;
use iisc_gateway_core::head::ResponseHead;
use iisc_gateway_core::response::{Ending, Written};
use pyo3::exceptions::{
    PyAssertionError, PyConnectionResetError, PyOSError, PyRuntimeError, PyValueError,
};
use pyo3::prelude::*;

use crate::py::attach;
use crate::wire::{OrderError, Portion, Serial, Wire, WireError};

/// A handle on a request; outlives it without harm.
#[derive(Debug, Clone)]
pub(crate) struct Exchange {
    wire: Arc<Wire>,
    serial: Serial,
}

impl Exchange {
    pub(crate) const fn new(wire: Arc<Wire>, serial: Serial) -> Self {
        Self { wire, serial }
    }

    pub(crate) fn read(&self, py: Python<'_>, portion: Portion) -> PyResult<Vec<u8>> {
        let mut out = Vec::new();
        self.wait(py, |wire, serial| wire.read(serial, portion, &mut out))?;
        Ok(out)
    }

    pub(crate) fn start(&self, head: ResponseHead, may_replace: bool) -> PyResult<()> {
        let started = self.wire.start(self.serial, head, may_replace);
        started.map_err(exception)
    }

    pub(crate) fn is_committed(&self) -> PyResult<bool> {
        self.wire.is_committed(self.serial).map_err(exception)
    }

    pub(crate) fn announce_length(&self, length: usize) -> PyResult<()> {
        let announced = self.wire.announce_length(self.serial, length);
        announced.map_err(exception)
    }

    pub(crate) fn write(&self, py: Python<'_>, piece: &[u8], may_wait: bool) -> PyResult<Written> {
        self.wait(py, |wire, serial| wire.write(serial, piece, may_wait))
    }

    pub(crate) fn complete(&self) -> PyResult<Ending> {
        self.wire.complete(self.serial).map_err(exception)
    }

    /// Does what may wait.
    fn wait<T: Send>(
        &self,
        py: Python<'_>,
        mut operation: impl FnMut(&Wire, Serial) -> Result<T, WireError> + Send,
    ) -> PyResult<T> {
        attach::wait(py, || operation(&self.wire, self.serial))?.map_err(exception)
    }
}

/// What the application sees of an error. The texts about `start_response` are wfastcgi's (P15).
fn exception(error: WireError) -> PyErr {
    match error {
        WireError::Gone => PyConnectionResetError::new_err("the client has left"),
        WireError::Body(error @ BodyError::Gone) => {
            PyConnectionResetError::new_err(error.to_string())
        }
        WireError::Ended => PyValueError::new_err("the request has ended"),
        WireError::Body(error) => PyOSError::new_err(error.to_string()),
        WireError::Spool(error) => PyOSError::new_err(format!(
            "the temporary file for the request body fails: {error}"
        )),
        WireError::Order(OrderError::NotStarted) => {
            PyAssertionError::new_err("start_response has not yet been called")
        }
        WireError::Order(OrderError::TooLate) => {
            PyAssertionError::new_err("start_response has already been called")
        }
        WireError::Interrupted | WireError::Protocol(_) => {
            PyRuntimeError::new_err("the connection failed")
        }
    }
}
