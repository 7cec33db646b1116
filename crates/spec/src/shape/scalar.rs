//! Single values: form, range, choice, and what a value of the wrong type was meant to be.

use std::ops::RangeInclusive;

use super::shape::{Pattern, Shape, Text};
use super::{OUT_OF_RANGE, Place, UNKNOWN_VALUE, WRONG_FORM, Walk};
use crate::model::Seconds;
use crate::suggest::{nearest, one_of};
use crate::syntax::{Node, Scalar, Value};

impl Walk {
    pub(super) fn text(&mut self, node: &Node, scalar: &Scalar, text: &Text, place: &Place) {
        let value = &scalar.text;
        if let Some(pattern) = text
            .pattern
            .as_ref()
            .filter(|pattern| !pattern.matches(value))
        {
            let help = match rewritten(value, pattern) {
                Some(better) => format!("write `{better}`"),
                None => "write it in that form".to_owned(),
            };
            let problem = WRONG_FORM
                .problem(format!("`{value}` is no valid value for {}", place.name()))
                .at(node.span, pattern.expected.as_str())
                .help(help);
            self.found.push(problem);
        } else if let Some((least, most)) = text.duration {
            self.duration(node, value, least..=most, place);
        }
    }

    fn duration(
        &mut self,
        node: &Node,
        value: &str,
        range: RangeInclusive<Seconds>,
        place: &Place,
    ) {
        let seconds = Seconds::parse(value);
        if seconds.is_some_and(|seconds| range.contains(&seconds)) {
            return;
        }
        // A text that has the form of a duration but no value is one of more than 136 years.
        let (bound, side) = match seconds {
            Some(seconds) if seconds < *range.start() => (range.start(), "less"),
            Some(_) | None => (range.end(), "more"),
        };
        let (least, most, bound) = (spell(*range.start()), spell(*range.end()), spell(*bound));
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

    pub(super) fn choice(&mut self, node: &Node, scalar: &Scalar, names: &[String], place: &Place) {
        if names.contains(&scalar.text) {
            return;
        }
        let known = || names.iter().map(String::as_str);
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

/// The nearest text that has the form: with a unit, with `-` or `_` for what is not allowed, or as a URL path.
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
    let seconds = format!("{}s", value.trim().trim_end_matches("s").trim_end());
    let path = format!("/{}", value.trim().replace('\\', "/").trim_matches('/'));
    let candidates = [
        seconds,
        replace('-'),
        replace('_'),
        replace('_').replace(['-', '.'], "_"),
        path,
    ];
    candidates
        .into_iter()
        .find(|text| pattern.matches(text) && !value.trim().is_empty())
}

/// A duration in the largest unit that holds it exactly.
fn spell(Seconds(seconds): Seconds) -> String {
    let units = [(86_400, "d"), (3_600, "h"), (60, "m")];
    let whole = units
        .iter()
        .find(|(unit, _)| seconds > *unit && seconds % unit == 0);
    whole.map_or(format!("{seconds}s"), |(unit, name)| {
        format!("{}{name}", seconds / unit)
    })
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
        (Shape::Boolean, Value::Scalar(scalar)) => boolean(&scalar.text),
        (Shape::Integer { .. }, Value::Scalar(scalar)) => integer(&scalar.text),
        (Shape::List(_), Value::Scalar(scalar)) if !scalar.text.contains(['\n', ',']) => {
            Some("put `- ` before it, on a line of its own".to_owned())
        }
        (Shape::Mapping(_), Value::Scalar(scalar)) if scalar.text.contains(':') => {
            Some("write a blank behind the colon: `key: value`".to_owned())
        }
        (Shape::Text(_) | Shape::Choice(_), Value::List(items)) if items.len() == 1 => {
            Some("write the value alone, without a list".to_owned())
        }
        _ => None,
    }
}

fn boolean(text: &str) -> Option<String> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "y" | "on" | "1" | "true" => Some("write `true`, without quotes".to_owned()),
        "no" | "n" | "off" | "0" | "false" => Some("write `false`, without quotes".to_owned()),
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
