//! What went wrong inside IIS is not for everybody.

use super::{Document, Phase, Rule, Sink};
use crate::diag::{Fix, Level};
use crate::model::ErrorDetails;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    606,
    "detailed-errors",
    Level::Warning,
    include_str!("detailed-errors.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    match document.spec.errors.details {
        ErrorDetails::Everybody => {}
        ErrorDetails::Local | ErrorDetails::Nobody => return,
    }
    let span = document.tree.place(&KeyPath::of("errors.details"));
    let problem = RULE
        .problem("everybody sees what went wrong inside IIS")
        .at(span, "shows paths, accounts and settings to every client")
        .help("write `local`")
        .fix(Fix::to_review("write `local`", span, "local"));
    sink.push(problem);
}
