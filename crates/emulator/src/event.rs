//! What the emulator tells its caller while it runs.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A process was started.
    Started {
        /// Its id.
        pid: u32,
        /// The registered application that it runs, as `fullPath|arguments`.
        application: String,
    },
    /// A process has ended and was reaped.
    Ended {
        /// Its id.
        pid: u32,
        /// Why.
        reason: EndReason,
    },
    /// A process wrote a line that is not part of a response. IIS throws these away (iis.md 6.2).
    Output {
        /// Its id.
        pid: u32,
        /// Where it wrote.
        stream: OutputStream,
        /// What it wrote, without the line's end.
        line: String,
    },
    /// A request is over: the last byte of its response was handed to the client's connection.
    Answered(Answered),
}

/// A request that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The method.
    pub method: String,
    /// The path as the client sent it, without the query, which may hold secrets.
    pub path: String,
    /// The status; `None` if the client left before there was one.
    pub status: Option<u16>,
    /// Time from the request's head to the end of its response.
    pub elapsed: Duration,
    /// Which way the request went.
    pub route: Route,
}

/// Which way a request went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Route {
    /// The handler that took it.
    pub handler: Option<String>,
    /// The process that answered it.
    pub pid: Option<u32>,
    /// The file on this machine that was the answer, or would have been if the client had not had it.
    pub file: Option<PathBuf>,
    /// IIS's code and reason, if it was not the application that answered.
    pub refused: Option<(String, String)>,
}

/// Where a process wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputStream {
    /// Its standard output.
    Stdout,
    /// Its standard error.
    Stderr,
    /// The error stream of FastCGI.
    FastCgiStderr,
}

/// Why a process ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EndReason {
    /// It answered `instanceMaxRequests` requests.
    MaxRequests,
    /// It had no request for `idleTimeout`.
    IdleTimeout,
    /// A request took longer than `requestTimeout`.
    RequestTimeout,
    /// A request was silent for longer than `activityTimeout`.
    ActivityTimeout,
    /// It wrote to the error stream, and `stderrMode` is `TerminateProcess`.
    Stderr,
    /// It does not speak FastCGI as it should.
    Protocol(String),
    /// It left on its own between two requests with success, as a gateway does that reloads changed files.
    Left,
    /// It left on its own in any other way.
    Crashed(String),
    /// The emulator stops.
    Stopped,
}

impl fmt::Display for EndReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MaxRequests => f.write_str("it answered `instanceMaxRequests` requests"),
            Self::IdleTimeout => f.write_str("it had no request for `idleTimeout`"),
            Self::RequestTimeout => f.write_str("a request took longer than `requestTimeout`"),
            Self::ActivityTimeout => f.write_str("a request was silent for `activityTimeout`"),
            Self::Stderr => {
                f.write_str("it wrote to the error stream, and `stderrMode` is `TerminateProcess`")
            }
            Self::Protocol(what) => write!(f, "it broke the protocol: {what}"),
            Self::Left => f.write_str("it left between two requests"),
            Self::Crashed(how) => write!(f, "it left unexpectedly: {how}"),
            Self::Stopped => f.write_str("the emulator stops"),
        }
    }
}

/// Where events go.
#[derive(Clone)]
pub(crate) struct Events(Arc<dyn Fn(Event) + Send + Sync>);

impl Events {
    pub(crate) fn new(take: impl Fn(Event) + Send + Sync + 'static) -> Self {
        Self(Arc::new(take))
    }

    pub(crate) fn send(&self, event: Event) {
        (self.0)(event);
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events")
    }
}

/// Reports a request as over when it is dropped, in whatever way that happens.
#[derive(Debug)]
pub(crate) struct Finish {
    events: Events,
    started: Instant,
    answered: Option<Answered>,
}

impl Finish {
    pub(crate) fn new(events: Events, method: &str, path: &str) -> Self {
        let answered = Answered {
            method: method.to_owned(),
            path: path.to_owned(),
            status: None,
            elapsed: Duration::ZERO,
            route: Route::default(),
        };
        Self {
            events,
            started: Instant::now(),
            answered: Some(answered),
        }
    }

    /// Notes how the request is answered.
    pub(crate) fn note(&mut self, change: impl FnOnce(&mut Answered)) {
        if let Some(answered) = &mut self.answered {
            change(answered);
        }
    }
}

impl Drop for Finish {
    fn drop(&mut self) {
        if let Some(answered) = self.answered.take() {
            self.events.send(Event::Answered(Answered {
                elapsed: self.started.elapsed(),
                ..answered
            }));
        }
    }
}
