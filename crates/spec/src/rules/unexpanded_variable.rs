//! Values of environment variables are taken literally.

use std::ops::Range;

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    805,
    "unexpanded-variable",
    Level::Warning,
    include_str!("unexpanded-variable.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    for (name, value) in &document.spec.environment {
        let place = KeyPath::of("environment").key(name.as_str());
        for range in references(value) {
            let inner = value
                .get(range.start + 1..range.end - 1)
                .unwrap_or_default();
            let help = match is_spec_variable(inner) {
                true => format!(
                    "write the value itself, or `${{{inner}}}` with `{inner}` under `variables`"
                ),
                false => "write the value itself".to_owned(),
            };
            let problem = RULE
                .problem(format!(
                    "nothing expands `%{inner}%` in the value of `{name}`"
                ))
                .at(
                    document.part(&place, range),
                    "the application gets these characters",
                )
                .help(help);
            sink.push(problem);
        }
    }
}

/// Shortest name: `%d%m` is the format of a date, and `%C3%A9` a part of a URL.
const SHORTEST: usize = 3;

/// Where a text says `%NAME%`.
pub(super) fn references(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut done = 0;
    for (at, _) in text.match_indices('%') {
        let rest = text.get(at + 1..).unwrap_or_default();
        let Some((name, _)) = rest.split_once('%').filter(|_| at >= done) else {
            continue;
        };
        let fits = |c: char| c.is_ascii_alphanumeric() || "_()".contains(c);
        let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        if begins && name.len() >= SHORTEST && name.chars().all(fits) {
            done = at + name.len() + 2;
            found.push(at..done);
        }
    }
    found
}

fn is_spec_variable(name: &str) -> bool {
    name.bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_told_from_other_percents() {
        let found = |text: &str| {
            references(text)
                .iter()
                .map(|range| text.get(range.clone()).unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            found(r"%TEMP%\x;%ProgramFiles(x86)%"),
            ["%TEMP%", "%ProgramFiles(x86)%"]
        );
        for text in [
            "100%",
            "%Y-%m-%d",
            "%H%M%S",
            "a%20b%20c",
            "%(message)s %(name)s",
            "%C3%A9",
            "50% of 80%",
            "%%",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
