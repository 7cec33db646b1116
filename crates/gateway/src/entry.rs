//! The life of the process: arguments, transport, serving, exit code.

use std::ffi::OsString;
use std::io;
use std::path::Path;

use iisc_gateway_core::limits::Limits;
use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;

use crate::args::{self, Command, Options};
use crate::bridge::wsgi::environ::Template;
use crate::drive::drive;
use crate::log;
use crate::py::load::Site;
use crate::py::streams;
use crate::serve::serve;
use crate::transport::{self, HandedOver, Listener, Stream};

const DONE: i32 = 0;
const FAILED: i32 = 1;
const USAGE: i32 = 2;

/// Serves until the connection ends or the process is asked to stop; returns the exit code.
///
/// # Errors
/// None that a user could bring about.
#[pyfunction]
pub(crate) fn main(py: Python<'_>, arguments: Vec<OsString>) -> PyResult<i32> {
    let options = match args::parse(arguments) {
        Ok(Command::Serve(options)) => options,
        Ok(Command::Help) => return say(io::stdout(), args::HELP, DONE),
        Ok(Command::Version) => return say(io::stdout(), &version(py), DONE),
        Err(message) => return say(io::stderr(), &format!("iisc-gateway: {message}\n"), USAGE),
    };
    log_panics();
    log::label(&options.app);
    transport::secure_standard_streams()?;
    streams::redirect(py)?;
    if let Some(address) = &options.listen {
        return match Listener::bind(address) {
            Ok(listener) => listen(py, listener, options, true),
            Err(error) => {
                let text = format!("iisc-gateway: cannot listen on {address}: {error}\n");
                say(io::stderr(), &text, FAILED)
            }
        };
    }
    match transport::handed_over()? {
        Some(HandedOver::Stream(stream)) => serve_stream(py, stream, options),
        Some(HandedOver::Listener(listener)) => listen(py, listener, options, false),
        None => say(io::stderr(), NO_CONNECTION, USAGE),
    }
}

const NO_CONNECTION: &str = "\
iisc-gateway: there is no connection on standard input, as IIS or a process manager hands it over
To start it by hand, say where to listen: --listen tcp:127.0.0.1:9000 (--help tells more)
";

/// IIS's case: one connection, one request at a time, and its end is the end of the process.
fn serve_stream(py: Python<'_>, stream: Stream, options: Options) -> PyResult<i32> {
    // IIS runs as many processes as it needs, each with one thread (W8).
    let site = Site::new(options.root, Template::new(py, false, true)?)?;
    let limits = Limits {
        connections: 1,
        ..Limits::default()
    };
    start(py, &site);
    let driven = drive(py, stream, &site, &limits, site.bell());
    site.end_watch(py);
    match driven {
        Err(error) if !error.is_instance_of::<PyKeyboardInterrupt>(py) => return Err(error),
        Ok(()) | Err(_) => {}
    }
    log::write("stopped", "");
    Ok(DONE)
}

fn listen(py: Python<'_>, listener: Listener, options: Options, is_ours: bool) -> PyResult<i32> {
    // A socket that we were given may be shared with other processes (W8).
    let site = Site::new(options.root, Template::new(py, true, !is_ours)?)?;
    start(py, &site);
    if is_ours {
        let address = listener.address()?;
        say(io::stderr(), &format!("listening on {address}\n"), DONE)?;
    }
    serve(py, listener, site, Limits::default())?;
    log::write("stopped", "");
    Ok(DONE)
}

/// Says that the process is there, and loads the application if its folder is known.
fn start(py: Python<'_>, site: &Site) {
    if let Some(path) = std::env::var_os("WSGI_LOG").filter(|path| Path::new(path).is_absolute()) {
        log::open(Path::new(&path));
    }
    log::write(&format!("started {}", version(py).trim_end()), "");
    if site.knows_root()
        && let Err(failure) = site.app(py, &[])
    {
        // The process stays: each request is answered with it, and tries again (P64).
        log::write(&failure.summary, &failure.details);
    }
}

fn version(py: Python<'_>) -> String {
    let python = py.version_info();
    format!(
        "iisc-gateway {} (Python {}.{}.{})\n",
        env!("CARGO_PKG_VERSION"),
        python.major,
        python.minor,
        python.patch
    )
}

/// Writes for people; a terminal that is gone is no reason to fail.
fn say(mut stream: impl io::Write, text: &str, code: i32) -> PyResult<i32> {
    let _ = stream.write_all(text.as_bytes());
    let _ = stream.flush();
    Ok(code)
}

/// A panic is a bug of ours: it goes to the log, and the request that met it gets a 500 (Y3).
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        log::write(
            "the gateway itself failed; please report this",
            &panic.to_string(),
        );
    }));
}
