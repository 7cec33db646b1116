//! The handler does not call what is the application already.

use super::handler::named;
use super::{Document, Phase, Rule, Sink};
use crate::diag::{Fix, Level};
use crate::pysource::{Answer, Interface};

pub(crate) static RULE: Rule = Rule::advice(
    232,
    "called-instance",
    Level::Error,
    include_str!("called-instance.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(evidence) = &document.evidence else {
        return;
    };
    let found = evidence.handler();
    let Answer::CalledApplication(application) = found.answer else {
        return;
    };
    let handler = document.handler();
    let Some(bare) = handler.strip_suffix("()") else {
        return;
    };
    if application.interface == Interface::Neither {
        return;
    }
    let mut problem = RULE
        .problem(format!("`{bare}` is the application and is called"))
        .at(
            document.handler_part(bare.len()..handler.len()),
            "fails for want of a request",
        )
        .help(format!("write `{bare}`"));
    if let (Some(module), Some(span)) = (&found.module, found.span) {
        problem = problem.also(&module.source, span, named(application));
    }
    problem.fix = document.handler_fix(bare, Fix::safe);
    sink.push(problem);
}
