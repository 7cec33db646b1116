//! IIS Express has no application pools of its own accounts.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::syntax::KeyPath;
use crate::target::Target;

pub(crate) static RULE: Rule = Rule::advice(
    9006,
    "express-identity",
    Level::Warning,
    include_str!("express-identity.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let mut targets = document.spec.targets.iter();
    // For any other target the account is meant.
    if !targets.all(|target| *target == Target::IisExpress) {
        return;
    }
    for key in ["pool.identity", "pool.user"] {
        let Some(span) = document.tree.key_span(&KeyPath::of(key)) else {
            continue;
        };
        let problem = RULE
            .problem(format!("`{key}` has no effect on IIS Express"))
            .at(span, "the application runs as whoever starts IIS Express")
            .help("remove it, or add the server's version of IIS to `targets`");
        sink.push(problem);
    }
}
