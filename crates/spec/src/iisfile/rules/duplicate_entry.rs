//! Two entries of one collection with the same key.

use std::collections::BTreeMap;

use super::super::table::{Known, known};
use super::super::xml::Element;
use super::super::{Kind, View};
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
    // The entries of one collection so far, by the address of the element that holds them.
    let mut collection: (Option<&Element>, BTreeMap<Vec<String>, Span>) = (None, BTreeMap::new());
    for known in super::super::table::KNOWN
        .iter()
        .filter(|known| !known.key.is_empty())
    {
        for placed in view.at(known.path) {
            if !collection
                .0
                .is_some_and(|parent| std::ptr::eq(parent, placed.parent))
            {
                collection = (Some(placed.parent), BTreeMap::new());
            }
            let Some(key) = key(known, placed.element) else {
                continue;
            };
            let span = key_span(known, placed.element);
            if let Some(first) = collection.1.insert(key, span) {
                let what = known.key.join("` and `");
                let problem = RULE
                    .problem(format!(
                        "two `<{}>` with the same `{what}`",
                        placed.element.name()
                    ))
                    .at(span, "again")
                    .with(first, "first")
                    .help("remove one of the two, or give it another key");
                sink.push(problem);
            }
        }
        collection.0 = None;
    }
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

/// The table's line about a path that is a collection.
pub(super) fn collection(path: &str) -> Option<&'static Known> {
    known(path).filter(|known| !known.key.is_empty())
}
