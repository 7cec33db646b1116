//! Writing the log does not restart the application.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::model::AppSpec;
use crate::syntax::KeyPath;
use crate::watch::Watch;

pub(crate) static RULE: Rule = Rule::advice(
    210,
    "restart-matches-log",
    Level::Warning,
    include_str!("restart-matches-log.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let watch = document.spec.restart.as_ref().and_then(Watch::of);
    let (Some(watch), Some(matching)) = (watch, matching(document.spec)) else {
        return;
    };
    let problem = RULE
        .problem("each line of the log restarts the application")
        .at(
            document.tree.place(&watch.culprit(&matching)),
            format!("matches `{matching}`"),
        )
        .with(
            document.tree.place(&KeyPath::of("log.file")),
            "the log, below the root",
        )
        .help("move the log to a folder outside of the root");
    sink.push(problem);
}

/// The log, or a closed file of it, as a path below the root that restarts the application.
pub(super) fn matching(spec: &AppSpec) -> Option<String> {
    let watch = Watch::of(spec.restart.as_ref()?)?;
    let file = spec.log.as_ref()?.file.below(&spec.root)?;
    // A file that has been closed is called by a number more.
    let closed = format!("{file}.1");
    watch.first(&[file, &closed]).map(str::to_owned)
}
