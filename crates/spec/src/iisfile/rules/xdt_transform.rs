//! Locators and transforms, which are names of classes.

use super::super::View;
use super::super::mark::Marked;
use super::super::xml::Element;
use crate::rules::{Phase, Rule, Sink};
use crate::suggest::{nearest, one_of};

pub(crate) static RULE: Rule = Rule::error(
    1035,
    "xdt-transform",
    include_str!("xdt-transform.md"),
    Phase::File(check),
);

const LOCATORS: [&str; 3] = ["Match", "Condition", "XPath"];

const TRANSFORMS: [&str; 11] = [
    "Replace",
    "Remove",
    "RemoveAll",
    "Insert",
    "InsertIfMissing",
    "InsertBefore",
    "InsertAfter",
    "SetAttributes",
    "RemoveAttributes",
    "CommentOut",
    "SetTokenizedAttributes",
];

fn check(view: &View<'_>, sink: &mut Sink) {
    if let Some(root) = view.root() {
        walk(root, sink);
    }
}

fn walk(element: &Element, sink: &mut Sink) {
    if let Some(transform) = element.value("xdt:Transform") {
        known(transform, &TRANSFORMS, sink);
    }
    if let Some(locator) = element.value("xdt:Locator") {
        known(locator, &LOCATORS, sink);
        matched(element, locator, sink);
    }
    for child in &element.children {
        walk(child, sink);
    }
}

/// Judges the name before the parentheses. Classes of other libraries can be imported, so only a near miss is told.
fn known(value: &Marked, names: &'static [&'static str], sink: &mut Sink) {
    let name = value.text.split('(').next().unwrap_or_default().trim();
    let Some(near) = nearest(name, names.iter().copied()).filter(|near| *near != name) else {
        return;
    };
    if names.contains(&name) {
        return;
    }
    let problem = RULE
        .problem(format!("`{name}` is none of the transform's names"))
        .at(
            value.span(),
            format!("known are {}", one_of(names.iter().copied())),
        )
        .help(format!("write `{near}`"));
    sink.push(problem);
}

/// `Match(a,b)` compares attributes that the element itself has.
fn matched(element: &Element, locator: &Marked, sink: &mut Sink) {
    let Some(names) = locator
        .text
        .trim()
        .strip_prefix("Match(")
        .and_then(|rest| rest.strip_suffix(')'))
    else {
        return;
    };
    for name in names
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
    {
        let (message, span) = match element.value(name) {
            None => (
                format!("`Match` asks for `{name}`, which this element does not have"),
                locator.span(),
            ),
            Some(value) if value.text.contains('\'') => (
                format!("`Match` cannot compare a `{name}` with an apostrophe in it"),
                value.span(),
            ),
            Some(_) => continue,
        };
        let help = match element.value(name) {
            None => format!("write `{name}=\"...\"` in the element, or match by another attribute"),
            Some(_) => "use `Condition(...)` with quotes of the other kind".to_owned(),
        };
        sink.push(RULE.problem(message).at(span, "").help(help));
    }
}
