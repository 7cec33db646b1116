//! More than one process answers requests.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    306,
    "one-instance",
    Level::Warning,
    include_str!("one-instance.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    if document.spec.process.max_instances != 1 {
        return;
    }
    let place = KeyPath::of("process.max-instances");
    let problem = RULE
        .problem("one process answers one request at a time")
        .at(document.tree.place(&place), "everybody else waits")
        .help("write how many requests are to be answered at once, or remove the key: IIS then decides");
    sink.push(problem);
}
