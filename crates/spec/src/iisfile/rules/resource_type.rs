//! A handler for all of a site that asks for files.

use super::super::View;
use super::super::view::{is_fast_cgi, names_module};
use super::super::xml::Element;
use crate::diag::Fix;
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::error(
    1023,
    "resource-type",
    include_str!("resource-type.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    for handler in view
        .handlers()
        .map(|placed| placed.element)
        .filter(|handler| serves_all(handler))
    {
        let Some(kind) = handler.value("resourceType") else {
            continue;
        };
        if !["File", "Directory", "Either"]
            .iter()
            .any(|name| kind.text.eq_ignore_ascii_case(name))
        {
            continue;
        }
        let problem = RULE
            .problem(format!(
                "the handler `{}` serves only what exists on the disk",
                handler.text("name")
            ))
            .at(
                kind.span(),
                "the routes of an application do not exist as files",
            )
            .help("write `Unspecified`")
            .fix(Fix::to_review(
                "write `Unspecified`",
                kind.span(),
                "Unspecified",
            ));
        sink.push(problem);
    }
}

/// True for a handler that gives every address to Python.
pub(super) fn serves_all(handler: &Element) -> bool {
    let script = handler.text("scriptProcessor").to_ascii_lowercase();
    let is_python = names_module(handler, "httpPlatformHandler")
        || is_fast_cgi(handler) && script.contains("python");
    handler.text("path") == "*" && is_python
}
