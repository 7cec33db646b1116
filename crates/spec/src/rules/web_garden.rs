//! A pool has one worker process, and the Python processes are the others.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    516,
    "web-garden",
    Level::Warning,
    include_str!("web-garden.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    if document.spec.pool.max_processes <= 1 {
        return;
    }
    let place = KeyPath::of("pool.max-processes");
    let problem = RULE
        .problem("each worker process has Python processes of its own")
        .at(document.tree.place(&place), "multiplies them")
        .help("remove the key, and set `process.max-instances` instead");
    sink.push(problem);
}
