//! Single values: form, range, choice, and what a value of the wrong type was meant to be.

use std::ops::RangeInclusive;

use super::shape::{Mapping, Pattern, Range, Shape, Text, amount};
use super::{OUT_OF_RANGE, Place, UNKNOWN_VALUE, WRONG_FORM, Walk, length};
use crate::diag::Fix;
use crate::suggest::{nearest, one_of};
use crate::syntax::{Node, Scalar, Value};

impl Walk {
    pub(super) fn text(&mut self, node: &Node, scalar: &Scalar, text: &Text, place: &Place) {
        let value = &scalar.text;
        let Some(pattern) = text.pattern.filter(|form| !form.matches(value)) else {
            return;
        };
        let bounds = text.range.as_ref().zip(amount(value));
        if let Some((range, number)) = bounds.filter(|(range, number)| !range.contains(*number)) {
            return self.quantity(node, value, number, range, place);
        }
        let help = match rewritten(value, pattern) {
            Some(better) => format!("write `{better}`"),
            None => "write it in that form".to_owned(),
        };
        let problem = WRONG_FORM
            .problem(format!("`{value}` is no valid value for {}", place.name()))
            .at(node.span, pattern.expected)
            .help(help);
        // The unit is a guess, because IIS counts some of its durations in minutes.
        let spelled = length::spelled(value.trim()).filter(|text| pattern.matches(text));
        self.found.push(match spelled {
            Some(text) => problem.fix(Fix::to_review(format!("write `{text}`"), node.span, text)),
            None => problem,
        });
    }

    fn quantity(&mut self, node: &Node, value: &str, number: u64, range: &Range, place: &Place) {
        let Range { least, most } = range;
        let (bound, side) = match amount(least).is_some_and(|least| number < least) {
            true => (least, "less"),
            false => (most, "more"),
        };
        let problem = OUT_OF_RANGE
            .problem(format!(
                "{} is `{value}`, {side} than `{bound}`",
                place.name()
            ))
            .at(node.span, format!("allowed: `{least}` to `{most}`"))
            .help(format!("write `{bound}`, or a value between the two"));
        self.found.push(problem);
    }

    pub(super) fn integer(
        &mut self,
        node: &Node,
        number: i128,
        range: RangeInclusive<i128>,
        place: &Place,
    ) {
        if range.contains(&number) {
            return;
        }
        let (least, most) = (range.start(), range.end());
        let (bound, side) = if number < *least {
            (least, "less")
        } else {
            (most, "more")
        };
        let problem = OUT_OF_RANGE
            .problem(format!("{} is {number}, {side} than {bound}", place.name()))
            .at(node.span, format!("allowed: {least} to {most}"))
            .help(format!("write {bound}, or a value between the two"));
        self.found.push(problem);
    }

    pub(super) fn choice(&mut self, node: &Node, scalar: &Scalar, names: &[&str], place: &Place) {
        if names.contains(&scalar.text.as_str()) {
            return;
        }
        let known = || names.iter().copied();
        let problem = UNKNOWN_VALUE
            .problem(format!("{} does not know `{}`", place.name(), scalar.text))
            .at(node.span, format!("expected {}", one_of(known())));
        let problem = match nearest(&scalar.text, known()) {
            Some(name) => problem.help(format!("did you mean `{name}`?")),
            None => problem.help(format!("write {}", one_of(known()))),
        };
        self.found.push(problem);
    }
}

/// The nearest text that has the form: without blanks around it, as a number with one unit, with `-` or `_` for what
/// is not allowed, or as a URL path.
pub(super) fn rewritten(value: &str, pattern: &Pattern) -> Option<String> {
    let replace = |by: char| {
        let fits = |c: char| {
            if c.is_ascii_alphanumeric() || "._-".contains(c) {
                c
            } else {
                by
            }
        };
        value.trim().chars().map(fits).collect::<String>()
    };
    let trimmed = value.trim();
    let path = format!("/{}", trimmed.replace('\\', "/").trim_matches('/'));
    let candidates = [
        trimmed.to_owned(),
        length::spelled(trimmed).unwrap_or_default(),
        replace('-'),
        replace('_'),
        replace('_').replace(['-', '.'], "_"),
        path,
    ];
    candidates
        .into_iter()
        .find(|text| pattern.matches(text) && !trimmed.is_empty())
}

/// What a value is, in a message that says what it should be.
pub(super) fn kind(node: &Node) -> String {
    match &node.value {
        Value::Mapping(_) => "a group of keys".to_owned(),
        Value::List(_) => "a list".to_owned(),
        Value::Scalar(scalar) if scalar.as_bool().is_some() => "a boolean".to_owned(),
        Value::Scalar(scalar) if scalar.as_integer().is_some() => "a number".to_owned(),
        Value::Scalar(scalar) if !scalar.is_plain() => "a text in quotes".to_owned(),
        Value::Scalar(_) => "a text".to_owned(),
    }
}

/// What was most likely meant by a value of the wrong type.
pub(super) fn way_out(node: &Node, shape: &Shape) -> Option<String> {
    match (shape, &node.value) {
        (Shape::Boolean, Value::Scalar(scalar)) => {
            boolean(&scalar.text).map(|word| format!("write `{word}`, without quotes"))
        }
        (Shape::Integer { .. }, Value::Scalar(scalar)) => integer(&scalar.text),
        (Shape::List(_), Value::Scalar(scalar)) if !scalar.text.contains(['\n', ',']) => {
            Some("put `- ` before it, on a line of its own".to_owned())
        }
        (Shape::Mapping(mapping), Value::Scalar(scalar)) if begins_key(&scalar.text, mapping) => {
            Some("write a blank behind the colon: `key: value`".to_owned())
        }
        (Shape::Text(_) | Shape::Choice(_), Value::List(items)) if items.len() == 1 => {
            Some("write the value alone, without a list".to_owned())
        }
        _ => None,
    }
}

/// True for `handler:shop.app`; the colon of a drive or a URL ends no key.
fn begins_key(text: &str, mapping: &Mapping) -> bool {
    text.split_once(':')
        .is_some_and(|(word, _)| mapping.names().any(|name| name == word))
}

/// What was meant by a text for `true` or `false`, as an edit; nobody writes these words for anything else.
pub(super) fn meant_boolean(node: &Node, shape: &Shape) -> Option<Fix> {
    let (Shape::Boolean, Value::Scalar(scalar)) = (shape, &node.value) else {
        return None;
    };
    let word = boolean(&scalar.text)?;
    Some(Fix::safe(format!("write `{word}`"), node.span, word))
}

fn boolean(text: &str) -> Option<&'static str> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "y" | "on" | "1" | "true" => Some("true"),
        "no" | "n" | "off" | "0" | "false" => Some("false"),
        _ => None,
    }
}

/// Numbers that are quoted, padded, grouped or of another base.
fn integer(text: &str) -> Option<String> {
    let bare = text.trim().replace(['_', ','], "");
    let number: i128 = match bare.strip_prefix("0x") {
        Some(digits) => i128::from_str_radix(digits, 16).ok()?,
        None => bare.strip_suffix(".0").unwrap_or(&bare).parse().ok()?,
    };
    Some(format!("write `{number}`, without quotes"))
}

#[cfg(test)]
mod tests {
    /// The help for one more line in a spec that is right.
    fn help(line: &str) -> String {
        let text = format!(
            "name: a\nroot: D:\\a\npython: {{interpreter: D:\\a.exe, handler: a.b}}\n{line}\n"
        );
        let checked = crate::check("f", text.as_bytes(), &crate::Options::default());
        let [found] = checked.diagnostics.as_slice() else {
            return format!("{:?}", checked.diagnostics);
        };
        found.help.clone().unwrap()
    }

    #[test]
    fn what_help_tells_to_write_is_what_was_meant() {
        for (line, expected) in [
            ("site: {path: /a/b/}", "write `/a/b`"),
            ("site: {path: shop}", "write `/shop`"),
            ("pool: {name: ' x '}", "write `x`"),
            ("site: {name: 'My Site '}", "write `My Site`"),
            ("process: {idle-timeout: 90}", "write `90s`"),
            ("process: {idle-timeout: 90sec}", "write `90s`"),
            (
                "log: D:\\x.log",
                "write keys with values, such as `file: ...`",
            ),
            (
                "log: file:D:\\x.log",
                "write a blank behind the colon: `key: value`",
            ),
            (
                "process: {max_instances: 4}",
                "did you mean `max-instances`?",
            ),
            ("NAME: b", "did you mean `name`?"),
        ] {
            assert_eq!(help(line), expected, "{line}");
        }
    }

    #[test]
    fn a_fix_is_safe_where_only_one_thing_can_be_meant() {
        for (line, safe, expected) in [
            ("streaming: yes", Some(true), "streaming: true"),
            ("streaming: 'Off'", Some(true), "streaming: false"),
            ("streaming: sometimes", None, "streaming: sometimes"),
            (
                "process: {max_instances: 4}",
                Some(true),
                "process: {max-instances: 4}",
            ),
            (
                "process: {max-instanzes: 4}",
                Some(false),
                "process: {max-instances: 4}",
            ),
            (
                "process: {max-instances: 4, Max_Instances: 5}",
                None,
                "process: {max-instances: 4, Max_Instances: 5}",
            ),
            (
                "process: {idle-timeout: 90}",
                Some(false),
                "process: {idle-timeout: 90s}",
            ),
            ("targets: [iis6, iis6]", Some(false), "targets: [iis6]"),
            (
                "targets:\n  - iis6\n  - iis10\n  - iis6",
                Some(false),
                "targets:\n  - iis6\n  - iis10",
            ),
        ] {
            let text = format!(
                "name: a\nroot: D:\\a\npython: {{interpreter: D:\\a.exe, handler: a.b}}\n{line}\n"
            );
            let found = crate::check("f", text.as_bytes(), &crate::Options::default()).diagnostics;
            let fix = found.first().and_then(|found| found.fix.as_ref());
            assert_eq!(fix.map(|fix| fix.safe), safe, "{line}");
            let fixed = crate::Fix::apply(&text, fix).0;
            assert!(fixed.ends_with(&format!("\n{expected}\n")), "{fixed}");
        }
    }

    #[test]
    fn no_text_gets_past_the_checks_that_an_artifact_cannot_hold() {
        for c in ["\\x07", "\\x7F", "\\N", "\\uFFFE", "\\uFFFF"] {
            for line in [
                format!("site: {{name: \"a{c}b\"}}"),
                format!("pool: {{name: \"a{c}b\"}}"),
                format!("environment: {{A: \"a{c}b\"}}"),
                format!("restart: {{pattern: \"a{c}b\"}}"),
                format!("log: {{file: \"D:\\\\a{c}b\"}}"),
            ] {
                assert!(!help(&line).starts_with('['), "{line}");
            }
        }
    }
}
