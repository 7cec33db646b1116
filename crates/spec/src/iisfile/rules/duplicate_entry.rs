//! Two entries of one collection with the same key.

use std::collections::BTreeMap;

use super::super::table::{KNOWN, Known, known};
use super::super::xml::Element;
use super::super::{Kind, View};
use crate::diag::Diagnostic;
use crate::rules::{Phase, Rule, Sink};
use crate::source::Span;

pub(crate) static RULE: Rule = Rule::error(
    1009,
    "duplicate-entry",
    include_str!("duplicate-entry.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    if view.kind == Kind::Transform {
        return;
    }
    // By the address of a collection, the entries that it has so far.
    let mut collections: BTreeMap<*const Element, BTreeMap<Vec<String>, Span>> = BTreeMap::new();
    for placed in &view.placed {
        let Some(known) = collection(placed.path) else {
            continue;
        };
        let entries = collections.entry(placed.parent).or_default();
        let key = key(known, placed.element);
        match (placed.element.name(), key) {
            ("clear", _) => entries.clear(),
            ("remove", Some(key)) => {
                entries.remove(&key);
            }
            (_, Some(key)) => {
                let span = key_span(known, placed.element);
                if let Some(first) = entries.insert(key, span) {
                    sink.push(twice(known, placed.element, first));
                }
            }
            (_, None) => {}
        }
        if sink.is_full() {
            return;
        }
    }
}

fn twice(known: &Known, element: &Element, first: Span) -> Diagnostic {
    let what = known.key.join("` and `");
    RULE.problem(format!("two `<{}>` with the same `{what}`", element.name()))
        .at(key_span(known, element), "again")
        .with(first, "first")
        .help("remove one of the two, or give it another key")
}

/// What tells an entry from the others of its collection; `None` if a part of it is missing.
pub(super) fn key(known: &Known, element: &Element) -> Option<Vec<String>> {
    let fold = |text: &str| match known.is_case_sensitive {
        true => text.to_owned(),
        false => text.to_lowercase(),
    };
    let defaults = [("arguments", ""), ("subStatusCode", "-1"), ("path", "")];
    let part = |name: &&str| {
        let default = || {
            defaults
                .iter()
                .find(|(known, _)| known == name)
                .map(|(_, value)| *value)
        };
        let text = element.value(name).map(|value| value.text.as_str());
        text.or_else(default).map(fold)
    };
    known.key.iter().map(part).collect()
}

/// The place of the first attribute of an entry's key.
pub(super) fn key_span(known: &Known, element: &Element) -> Span {
    let first = known.key.first().and_then(|name| element.value(name));
    first.map_or_else(|| element.name.span(), super::super::mark::Marked::span)
}

/// The entries of the collection that an element belongs to, be it one of them or a `remove` or `clear`.
pub(super) fn collection(path: &str) -> Option<&'static Known> {
    let (parent, name) = path.rsplit_once('/')?;
    let entry = |known: &&Known| {
        let below = known.path.strip_prefix(parent);
        let entry = below.and_then(|rest| rest.strip_prefix('/'));
        !known.key.is_empty() && entry.is_some_and(|entry| !entry.contains('/'))
    };
    match name {
        "remove" | "clear" => KNOWN.iter().find(entry),
        _ => known(path).filter(|known| !known.key.is_empty()),
    }
}
