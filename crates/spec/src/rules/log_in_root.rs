//! The log lies where no client finds it and no deployment removes it.

use super::{Document, Phase, Rule, Sink, log_in_virtualenv, restart_matches_log};
use crate::diag::Level;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    901,
    "log-in-root",
    Level::Warning,
    include_str!("log-in-root.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    let Some(log) = &spec.log else {
        return;
    };
    let Some(file) = log.file.below(&spec.root) else {
        return;
    };
    // Each of these is the worse of two evils with one way out. `exposed-root` tells of a log that clients can read.
    let served = spec.static_files.values().any(|mount| {
        let folder = spec.root.join(&mount.folder.windows());
        log.file.is_within(&folder)
    });
    let told = served
        || restart_matches_log::matching(spec).is_some()
        || log_in_virtualenv::folder(spec).is_some();
    if told {
        return;
    }
    let problem = RULE.problem("the log lies below the root").at(
        document.tree.place(&KeyPath::of("log.file")),
        "the application must be allowed to write among its own code",
    );
    let name = file.rsplit('\\').next().unwrap_or_default();
    sink.push(problem.help(format!(
        "move it out of the root, for example to `D:\\logs\\{}\\{name}`",
        spec.name
    )));
}
