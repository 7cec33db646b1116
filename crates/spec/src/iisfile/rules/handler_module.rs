//! Names of modules are compared with case.

use super::super::View;
use crate::diag::Fix;
use crate::rules::{Phase, Rule, Sink};
use crate::suggest::nearest;

pub(crate) static RULE: Rule = Rule::error(
    1022,
    "handler-module",
    include_str!("handler-module.md"),
    Phase::File(check),
);

/// The modules that start Python.
const MODULES: [&str; 2] = ["FastCgiModule", "httpPlatformHandler"];

/// Modules of IIS and of its add-ons whose names are near.
const OTHERS: [&str; 2] = ["CgiModule", "httpPlatformHandlerV2"];

fn check(view: &View<'_>, sink: &mut Sink) {
    for handler in view.handlers().map(|placed| placed.element) {
        let Some(modules) = handler.value("modules") else {
            continue;
        };
        let name = modules.text.as_str();
        if MODULES.iter().chain(&OTHERS).any(|known| *known == name) {
            continue;
        }
        if let Some(near) = nearest(name, MODULES.into_iter()) {
            let problem = RULE
                .problem(format!("IIS has no module `{name}`"))
                .at(modules.span(), "compared with case")
                .help(format!("write `{near}`"))
                .fix(Fix::safe(format!("write `{near}`"), modules.span(), near));
            sink.push(problem);
        }
    }
}
