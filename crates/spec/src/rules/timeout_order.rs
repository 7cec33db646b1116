//! Of the two times after which IIS ends a process, the shorter one is that for silence.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    301,
    "timeout-order",
    Level::Warning,
    include_str!("timeout-order.md"),
    Phase::Meaning(check),
);

/// Speaks only of a time that is written: next to a short `request-timeout`, the usual time for silence does no harm.
fn check(document: &Document<'_>, sink: &mut Sink) {
    let process = &document.spec.process;
    let (request, activity) = (process.request_timeout, process.activity_timeout);
    if request >= activity {
        return;
    }
    let Some(written) = document.tree.at(&KeyPath::of("process.activity-timeout")) else {
        return;
    };
    let problem = RULE
        .problem(format!(
            "`process.activity-timeout` of `{activity}` never acts"
        ))
        .at(
            written.span,
            format!("a request ends after `{request}` anyway"),
        )
        .help(format!(
            "write a `request-timeout` of at least `{activity}`, or a shorter `activity-timeout`"
        ));
    let limit = document.tree.at(&KeyPath::of("process.request-timeout"));
    sink.push(match limit {
        Some(limit) => problem.with(limit.span, "the time for a whole request"),
        None => problem,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::found;

    #[test]
    fn a_short_request_beside_the_usual_silence_does_no_harm() {
        for (times, expected) in [
            ("request-timeout: 30s", 0),
            ("request-timeout: 30s, activity-timeout: 30s", 0),
            ("request-timeout: 30s, activity-timeout: 31s", 1),
        ] {
            let rest = format!("process: {{{times}}}");
            assert_eq!(found(&RULE, &rest).len(), expected, "{times}");
        }
    }
}
