//! The handler's module has the name that is fetched from it.

use super::{Document, Phase, Rule, Sink};
use crate::diag::{Fix, Level};
use crate::pysource::{Answer, Missing};

pub(crate) static RULE: Rule = Rule::advice(
    231,
    "handler-attribute",
    Level::Error,
    include_str!("handler-attribute.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(evidence) = &document.evidence else {
        return;
    };
    let found = evidence.handler();
    let (Answer::Missing(missing), Some(module)) = (&found.answer, &found.module) else {
        return;
    };
    let file = module.source.name();
    let handler = document.handler();
    let start = module.name.len() + 1;
    let end = start + missing.name.len();
    let mut problem = RULE
        .problem(format!("`{file}` has no `{}`", missing.name))
        .at(document.handler_part(start..end), "");
    if let Some(span) = missing.as_program {
        let label = "only if the file is started as a program";
        problem = problem.also(&module.source, span, label);
    }
    let meant = meant(missing).and_then(|name| {
        let rest = handler.get(end..)?;
        Some(format!("{}.{name}{rest}", module.name))
    });
    problem = match &meant {
        Some(meant) => problem.help(format!("write `{meant}`")),
        None => problem.help(format!("name the application that `{file}` makes")),
    };
    problem.fix = meant.and_then(|meant| document.handler_fix(&meant, Fix::to_review));
    sink.push(problem);
}

/// The name that is most likely meant: a similar one, or the only application.
fn meant(missing: &Missing) -> Option<&str> {
    let only = match missing.applications.as_slice() {
        [only] => Some(only),
        _ => None,
    };
    missing.near.as_ref().or(only).map(String::as_str)
}
