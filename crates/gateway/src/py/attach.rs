//! The way out of the interpreter and back: it is never held while waiting.

use pyo3::prelude::*;

use crate::wire::WireError;

/// Does something that may wait, with the interpreter released.
///
/// A signal ends the wait; the interpreter then runs its handlers, and the wait goes on.
///
/// # Errors
/// The outer error is the exception of a signal handler, such as `KeyboardInterrupt`.
pub(crate) fn wait<T: Send>(
    py: Python<'_>,
    mut operation: impl FnMut() -> Result<T, WireError> + Send,
) -> PyResult<Result<T, WireError>> {
    loop {
        // Also before the first attempt: what came while nothing waited would not end the wait.
        py.check_signals()?;
        match py.detach(&mut operation) {
            Err(WireError::Interrupted) => {}
            other => return Ok(other),
        }
    }
}
