//! Bodies that wfastcgi is given are small.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::model::{BridgeKind, Bytes};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    612,
    "wfastcgi-uploads",
    Level::Warning,
    include_str!("wfastcgi-uploads.md"),
    Phase::Meaning(check),
);

/// A body of this size was measured to take wfastcgi 17 seconds (P53).
const SLOW: Bytes = Bytes(16 << 20);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    if spec.bridge.kind != BridgeKind::Wfastcgi || spec.limits.body <= SLOW {
        return;
    }
    let Some(written) = document.tree.at(&KeyPath::of("limits.body")) else {
        return;
    };
    let problem = RULE
        .problem(format!(
            "bodies of up to `{}` are slow in wfastcgi",
            spec.limits.body
        ))
        .at(written.span, "twice the size takes four times as long")
        .with(
            document.tree.place(&KeyPath::of("bridge.kind")),
            "the bridge",
        )
        .help("write `kind: gateway`, or at most `16MB`");
    sink.push(problem);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::found;

    #[test]
    fn a_limit_that_nobody_wrote_is_not_told() {
        for (body, expected) in [("{}", 0), ("{body: 16MB}", 0), ("{body: 17MB}", 1)] {
            let rest = format!("bridge: {{kind: wfastcgi}}\nlimits: {body}");
            assert_eq!(found(&RULE, &rest).len(), expected, "{body}");
        }
    }
}
