//! The handler's module is Python.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::model::BridgeKind;
use crate::pysource::{Answer, Refusal};

pub(crate) static RULE: Rule = Rule::advice(
    237,
    "handler-syntax",
    Level::Error,
    include_str!("handler-syntax.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(evidence) = &document.evidence else {
        return;
    };
    let found = evidence.handler();
    let (Answer::Syntax, Some(module)) = (&found.answer, &found.module) else {
        return;
    };
    let Some(Refusal::Syntax { message, span }) = &module.refusal else {
        return;
    };
    // wfastcgi also runs with Python 2.
    if document.spec.bridge.kind == BridgeKind::Wfastcgi {
        return;
    }
    let source = &module.source;
    let (fact, span, label, help) = match module.python_2() {
        Some(line) => (
            "is written for Python 2",
            line,
            "a statement of Python 2",
            "translate",
        ),
        None => (
            "has a syntax error",
            source.clamp(*span),
            &**message,
            "correct",
        ),
    };
    let file = source.name();
    let line = source.position(span.start).line;
    let problem = RULE
        .problem(format!("`{file}` {fact}"))
        .at(
            document.handler_part(0..module.name.len()),
            "cannot be imported",
        )
        .also(source, span, label)
        .help(format!("{help} line {line} of `{file}`"));
    sink.push(problem);
}
