//! `iis6.js`: the script by which set-up asks and changes the metabase and `fcgiext.ini` of a server.

use iisc_spec::Target;

use super::{Emitter, NOTE};
use crate::artifact::Artifact;
use crate::plan::Plan;
use crate::text::Unsayable;

/// Name of the file. Steps of set-up name it too.
pub(crate) const NAME: &str = "iis6.js";

pub(super) static EMITTER: Emitter = Emitter {
    name: NAME,
    purpose: "changes the metabase and fcgiext.ini of a server, step by step, as the set-up scripts tell it",
    targets: &[Target::Iis6],
    emit,
};

/// The script: one file on the server, one noun a file here.
const SCRIPT: [&str; 11] = [
    include_str!("iis6/errors.js"),
    include_str!("iis6/lists.js"),
    include_str!("iis6/metabase.js"),
    include_str!("iis6/directory.js"),
    include_str!("iis6/extension.js"),
    include_str!("iis6/site.js"),
    include_str!("iis6/application.js"),
    include_str!("iis6/pool.js"),
    include_str!("iis6/file.js"),
    include_str!("iis6/registration.js"),
    include_str!("iis6/main.js"),
];

/// The same for every application: values reach it as arguments, so that none of them is ever read as code.
fn emit(plan: &Plan) -> Result<Artifact, Unsayable> {
    let text = format!("// {NOTE}\n\n{}", SCRIPT.join("\n"));
    Ok(Artifact::for_target(plan.target, EMITTER.name, text))
}
