//! An entry that an outer file adds already.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::table::{Known, known};
use super::super::view::Placed;
use super::super::xml::Element;
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
            let inherited = inherited(outer);
            for (known, key, placed) in added(inner) {
                let Some(twin) = inherited.get(&(known.path, key)) else {
                    continue;
                };
                let name = placed.element.name();
                let problem = RULE
                    .problem(format!("this `<{name}>` is inherited already"))
                    .at(key_span(known, placed.element), "IIS refuses a second one")
                    .also(outer.source, key_span(known, twin), "inherited from here")
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
    let name = name.trim_start_matches("./");
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    folder.to_owned()
}

/// What tells an entry from all others: its path and its key.
type Key = (&'static str, Vec<String>);

/// The entries of an outer file at places that hold for everything below it.
fn inherited<'a>(outer: &View<'a>) -> BTreeMap<Key, &'a Element> {
    let everywhere = |placed: &&Placed<'_>| {
        placed
            .location
            .is_none_or(|location| matches!(location.text("path"), "" | "."))
    };
    let entry = |placed: &Placed<'a>| {
        let known = known(placed.path).filter(|known| !known.key.is_empty())?;
        Some(((known.path, key(known, placed.element)?), placed.element))
    };
    outer
        .placed
        .iter()
        .filter(everywhere)
        .filter_map(entry)
        .collect()
}

/// The entries that an inner file adds without having removed them before.
fn added<'a>(inner: &View<'a>) -> Vec<(&'static Known, Vec<String>, Placed<'a>)> {
    let mut added = Vec::new();
    // By the address of a collection, the keys that it has removed so far; nothing stands for all of them.
    let mut removed: BTreeMap<*const Element, Option<BTreeSet<Vec<String>>>> = BTreeMap::new();
    let inherits = |placed: &&Placed<'_>| {
        placed.location.is_none() && placed.path.starts_with("system.webServer/")
    };
    for placed in inner.placed.iter().filter(inherits) {
        let here = removed
            .entry(placed.parent)
            .or_insert_with(|| Some(BTreeSet::new()));
        let Some(known) = collection(placed.path) else {
            continue;
        };
        match (placed.element.name(), key(known, placed.element)) {
            ("clear", _) => *here = None,
            ("remove", Some(key)) => {
                here.as_mut().map(|removed| removed.insert(key));
            }
            (_, Some(key)) if here.as_ref().is_some_and(|removed| !removed.contains(&key)) => {
                added.push((known, key, *placed));
            }
            (_, _) => {}
        }
    }
    added
}
