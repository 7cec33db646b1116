//! The path of a request is the one that IIS saw.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    403,
    "original-url",
    Level::Warning,
    include_str!("original-url.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    if !document.spec.proxies.original_url {
        return;
    }
    let place = KeyPath::of("proxies.original-url");
    let problem = RULE
        .problem("clients may choose the path that the application sees")
        .at(
            document.tree.place(&place),
            "believes `X-Original-URL` of every client",
        )
        .help("remove it, unless a rewrite rule sets the header for every request");
    sink.push(problem);
}
