//! Whoever is to be asked for a name cannot come in without one.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    610,
    "anonymous-first",
    Level::Warning,
    include_str!("anonymous-first.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let authentication = &document.spec.authentication;
    let key = match (authentication.windows, authentication.basic) {
        (true, _) => "authentication.windows",
        (false, true) => "authentication.basic",
        (false, false) => return,
    };
    if !authentication.anonymous {
        return;
    }
    let problem = RULE
        .problem("IIS asks nobody for a name")
        .at(
            document.tree.place(&KeyPath::of(key)),
            "not tried while everybody may come in without",
        )
        .help("write `anonymous: false` beside it");
    let anonymous = document.tree.at(&KeyPath::of("authentication.anonymous"));
    sink.push(match anonymous {
        Some(written) => problem.with(written.span, "lets everybody in"),
        None => problem,
    });
}
