//! The handler calls what makes the application.

use super::{Document, Phase, Rule, Sink};
use crate::diag::{Fix, Level};
use crate::pysource::{Answer, Interface};

pub(crate) static RULE: Rule = Rule::advice(
    233,
    "uncalled-factory",
    Level::Error,
    include_str!("uncalled-factory.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(evidence) = &document.evidence else {
        return;
    };
    let found = evidence.handler();
    let Answer::Uncalled { made, is_ready } = found.answer else {
        return;
    };
    let is_served = made.is_none_or(|made| made.interface != Interface::Neither);
    let is_old = made.is_some_and(|made| made.framework.is_some_and(|it| it.replaced_by.is_some()));
    if !is_served || is_old {
        return;
    }
    let handler = document.handler();
    let message = match made {
        Some(_) => format!("`{handler}` makes the application and is not called"),
        None => format!("`{handler}` takes no request and is not called"),
    };
    let mut problem = RULE.problem(message).at(document.handler_end(), "");
    if let (Some(module), Some(span)) = (&found.module, found.span) {
        problem = problem.also(&module.source, span, "is bound here");
    }
    if is_ready {
        let called = format!("{handler}()");
        problem = problem.help(format!("write `{called}`"));
        // Whether the result is an application is not certain.
        let fix = if made.is_some() {
            Fix::safe
        } else {
            Fix::to_review
        };
        problem.fix = document.handler_fix(&called, fix);
    } else {
        problem = problem.help("name the object that a call of it gives");
    }
    sink.push(problem);
}
