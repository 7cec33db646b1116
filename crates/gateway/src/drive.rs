//! One connection on one thread: read, call the application, write, without a hop between threads.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use iisc_gateway_core::cgi;
use iisc_gateway_core::fcgi::connection::Request;
use iisc_gateway_core::fcgi::params::{Pair, ParamsError};
use iisc_gateway_core::head::{RequestHead, ResponseHead};
use iisc_gateway_core::limits::Limits;
use pyo3::exceptions::PyConnectionResetError;
use pyo3::intern;
use pyo3::prelude::*;

use crate::bridge::wsgi::exchange::Exchange;
use crate::bridge::wsgi::input::Input;
use crate::bridge::wsgi::response::{StartResponse, run_application};
use crate::log::{self, RequestScope};
use crate::py::load::{App, Site};
use crate::py::{attach, failure};
use crate::transport::{Doorbell, Stream};
use crate::wire::{Serial, Wire, WireError};

/// Requests of this process so far, whatever their connection.
static REQUESTS: AtomicU64 = AtomicU64::new(0);

/// Serves a connection until it ends, or until the bell rings between two requests.
///
/// # Errors
/// The exception of a signal handler.
pub(crate) fn drive(
    py: Python<'_>,
    stream: Stream,
    site: &Site,
    limits: &Limits,
    bell: &Doorbell,
) -> PyResult<()> {
    let driver = Driver {
        py,
        wire: Arc::new(Wire::new(stream, limits.clone())),
        site,
        limits,
        process: std::process::id(),
    };
    let run_in_context = Runner::new(py)?;
    loop {
        match attach::wait(py, || driver.wire.next_request(bell))? {
            Ok(Some(request)) => {
                driver.answer(request, &run_in_context);
                driver.end_fork()?;
            }
            Ok(None) => break,
            Err(error) => {
                if let WireError::Protocol(error) = error {
                    log::write(&format!("connection closed: {error}"), "");
                }
                // Otherwise the web server has left, which is its right.
                return Ok(());
            }
        }
    }
    py.detach(|| driver.wire.close());
    Ok(())
}

struct Driver<'a, 'py> {
    py: Python<'py>,
    wire: Arc<Wire>,
    site: &'a Site,
    limits: &'a Limits,
    /// The process that the connection was given to.
    process: u32,
}

/// Runs an application in a fresh context, so that nothing a request leaves there is seen by the next (W76).
struct Runner<'py> {
    context_type: Bound<'py, PyAny>,
    function: Bound<'py, PyAny>,
}

impl<'py> Runner<'py> {
    fn new(py: Python<'py>) -> PyResult<Self> {
        Ok(Self {
            context_type: py.import("contextvars")?.getattr("Context")?,
            function: wrap_pyfunction!(run_application, py)?.into_any(),
        })
    }
}

/// An answer of our own instead of the application's.
struct Refusal {
    code: u16,
    /// One line for the log and for the web server's.
    reason: String,
    details: String,
}

impl Refusal {
    fn new(code: u16, reason: impl Into<String>) -> Self {
        Self {
            code,
            reason: reason.into(),
            details: String::new(),
        }
    }
}

impl<'py> Driver<'_, 'py> {
    /// Answers a request, whatever happens: nothing that an application does ends the process (P01).
    fn answer(&self, request: Request, runner: &Runner<'py>) {
        let number = REQUESTS.fetch_add(1, Ordering::Relaxed) + 1;
        let id = format!("{}-{number}", std::process::id());
        let _scope = RequestScope::enter(&id);
        let is_head_request = request.params.as_deref().is_ok_and(cgi::is_head_request);
        let ended = catch_unwind(AssertUnwindSafe(|| match self.prepare(request) {
            Ok((app, head)) => {
                let serial = self.wire.open(is_head_request, head.content_length);
                match self.call(&app, &head, serial, &id, runner) {
                    Ok(app_status) => self.end(app_status, ""),
                    Err(error) => self.fail(serial, &error, &id),
                }
            }
            Err(refusal) => {
                self.refuse(self.wire.open(is_head_request, None), &refusal, &id);
            }
        }));
        if ended.is_err() {
            // What the panic said is in the log; see `entry::log_panics`.
            let running = self.wire.running();
            let serial = running.unwrap_or_else(|| self.wire.open(is_head_request, None));
            self.send_failure(serial, "the gateway itself failed", &id);
        }
    }

    /// Ends a process that the application has forked and that has come back from there: the connection is its
    /// parent's, and so is everything that is done at the end of a process.
    fn end_fork(&self) -> PyResult<()> {
        if std::process::id() != self.process {
            log::write(
                "a process that the application forked did not end by itself",
                "",
            );
            self.py.import("os")?.call_method1("_exit", (1,))?;
        }
        Ok(())
    }

    /// Finds out what the request is and who answers it.
    fn prepare(&self, request: Request) -> Result<(Arc<App>, RequestHead), Refusal> {
        let params = request.params.map_err(|error| {
            let code = match error {
                ParamsError::Truncated => 400,
                ParamsError::TooLarge
                | ParamsError::TooMany
                | ParamsError::NameTooLong
                | ParamsError::ValueTooLong => 431,
            };
            Refusal::new(code, error.to_string())
        })?;
        let app = self.app(&params)?;
        let head = cgi::request_head(params, &app.mapping)
            .map_err(|error| Refusal::new(400, error.to_string()))?;
        if head.content_length > Some(self.limits.body_bytes) {
            let reason = "the request body passes the limit `body_bytes`";
            return Err(Refusal::new(413, reason));
        }
        self.site.report_left_out(&head);
        Ok((app, head))
    }

    fn app(&self, params: &[Pair]) -> Result<Arc<App>, Refusal> {
        self.site.app(self.py, params).map_err(|failure| Refusal {
            code: 500,
            reason: failure.summary,
            details: failure.details,
        })
    }

    fn call(
        &self,
        app: &App,
        head: &RequestHead,
        serial: Serial,
        id: &str,
        runner: &Runner<'py>,
    ) -> PyResult<u32> {
        let py = self.py;
        let exchange = Exchange::new(Arc::clone(&self.wire), serial);
        let input = Bound::new(py, Input(exchange.clone()))?;
        let environ = self.site.template().environ(py, head, input, id)?;
        let start_response = Bound::new(py, StartResponse(exchange))?;
        runner
            .context_type
            .call0()?
            .call_method1(
                intern!(py, "run"),
                (&runner.function, &app.callable, environ, start_response),
            )?
            .extract()
    }

    /// The application raised something.
    fn fail(&self, serial: Serial, error: &PyErr, id: &str) {
        let py = self.py;
        let summary = failure::summary(py, error);
        if error.is_instance_of::<PyConnectionResetError>(py) && self.wire.is_abandoned() {
            // It has only passed on that the client left, which is no failure (F28).
            log::write(&summary, "");
            self.end(1, "");
            return;
        }
        let details = failure::traceback(py, error);
        log::write(&format!("the application failed: {summary}"), &details);
        // Its message may hold what no client should read, and IIS shows clients what goes to STDERR (S22).
        let kind = failure::type_name(py, error);
        self.send_failure(serial, &format!("the application failed with {kind}"), id);
    }

    /// Answers with 500 if the client has seen nothing yet, else cuts the answer short (W64, W65).
    fn send_failure(&self, serial: Serial, reason: &str, id: &str) {
        if self.wire.is_committed(serial).unwrap_or(true) {
            self.end(1, "");
        } else {
            self.send_page(serial, 500, reason, id);
        }
    }

    fn refuse(&self, serial: Serial, refusal: &Refusal, id: &str) {
        let Refusal {
            code,
            reason,
            details,
        } = refusal;
        log::write(&format!("answered with {code}: {reason}"), details);
        self.send_page(serial, *code, reason, id);
    }

    /// Sends a page of our own. It names the request, and the log has the rest under that name (S22).
    fn send_page(&self, serial: Serial, code: u16, reason: &str, id: &str) {
        let words = ResponseHead::plain_text(code, 0).reason();
        let page = format!("{code} {words}\n\nThe log has the reason under request {id}.\n");
        let head = ResponseHead::plain_text(code, page.len() as u64);
        let wire = &self.wire;
        let written = self.py.detach(|| {
            wire.start(serial, head, true)?;
            wire.write(serial, page.as_bytes(), true)?;
            wire.complete(serial)
        });
        // IIS makes a 500 of any answer that comes with error text, so only what is one has it (D7).
        let stderr = if code == 500 {
            format!("{reason} (request {id})")
        } else {
            String::new()
        };
        self.end(u32::from(written.is_err()), &stderr);
    }

    /// Ends the request. A web server that has left needs no answer (F28).
    fn end(&self, app_status: u32, stderr: &str) {
        // The log is complete before the answer is.
        log::finish_line();
        let line: String = stderr.chars().filter(|c| !c.is_control()).collect();
        let wire = &self.wire;
        let _ = self.py.detach(|| wire.end(app_status, &line));
    }
}
