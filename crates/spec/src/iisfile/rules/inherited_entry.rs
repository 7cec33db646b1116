//! An entry that an outer file adds already.

use std::sync::Arc;

use super::super::view::Placed;
use super::super::{Kind, View};
use super::duplicate_entry::{collection, key, key_span};
use crate::diag::{Diagnostic, Level};
use crate::rules::{Phase, Rule};

pub(crate) static RULE: Rule = Rule::advice(
    1010,
    "inherited-entry",
    Level::Warning,
    include_str!("inherited-entry.md"),
    Phase::Files(check),
);

fn check(views: &[View<'_>], found: &mut Vec<(usize, Diagnostic)>) {
    for (index, inner) in views.iter().enumerate() {
        for outer in views.iter().filter(|outer| lies_around(outer, inner)) {
            for placed in &inner.placed {
                let twin = added_before(outer, placed).filter(|_| !is_removed(inner, placed));
                let (Some(twin), Some(known)) = (twin, collection(placed.path)) else {
                    continue;
                };
                let name = placed.element.name();
                let problem = RULE
                    .problem(format!("this `<{name}>` is inherited already"))
                    .at(key_span(known, placed.element), "IIS refuses a second one")
                    .also(
                        outer.source,
                        key_span(known, twin.element),
                        "inherited from here",
                    )
                    .help("write a `<remove>` with the same key before it");
                found.push((index, problem));
            }
        }
    }
}

/// True if the settings of one file hold for the other too, as far as their names tell.
pub(super) fn lies_around(outer: &View<'_>, inner: &View<'_>) -> bool {
    if inner.kind != Kind::WebConfig || Arc::ptr_eq(outer.source, inner.source) {
        return false;
    }
    match outer.kind {
        Kind::ApplicationHost => true,
        Kind::WebConfig => {
            let (outer, inner) = (folder(outer.source.name()), folder(inner.source.name()));
            let below = inner.strip_prefix(&outer);
            below.is_some_and(|rest| {
                outer.is_empty() && !rest.is_empty() && !rest.starts_with('/')
                    || rest.starts_with('/')
            })
        }
        Kind::Transform | Kind::FcgiExt => false,
    }
}

/// The folder of a file, in one spelling.
fn folder(name: &str) -> String {
    let name = name.replace('\\', "/").to_lowercase();
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    folder.trim_start_matches("./").to_owned()
}

/// The entry of an outer file, at a place that holds for everything below it, with the key of an inner one.
fn added_before<'a, 'b>(outer: &'b View<'a>, inner: &Placed<'_>) -> Option<&'b Placed<'a>> {
    if inner.location.is_some() || !inner.path.starts_with("system.webServer/") {
        return None;
    }
    let known = collection(inner.path)?;
    let wanted = key(known, inner.element)?;
    let everywhere = |placed: &&Placed<'_>| {
        placed
            .location
            .is_none_or(|location| matches!(location.text("path"), "" | "."))
    };
    outer
        .at(known.path)
        .filter(everywhere)
        .find(|placed| key(known, placed.element).as_ref() == Some(&wanted))
}

/// True if the section clears the collection or removes the key before it adds it.
fn is_removed(view: &View<'_>, added: &Placed<'_>) -> bool {
    let Some(known) = collection(added.path) else {
        return false;
    };
    let wanted = key(known, added.element);
    let siblings = view
        .placed
        .iter()
        .filter(|placed| std::ptr::eq(placed.parent, added.parent));
    siblings
        .take_while(|placed| !std::ptr::eq(placed.element, added.element))
        .any(|placed| match placed.element.name() {
            "clear" => true,
            "remove" => key(known, placed.element) == wanted,
            _ => false,
        })
}
