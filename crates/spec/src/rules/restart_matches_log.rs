//! Writing the log does not restart the application.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
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
    let spec = document.spec;
    let (Some(log), Some(watch)) = (&spec.log, spec.restart.as_ref().and_then(Watch::of)) else {
        return;
    };
    let Some(file) = log.file.below(&spec.root) else {
        return;
    };
    // A file that has been closed is called by a number more.
    let closed = format!("{file}.1");
    let Some(matching) = watch.first(&[file, &closed]) else {
        return;
    };
    let problem = RULE
        .problem("each line of the log restarts the application")
        .at(
            document.tree.place(&watch.culprit(matching)),
            format!("matches `{matching}`"),
        )
        .with(
            document.tree.place(&KeyPath::of("log.file")),
            "the log, below the root",
        )
        .help("move the log to a folder outside of the root");
    sink.push(problem);
}
