//! The handler's module is in the project.

use super::{Document, Phase, Rule, Sink};
use crate::diag::{Fix, Level};
use crate::pysource::Answer;
use crate::suggest::one_of;

pub(crate) static RULE: Rule = Rule::advice(
    230,
    "missing-module",
    Level::Error,
    include_str!("missing-module.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(evidence) = &document.evidence else {
        return;
    };
    let Answer::NoModule(missing) = &evidence.handler().answer else {
        return;
    };
    // Without either it may be a module of a library.
    if !missing.is_sure && missing.near.is_none() {
        return;
    }
    let files = one_of(missing.looked_for.iter().map(String::as_str));
    let mut problem = RULE
        .problem(format!("there is no module `{}`", missing.name))
        .at(
            document.handler_part(0..missing.name.len()),
            format!("the project has no {files}"),
        );
    problem = match (&missing.near, missing.looked_for.last()) {
        (Some(near), _) => problem.help(format!("write `{near}`")),
        (None, Some(file)) => problem.help(format!("add `{file}`, or name another module")),
        (None, None) => problem,
    };
    problem.fix = missing
        .near
        .as_ref()
        .and_then(|near| document.handler_fix(near, Fix::to_review));
    sink.push(problem);
}
