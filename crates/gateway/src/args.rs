//! The command line of `python -m iisc_gateway`.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::transport::Address;

/// Text of `--help`.
pub(crate) const HELP: &str = "\
Serve a Python web application (WSGI) over FastCGI.

Usage: python -m iisc_gateway [--app NAME] [--root DIR] [--listen ADDRESS]

IIS starts this process by itself and hands it a connection on standard input; so do process
managers, with a connection or a listening socket. To start it by hand, say where to listen.

Options:
  --app NAME        Label the lines of the log, and make the registration in IIS unique
  --root DIR        Folder of the application [default: what IIS says, else the current folder]
  --listen ADDRESS  Listen on unix:PATH or tcp:127.0.0.1:PORT (port 0: any free one)
  --version         Print the version
  --help            Print this text

Settings are environment variables, or <appSettings> of Web.config in the application's folder:
  WSGI_HANDLER             The application: package.module.name, or package.module.make_app()
  PYTHONPATH               Folders to import from, separated by ; (in Web.config)
  WSGI_LOG                 File of the log [default: standard error]
  WSGI_RESTART_FILE_REGEX  Files whose change ends the process, after the request in flight
  SCRIPT_NAME              URL prefix of the application [default: what IIS says]
  IISC_APP_ROOT            The same as --root
  IISC_WEB_CONFIG          Settings file to read instead of Web.config

Exit codes: 0 the connection ended or the process was asked to stop; 1 it could not start;
2 the command line is wrong, or there is no connection.
";

/// What the command line asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// Label of the log.
    pub(crate) app: String,
    /// Folder of the application.
    pub(crate) root: Option<PathBuf>,
    /// Where to listen.
    pub(crate) listen: Option<Address>,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Command {
    Serve(Options),
    Help,
    Version,
}

/// Reads the arguments behind the program's name.
///
/// # Errors
/// Says what is wrong with them.
pub(crate) fn parse(arguments: Vec<OsString>) -> Result<Command, String> {
    let mut options = Options::default();
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let argument = text(argument)?;
        let (name, inline) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(OsString::from(value))),
            None => (argument.as_str(), None),
        };
        let mut value = || {
            inline
                .clone()
                .or_else(|| arguments.next())
                .filter(|value| !value.is_empty())
                .ok_or_else(|| format!("`{name}` needs a value"))
        };
        match name {
            "--help" | "-h" => return Ok(Command::Help),
            "--version" => return Ok(Command::Version),
            "--app" => options.app = text(value()?)?,
            "--root" => options.root = Some(PathBuf::from(value()?)),
            "--listen" => options.listen = Some(Address::parse(&text(value()?)?)?),
            _ => return Err(format!("`{name}` is no option; `--help` lists them")),
        }
    }
    Ok(Command::Serve(options))
}

/// An argument that is no path. Paths may be any bytes; the rest is text.
fn text(argument: OsString) -> Result<String, String> {
    let wrong = |argument: OsString| format!("`{}` is not UTF-8", argument.display());
    argument.into_string().map_err(wrong)
}
