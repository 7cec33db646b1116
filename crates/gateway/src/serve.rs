//! A listening socket: one thread of the interpreter per connection, and a stop that loses no request.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use iisc_gateway_core::limits::Limits;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyCFunction, PyDict};

use crate::drive::drive;
use crate::log;
use crate::py::load::Site;
use crate::py::{attach, failure};
use crate::transport::{Doorbell, Listener, Stream};
use crate::wire::WireError;

/// How long to leave the system alone when it has no descriptor for a connection.
const RECOVERY: Duration = Duration::from_secs(1);

/// What the threads of the connections share.
#[derive(Debug)]
struct Hall {
    site: Site,
    limits: Limits,
    /// Wakes the threads that wait for a next request: the process is to stop.
    closing: Doorbell,
    connections: AtomicUsize,
}

/// Serves until SIGTERM or SIGINT, or until a watched file changes; requests in flight are finished, a further
/// signal ends the process at once.
///
/// # Errors
/// The socket fails, or the interpreter refuses to watch signals.
pub(crate) fn serve(
    py: Python<'_>,
    listener: Listener,
    site: Site,
    limits: Limits,
) -> PyResult<()> {
    let hall = Arc::new(Hall {
        site,
        limits,
        closing: Doorbell::new()?,
        connections: AtomicUsize::new(0),
    });
    watch_signals(py, hall.site.bell())?;
    let mut count = 0_u64;
    loop {
        let stream = match attach::wait(py, || hall.next_connection(&listener)) {
            Ok(Ok(Some(stream))) => stream,
            Ok(_) => break,
            Err(error) => {
                // A handler of the application's, for a signal that is not ours.
                let text = format!("a signal handler failed: {}", failure::summary(py, &error));
                log::write(&text, &failure::traceback(py, &error));
                continue;
            }
        };
        count += 1;
        if let Err(error) = start_thread(py, &hall, stream, count) {
            let summary = failure::summary(py, &error);
            log::write(
                &format!("connection closed: no thread for it: {summary}"),
                "",
            );
        }
    }
    // From here on a signal does what it does to any process.
    unwatch_signals(py)?;
    drop(listener);
    log::write("stopping: requests in flight are finished first", "");
    hall.closing.ring();
    py.detach(|| hall.wait_until_empty());
    hall.site.end_watch(py);
    Ok(())
}

impl Hall {
    /// The next connection, as soon as there is one and room for it (S14); `None` if the process is to stop.
    ///
    /// # Errors
    /// `Interrupted`: a signal may have something to say to the interpreter.
    fn next_connection(&self, listener: &Listener) -> Result<Option<Stream>, WireError> {
        loop {
            let has_room = self.connections.load(Ordering::Acquire) < self.limits.connections;
            match listener.accept(has_room, self.site.bell()) {
                Ok(Some(stream)) => return Ok(Some(stream)),
                Ok(None) if self.site.bell().silence() => return Ok(None),
                Ok(None) => return Err(WireError::Interrupted),
                // The client left before it was accepted, or a signal has yet to ring the bell.
                Err(error) if is_passing(&error) => {}
                // Out of descriptors, most likely; that passes, too, but not at once.
                Err(error) => {
                    log::write(&format!("cannot accept a connection: {error}"), "");
                    self.site.bell().wait(Some(RECOVERY));
                }
            }
        }
    }

    fn wait_until_empty(&self) {
        while self.connections.load(Ordering::Acquire) > 0 {
            self.site.bell().wait(None);
            self.site.bell().silence();
        }
    }

    fn serve_connection(&self, py: Python<'_>, stream: Stream) {
        if let Err(error) = drive(py, stream, &self.site, &self.limits, &self.closing) {
            let text = format!("connection closed: {}", failure::summary(py, &error));
            log::write(&text, &failure::traceback(py, &error));
        }
    }
}

/// Counts a connection until it is dropped, however its thread ends.
struct Seat(Arc<Hall>);

impl Seat {
    fn take(hall: &Arc<Hall>) -> Self {
        hall.connections.fetch_add(1, Ordering::AcqRel);
        Self(Arc::clone(hall))
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.connections.fetch_sub(1, Ordering::AcqRel);
        self.0.site.bell().ring();
    }
}

/// Starts a thread of Python's own kind: named, and known to debuggers (Y11, Y12).
fn start_thread(py: Python<'_>, hall: &Arc<Hall>, stream: Stream, number: u64) -> PyResult<()> {
    let guest = std::sync::Mutex::new(Some((Seat::take(hall), stream)));
    let target =
        PyCFunction::new_closure(py, Some(c"serve_connection"), None, move |arguments, _| {
            let guest = guest.lock().ok().and_then(|mut guest| guest.take());
            if let Some((seat, stream)) = guest {
                seat.0.serve_connection(arguments.py(), stream);
            }
        })?;
    let options = PyDict::new(py);
    options.set_item("target", target)?;
    options.set_item("name", format!("iisc-gateway-{number}"))?;
    options.set_item("daemon", true)?;
    py.import(intern!(py, "threading"))?
        .getattr(intern!(py, "Thread"))?
        .call((), Some(&options))?
        .call_method0(intern!(py, "start"))?;
    Ok(())
}

/// Makes the interpreter write the numbers of signals to the bell, so that none is lost however it arrives.
fn watch_signals(py: Python<'_>, bell: &Doorbell) -> PyResult<()> {
    let signal = py.import(intern!(py, "signal"))?;
    signal.call_method1("set_wakeup_fd", (bell.wire(),))?;
    let nothing = PyCFunction::new_closure(py, Some(c"stop"), None, |_, _| {})?;
    for name in ["SIGTERM", "SIGINT"] {
        signal.call_method1("signal", (signal.getattr(name)?, &nothing))?;
    }
    Ok(())
}

fn unwatch_signals(py: Python<'_>) -> PyResult<()> {
    let signal = py.import(intern!(py, "signal"))?;
    signal.call_method1("set_wakeup_fd", (-1,))?;
    for name in ["SIGTERM", "SIGINT"] {
        signal.call_method1(
            "signal",
            (signal.getattr(name)?, signal.getattr("SIG_DFL")?),
        )?;
    }
    Ok(())
}

fn is_passing(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        std::io::ErrorKind::Interrupted
            | std::io::ErrorKind::ConnectionAborted
            | std::io::ErrorKind::WouldBlock
    )
}
