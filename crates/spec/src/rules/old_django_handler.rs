//! The handler is not Django's entry point of old.

use super::{Document, Phase, Rule, Sink};
use crate::diag::{Fix, Level};
use crate::pysource::{Role, role};

pub(crate) static RULE: Rule = Rule::advice(
    236,
    "old-django-handler",
    Level::Warning,
    include_str!("old-django-handler.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let handler = document.handler();
    let Some(Role::Object(framework) | Role::Maker(framework)) = role(&handler) else {
        return;
    };
    let Some(new) = framework.replaced_by else {
        return;
    };
    let mut problem = RULE
        .problem(format!("`{handler}` does not set {} up", framework.name))
        .at(document.handler_place(), "")
        .help(format!("write `{new}`"));
    problem.fix = document.handler_fix(new, Fix::safe);
    sink.push(problem);
}
