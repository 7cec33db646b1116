//! Access rules that a client can walk around (`P45`).

use super::super::View;
use super::super::view::{Placed, is_fast_cgi};
use crate::diag::Level;
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::advice(
    1042,
    "file-original-url",
    Level::Warning,
    include_str!("file-original-url.md"),
    Phase::File(check),
);

/// Sections that say who may see a path.
const ACCESS: [&str; 4] = [
    "system.webServer/security/access",
    "system.webServer/security/authorization",
    "system.webServer/security/ipSecurity",
    "system.webServer/security/authentication",
];

fn check(view: &View<'_>, sink: &mut Sink) {
    let is_wfastcgi = |placed: &&Placed<'_>| {
        let script = placed.element.text("scriptProcessor").to_ascii_lowercase();
        placed.location.is_none() && is_fast_cgi(placed.element) && script.contains("wfastcgi")
    };
    let Some(handler) = view.handlers().find(is_wfastcgi) else {
        return;
    };
    for placed in view
        .placed
        .iter()
        .filter(|placed| ACCESS.contains(&placed.path))
    {
        let Some(location) = placed
            .location
            .filter(|location| !matches!(location.text("path"), "" | "."))
        else {
            continue;
        };
        let span = location
            .value("path")
            .map_or_else(|| location.name.span(), |path| path.span());
        let problem = RULE
            .problem("wfastcgi lets a client walk around this rule")
            .at(span, format!("a request for another path with the header `X-Original-URL: /{}` arrives there", location.text("path")))
            .with(handler.element.name.span(), "served by wfastcgi")
            .help("serve the application with `iisc_gateway`, which does not trust this header");
        sink.push(problem);
    }
}
