//! One file per command: a function from its arguments to an exit code.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod dev;
pub(crate) mod explain;
pub(crate) mod init;
pub(crate) mod render;
pub(crate) mod schema;

use crate::exit::Exit;
use crate::terminal::{deliver, err};

/// Ends a command whose whole purpose is a text on standard output.
fn print(text: &str) -> Exit {
    match deliver(text) {
        Ok(()) => Exit::Clean,
        Err(error) => {
            err(format_args!("iisc: standard output: {error}"));
            Exit::Io
        }
    }
}
