//! Request headers go by the names of their server variables (`P51`).

use super::super::View;
use crate::diag::{Fix, Level};
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::advice(
    1043,
    "header-variable",
    Level::Warning,
    include_str!("header-variable.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    for placed in view.at("system.webServer/rewrite/rules/rule/serverVariables/set") {
        let Some(name) = placed.element.value("name") else {
            continue;
        };
        let upper = name.text.to_ascii_uppercase().replace('-', "_");
        if !upper.starts_with("X_") {
            continue;
        }
        let wanted = format!("HTTP_{upper}");
        let problem = RULE
            .problem(format!("`{}` is no header of the request", name.text))
            .at(
                name.span(),
                "sets a server variable that the application does not get",
            )
            .help(format!("write `{wanted}`"))
            .fix(Fix::to_review(
                format!("write `{wanted}`"),
                name.span(),
                wanted,
            ));
        sink.push(problem);
    }
}
