//! A handler for everything, set for the whole server.

use super::super::view::names_module;
use super::super::xml::Element;
use super::super::{Kind, View};
use super::resource_type::serves_all;
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::error(
    1024,
    "server-handler",
    include_str!("server-handler.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    if view.kind != Kind::ApplicationHost {
        return;
    }
    for placed in view.handlers().filter(|placed| serves_all(placed.element)) {
        let everywhere = placed
            .location
            .is_none_or(|location| matches!(location.text("path"), "" | "."));
        let siblings = placed.parent.children_named("add");
        let before = siblings.take_while(|other| !std::ptr::eq(*other, placed.element));
        if !everywhere || !before.into_iter().any(is_static) {
            continue;
        }
        let name = placed.element.text("name");
        let place = placed
            .element
            .value("path")
            .map_or_else(|| placed.element.name.span(), |path| path.span());
        let problem = RULE
            .problem(format!("the handler `{name}` is set for every site"))
            .at(place, "stands behind the server's `StaticFile` and never gets a request")
            .help("move it into a `<location path=\"...\">` of its site, or into the site's `Web.config`");
        sink.push(problem);
    }
}

/// True for the handler that serves files and answers whatever comes to it.
fn is_static(handler: &Element) -> bool {
    handler.text("path") == "*" && names_module(handler, "StaticFileModule")
}
