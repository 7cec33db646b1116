//! `iisc schema`: the JSON Schema of `app.iis.yaml`.

use super::print;
use crate::exit::Exit;

pub(crate) fn run() -> Exit {
    print(&iisc_spec::schema_text())
}
