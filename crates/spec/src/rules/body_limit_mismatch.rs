//! IIS lets through what the application takes.

use super::{Document, Phase, Rule, Sink};
use crate::diag::{Fix, Level};
use crate::model::Bytes;
use crate::pysource::body_limits;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    240,
    "body-limit-mismatch",
    Level::Warning,
    include_str!("body-limit-mismatch.md"),
    Phase::Meaning(check),
);

/// The most that IIS can allow.
const MOST: Bytes = Bytes(4_095 << 20);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(evidence) = &document.evidence else {
        return;
    };
    let framework = evidence.application().and_then(|found| found.framework);
    if framework.is_none_or(|framework| framework.name != "Flask") {
        return;
    }
    let modules = evidence.modules().iter();
    let limits =
        modules.flat_map(|module| body_limits(module).into_iter().map(move |it| (module, it)));
    // Which of several holds cannot be told.
    let [(module, limit)] = &*limits.collect::<Vec<_>>() else {
        return;
    };
    let Some(taken) = limit
        .bytes
        .and_then(|bytes| Bytes::parse(&format!("{bytes}B")))
    else {
        return;
    };
    let allowed = document.spec.limits.body;
    if taken <= allowed || taken > MOST {
        return;
    }
    let path = KeyPath::of("limits.body");
    let place = document.tree.place(&path);
    let mut problem = RULE
        .problem(format!(
            "IIS refuses requests above {allowed}, and the application takes up to {taken}"
        ))
        .at(place, "")
        .also(&module.source, limit.span, "the limit of the application")
        .help(format!("write `body: {taken}` below `limits`"));
    if document.tree.at(&path).is_some() {
        problem = problem.fix(Fix::to_review(
            format!("write `{taken}`"),
            place,
            taken.to_string(),
        ));
    }
    sink.push(problem);
}
