//! `iisc schema`: the JSON Schema of `app.iis.yaml`.

use crate::exit::Exit;
use crate::terminal::out;

pub(crate) fn run() -> Exit {
    out(format_args!("{}", iisc_spec::schema_text().trim_end()));
    Exit::Clean
}
