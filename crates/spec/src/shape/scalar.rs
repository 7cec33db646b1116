//! Single values: form, range, choice, and what a value of the wrong type was meant to be.

use std::ops::RangeInclusive;

use super::rewrite::{advice, rewritten};
use super::shape::{Key, Mapping, Range, Shape, Text, amount};
use super::{OUT_OF_RANGE, Place, UNKNOWN_VALUE, WRONG_FORM, Walk, choice};
use crate::diag::Fix;
use crate::model::WinPath;
use crate::suggest::{one_of, plain};
use crate::syntax::{Node, Scalar, Value, write};

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
        let better = rewritten(value, pattern, self.root.as_deref());
        let help = match &better {
            Some(better) => format!("write `{better}`"),
            None => advice(value, pattern).to_owned(),
        };
        let problem = WRONG_FORM
            .problem(format!("`{value}` is no valid value for {}", place.name()))
            .at(node.span, pattern.expected)
            .help(help);
        self.found.push(match better {
            Some(text) => {
                let written = write::scalar(&text);
                problem.fix(Fix::to_review(
                    format!("write `{text}`"),
                    node.span,
                    written,
                ))
            }
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
        self.found.push(match choice::meant(&scalar.text, names) {
            Some(name) => {
                let title = format!("write `{name}`");
                let certain = plain(name) == plain(&scalar.text);
                let fix = match certain {
                    true => Fix::safe(title, node.span, name),
                    false => Fix::to_review(title, node.span, name),
                };
                problem.help(format!("did you mean `{name}`?")).fix(fix)
            }
            None => problem.help(choice::way_out(&scalar.text, names)),
        });
    }
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
        (Shape::Mapping(mapping), Value::Scalar(scalar)) if begins_key(&scalar.text, mapping) => {
            Some("write a blank behind the colon: `key: value`".to_owned())
        }
        (Shape::List(_) | Shape::Mapping(_), Value::Scalar(scalar)) => {
            wrapped(scalar, shape).map(|text| format!("write `{text}`"))
        }
        (Shape::Mapping(_), Value::List(items)) if items.iter().all(is_group) => {
            Some("write the keys without `- ` before them".to_owned())
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

fn is_group(node: &Node) -> bool {
    matches!(node.value, Value::Mapping(_))
}

/// What was meant by a text, as an edit. Nobody writes `yes` for anything else than `true`.
pub(super) fn meant(node: &Node, shape: &Shape) -> Option<Fix> {
    let Value::Scalar(scalar) = &node.value else {
        return None;
    };
    let title = |text: &str| format!("write `{text}`");
    match shape {
        Shape::Boolean => {
            let word = boolean(&scalar.text)?;
            Some(Fix::safe(title(word), node.span, word))
        }
        Shape::Integer { .. } => {
            let number = number(&scalar.text)?.to_string();
            Some(match number == scalar.text {
                true => Fix::safe(title(&number), node.span, number),
                false => Fix::to_review(title(&number), node.span, number),
            })
        }
        Shape::List(_) | Shape::Mapping(_) => {
            let text = wrapped(scalar, shape)?;
            Some(Fix::to_review(title(&text), node.span, text))
        }
        Shape::Text(_) | Shape::Choice(_) | Shape::Scalar => None,
    }
}

/// A single value as the list, or the group of keys, that it was meant to be in.
fn wrapped(scalar: &Scalar, shape: &Shape) -> Option<String> {
    let text = scalar.text.trim();
    if text.is_empty() || text.contains(['\n', '$']) {
        return None;
    }
    match shape {
        Shape::List(list) if is_single(list.items) => {
            let items = text.split([';', ',']);
            let items = items.map(|item| write::scalar(item.trim().trim_start_matches('-')));
            Some(format!("[{}]", items.collect::<Vec<_>>().join(", ")))
        }
        Shape::List(list) => match list.items {
            Shape::Mapping(mapping) => Some(format!("[{}]", keyed(scalar, mapping)?)),
            _ => None,
        },
        Shape::Mapping(mapping) => keyed(scalar, mapping),
        _ => None,
    }
}

fn is_single(shape: &Shape) -> bool {
    matches!(shape, Shape::Text(_) | Shape::Choice(_))
}

/// Keys of a section that people write without its name, as in `bridge: wfastcgi`.
const MAIN_KEYS: [&str; 10] = [
    "host",
    "name",
    "kind",
    "file",
    "folder",
    "pattern",
    "url",
    "requirements",
    "default",
    "thumbprint",
];

/// `{file: D:\\logs\\a.log}` for a text where a section belongs; `{windows: true}` for the name of a switch.
fn keyed(scalar: &Scalar, mapping: &Mapping) -> Option<String> {
    let text = scalar.text.trim();
    let is_switch = |key: &&Key| key.name == text && matches!(*key.shape, Shape::Boolean);
    if let Some(switch) = mapping.keys.iter().find(is_switch) {
        return Some(format!("{{{}: true}}", switch.name));
    }
    if scalar.as_bool().is_some() || mapping.keys.len() > MOST_KEYS {
        return None;
    }
    let admits = |key: &&Key| match key.shape {
        // The text may be the secret itself, which no message repeats.
        Shape::Text(_) if key.name == "file" => WinPath::new(text).file_problem().is_none(),
        Shape::Text(form) => form.pattern.as_ref().is_none_or(|form| form.matches(text)),
        Shape::Choice(names) => names.contains(&text),
        Shape::Scalar => true,
        Shape::Integer { .. } | Shape::Boolean | Shape::List(_) | Shape::Mapping(_) => false,
    };
    let main = |key: &&Key| MAIN_KEYS.contains(&key.name);
    let key = mapping.keys.iter().filter(main).find(admits)?;
    Some(format!("{{{}: {}}}", key.name, write::scalar(text)))
}

/// Keys of the largest section that a single value can stand for.
const MOST_KEYS: usize = 16;

fn boolean(text: &str) -> Option<&'static str> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "y" | "on" | "1" | "true" => Some("true"),
        "no" | "n" | "off" | "0" | "false" => Some("false"),
        _ => None,
    }
}

fn integer(text: &str) -> Option<String> {
    number(text).map(|number| format!("write `{number}`, without quotes"))
}

/// Numbers that are quoted, padded, grouped or of another base.
fn number(text: &str) -> Option<i128> {
    let bare = text.trim().replace(['_', ','], "");
    match bare.strip_prefix("0x") {
        Some(digits) => i128::from_str_radix(digits, 16).ok(),
        None => bare.strip_suffix(".0").unwrap_or(&bare).parse().ok(),
    }
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
            ("log: D:\\x.log", "write `{file: D:\\x.log}`"),
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
