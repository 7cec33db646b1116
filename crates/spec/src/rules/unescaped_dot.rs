//! A dot before an extension in `restart.pattern` is a dot.

use super::{Document, Phase, Rule, Sink};
use crate::diag::{Fix, Level};
use crate::pyregex::Pattern;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    208,
    "unescaped-dot",
    Level::Warning,
    include_str!("unescaped-dot.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let restart = document.spec.restart.as_ref();
    let Some(text) = restart.and_then(|restart| restart.pattern.as_ref()) else {
        return;
    };
    let Ok(pattern) = Pattern::parse(text.as_str()) else {
        return;
    };
    let place = KeyPath::of("restart.pattern");
    for dot in pattern.bare_dots() {
        let span = document.part(&place, dot);
        let escaped = match document.is_double_quoted(&place) {
            true => r"\\.",
            false => r"\.",
        };
        let problem = RULE
            .problem("a dot in `restart.pattern` stands for any character")
            .at(span, "not only a dot may stand here")
            .help(format!("write `{escaped}` for a dot"));
        // In another spelling of the text, nobody knows where the dot stands.
        let exact = document.source.slice(span) == ".";
        sink.push(match exact {
            true => problem.fix(Fix::safe("escape the dot", span, escaped)),
            false => problem,
        });
    }
}
