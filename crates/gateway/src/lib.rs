//! The gateway: a Python web application behind FastCGI, as the extension module `iisc_gateway._gateway`.
//!
//! `python -m iisc_gateway` calls [`entry`], which reads the arguments and finds the socket ([`transport`]).
//! Then there are two ways to one driver:
//!
//! - one connection on descriptor 0, as IIS hands it over: [`drive`] runs it on the main thread;
//! - a listening socket: [`serve`] accepts and gives each connection a thread that calls [`drive`].
//!
//! [`drive`] loops over the requests of its connection. [`wire`] is the connection without Python: stream,
//! protocol (from `gateway-core`), request body ([`spool`]) and response. [`bridge`] makes Python objects of a
//! request, calls the application and hands its answer back to the wire, piece by piece. [`py`] holds what else
//! is Python's: settings, loading the application, text streams, exceptions as text. [`log`] is the log.
//! [`watch`] asks the process to stop when the application's files change, the way a signal does.
//!
//! The interpreter is released around every operation of the wire, at one place: [`py::attach`]. Nothing that an
//! application does ends the process: [`drive`] turns whatever it raises into an answer.

#![expect(
    clippy::disallowed_methods,
    reason = "the gateway is the outside: it asks the system for files, environment and time"
)]

mod args;
mod bridge;
mod drive;
mod entry;
mod log;
mod py;
mod serve;
mod spool;
mod transport;
mod watch;
mod wire;

use pyo3::prelude::*;

/// The extension module.
#[pymodule(name = "_gateway")]
mod gateway {
    #[pymodule_export]
    use super::entry::main;

    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
