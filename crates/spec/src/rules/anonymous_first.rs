//! Whoever is to be asked for a name cannot come in without one.

use super::{Document, Phase, Rule, Sink};
use crate::diag::{Fix, Level};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    610,
    "anonymous-first",
    Level::Warning,
    include_str!("anonymous-first.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let authentication = &document.spec.authentication;
    let key = match (authentication.windows, authentication.basic) {
        (true, _) => "authentication.windows",
        (false, true) => "authentication.basic",
        (false, false) => return,
    };
    if !authentication.anonymous {
        return;
    }
    let problem = RULE
        .problem("IIS asks nobody for a name")
        .at(
            document.tree.place(&KeyPath::of(key)),
            "not tried while everybody may come in without",
        )
        .help("write `anonymous: false`");
    let anonymous = document.tree.at(&KeyPath::of("authentication.anonymous"));
    sink.push(match anonymous {
        Some(written) => problem
            .with(written.span, "lets everybody in")
            .fix(Fix::to_review(
                "write `anonymous: false`",
                written.span,
                "false",
            )),
        None => problem,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::found;

    #[test]
    fn everybody_may_come_in_unless_the_spec_says_otherwise() {
        for (keys, expected) in [
            ("basic: true", 1),
            ("windows: true, basic: true", 1),
            ("windows: true, anonymous: false", 0),
            ("windows: false", 0),
        ] {
            let rest = format!("authentication: {{{keys}}}");
            assert_eq!(found(&RULE, &rest).len(), expected, "{keys}");
        }
    }
}
