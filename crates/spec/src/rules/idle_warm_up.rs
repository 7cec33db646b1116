//! A pool that is warmed up starts by itself and stays.

use super::{Document, Phase, Rule, Sink};
use crate::diag::{Fix, Level};
use crate::model::{Minutes, StartMode};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    512,
    "idle-warm-up",
    Level::Warning,
    include_str!("idle-warm-up.md"),
    Phase::Meaning(check),
);

/// Speaks only of what is written: left out, `warm-up` decides both.
fn check(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    if spec.warm_up.is_none() {
        return;
    }
    let idles = spec.pool.idle_timeout > Minutes(0);
    let waits = spec.pool.start_mode == StartMode::OnDemand;
    for (key, wrong, message, right) in [
        (
            "pool.idle-timeout",
            idles,
            "an idle pool stops, and is not warmed up again",
            "0m",
        ),
        (
            "pool.start-mode",
            waits,
            "a pool that waits for a client is not warmed up before it",
            "always-running",
        ),
    ] {
        let Some(written) = document.tree.at(&KeyPath::of(key)).filter(|_| wrong) else {
            continue;
        };
        let warm_up = KeyPath::of("warm-up");
        let span = document.tree.key_span(&warm_up);
        let problem = RULE
            .problem(message)
            .at(written.span, "")
            .with(
                span.unwrap_or_else(|| document.tree.place(&warm_up)),
                "asks for a warm application",
            )
            .help(format!("write `{right}`, or remove the key"))
            .fix(Fix::to_review(
                format!("write `{right}`"),
                written.span,
                right,
            ));
        sink.push(problem);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::found;

    #[test]
    fn only_what_is_written_is_told() {
        for (pool, expected) in [
            ("{}", 0),
            ("{idle-timeout: 0m, start-mode: always-running}", 0),
            ("{idle-timeout: 1h, start-mode: on-demand}", 2),
        ] {
            let rest = format!("warm-up: {{}}\npool: {pool}");
            assert_eq!(found(&RULE, &rest).len(), expected, "{pool}");
        }
    }
}
