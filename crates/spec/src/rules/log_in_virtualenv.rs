//! The log outlives the virtual environment.

use super::{Document, Phase, Rule, Sink, restart_matches_log};
use crate::diag::Level;
use crate::model::{AppSpec, WinPath};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    903,
    "log-in-virtualenv",
    Level::Warning,
    include_str!("log-in-virtualenv.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    let Some(folder) = folder(spec).filter(|_| restart_matches_log::matching(spec).is_none())
    else {
        return;
    };
    let problem = RULE
        .problem("the log lies in the virtual environment")
        .at(
            document.tree.place(&KeyPath::of("log.file")),
            format!("lost when `{folder}` is made anew"),
        )
        .help(format!(
            "move it to a folder of its own, such as `D:\\logs\\{}`",
            spec.name
        ));
    sink.push(problem);
}

/// The virtual environment, if the log lies in it.
pub(super) fn folder(spec: &AppSpec) -> Option<WinPath> {
    let log = spec.log.as_ref()?;
    let folder = spec.python.virtualenv()?;
    log.file.is_within(&folder).then_some(folder)
}
