//! A handler that the bitness of its pool leaves out (`P13`).

use super::super::view::Placed;
use super::super::xml::Element;
use super::super::{Kind, View};
use super::resource_type::serves_all;
use crate::diag::Level;
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::advice(
    1036,
    "handler-bitness",
    Level::Warning,
    include_str!("handler-bitness.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    if view.kind != Kind::ApplicationHost {
        return;
    }
    for placed in view.handlers().filter(|placed| serves_all(placed.element)) {
        let Some(condition) = placed.element.value("preCondition") else {
            continue;
        };
        let Some(pool) = pool_of(view, placed) else {
            continue;
        };
        let is_32 = pool
            .text("enable32BitAppOnWin64")
            .eq_ignore_ascii_case("true");
        let refused = if is_32 { "bitness64" } else { "bitness32" };
        let Some(at) = condition.text.find(refused) else {
            continue;
        };
        let problem = RULE
            .problem(format!(
                "the handler `{}` is left out in its pool",
                placed.element.text("name")
            ))
            .at(
                condition.part(at..at + refused.len()),
                if is_32 {
                    "the pool runs with 32 bits"
                } else {
                    "the pool runs with 64 bits"
                },
            )
            .with(pool.name.span(), "its pool")
            .help("remove the condition: a FastCGI process may have any bitness");
        sink.push(problem);
    }
}

/// The pool of the application that a location names.
pub(super) fn pool_of<'a>(view: &View<'a>, placed: &Placed<'a>) -> Option<&'a Element> {
    let path = placed.location?.text("path");
    let (site, application) = match path.split_once('/') {
        Some((site, rest)) => (site, format!("/{rest}")),
        None => (path, "/".to_owned()),
    };
    let site = view
        .at("system.applicationHost/sites/site")
        .find(|found| found.element.text("name").eq_ignore_ascii_case(site))?;
    let application = site
        .element
        .children_named("application")
        .find(|found| found.text("path").eq_ignore_ascii_case(&application))?;
    let name = application.text("applicationPool");
    let mut pools = view.at("system.applicationHost/applicationPools/add");
    pools
        .find(|pool| pool.element.text("name").eq_ignore_ascii_case(name))
        .map(|pool| pool.element)
}
