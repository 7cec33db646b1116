//! A dot before an extension that stands for any character.

use super::super::View;
use super::restart_regex::NAME;
use crate::diag::{Fix, Level};
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::advice(
    1018,
    "restart-dot",
    Level::Warning,
    include_str!("restart-dot.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    let settings = view.settings();
    for setting in settings
        .iter()
        .filter(|setting| setting.name.text.trim() == NAME)
    {
        let Some(at) = dot(&setting.value.text) else {
            continue;
        };
        let span = setting.value.part(at..at + 1);
        let problem = RULE
            .problem("the dot before the extension stands for any character")
            .at(span, "`happy` matches as well as `shop.py`")
            .help("write `\\.`")
            .fix(Fix::to_review("write `\\.`", span, "\\."));
        sink.push(problem);
    }
}

/// The plain dot between "any text" and an extension: in `.*.py` or `.*.(py|config)`.
fn dot(pattern: &str) -> Option<usize> {
    let (before, after) = pattern.split_once(".*.")?;
    let is_escaped = before.ends_with('\\');
    let inside = after.trim_start_matches(['(', '?', ':']);
    let extension = inside.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let is_last = after.split_once(extension).is_some_and(|(_, rest)| {
        rest.chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '|' | ')' | '$'))
    });
    (!is_escaped && !extension.is_empty() && is_last).then_some(before.len() + 2)
}

#[cfg(test)]
mod tests {
    use super::dot;

    #[test]
    fn only_a_dot_before_an_extension_is_told() {
        for (pattern, at) in [
            ("(?i).*.(py|cnf|config)$", Some(6)),
            (".*.py$", Some(2)),
            (".*.(?:py)", Some(2)),
            (r"(?i).*\.(py|cnf|config)$", None),
            (r".*((\.py)|(\.config))$", None),
            (".*", None),
            (".*..", None),
            (".*.*", None),
            ("", None),
        ] {
            assert_eq!(dot(pattern), at, "{pattern}");
        }
    }
}
