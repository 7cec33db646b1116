//! `iisc schema`: the JSON Schema of `app.iis.yaml`.

use crate::exit::Exit;
use crate::terminal::{deliver, err};

pub(crate) fn run() -> Exit {
    match deliver(&iisc_spec::schema_text()) {
        Ok(()) => Exit::Clean,
        Err(error) => {
            err(format_args!("iisc: standard output: {error}"));
            Exit::Io
        }
    }
}
