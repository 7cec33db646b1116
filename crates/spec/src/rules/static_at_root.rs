//! Static files leave something to the application.

use super::{Document, Phase, Rule, Sink};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    603,
    "static-at-root",
    include_str!("static-at-root.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let mut mounts = document.spec.static_files.keys();
    if !mounts.any(|mount| mount.as_str() == "/") {
        return;
    }
    let place = KeyPath::of("static").key("/");
    let span = document.tree.key_span(&place);
    let problem = RULE
        .problem("static files at `/` take the place of the application")
        .at(
            span.unwrap_or_else(|| document.tree.place(&place)),
            "every URL is below it",
        )
        .help("write a path such as `/static`");
    sink.push(problem);
}
