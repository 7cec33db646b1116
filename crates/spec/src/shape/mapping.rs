//! Keys: unknown ones, missing ones, and those that belong elsewhere.

use std::collections::BTreeSet;

use super::rewrite::{advice, rewritten};
use super::shape::{Key, Mapping, Pattern, Shape};
use super::table::SPEC;
use super::{MISSING_KEY, Place, UNKNOWN_KEY, WRONG_FORM, Walk, vocabulary};
use crate::diag::Fix;
use crate::suggest::{nearest, one_of, plain};
use crate::syntax::Entry;

impl Walk {
    pub(super) fn mapping(&mut self, entries: &[Entry], mapping: &Mapping, place: &Place) {
        let written = |name: &str| entries.iter().any(|entry| entry.key == name);
        let mut absent: Vec<&Key> = mapping
            .keys
            .iter()
            .filter(|key| !written(key.name))
            .collect();
        let mut meant = BTreeSet::new();
        for entry in entries {
            let inner = Place {
                path: place.path.key(&entry.key),
                key: entry.key_span,
            };
            if let Some(key) = mapping.keys.iter().find(|key| key.name == entry.key) {
                self.node(&entry.value, key.shape, &inner);
            } else if let Some(others) = &mapping.others {
                self.name(entry, others.name, place);
                self.node(&entry.value, others.shape, &inner);
            } else {
                // Most likely a key that is not there as well.
                let guess = nearest(&entry.key, absent.iter().map(|key| key.name));
                self.unknown_key(entry, guess, mapping, &written, place);
                meant.extend(guess);
            }
        }
        // A misspelt key has been reported where it stands; it is not missing as well.
        absent.retain(|key| key.required && !meant.contains(key.name));
        absent
            .into_iter()
            .for_each(|key| self.missing_key(key, place));
    }

    /// A key that the user names.
    fn name(&mut self, entry: &Entry, form: &Pattern, place: &Place) {
        if form.matches(&entry.key) {
            return;
        }
        let help = match rewritten(&entry.key, form, self.root.as_deref()) {
            Some(better) => format!("write `{better}`"),
            None => advice(&entry.key, form).to_owned(),
        };
        let problem = WRONG_FORM
            .problem(format!(
                "`{}` is no valid name in {}",
                entry.key,
                place.name()
            ))
            .at(entry.key_span, form.expected)
            .help(help);
        self.found.push(problem);
    }

    fn unknown_key(
        &mut self,
        entry: &Entry,
        guess: Option<&str>,
        mapping: &Mapping,
        written: &dyn Fn(&str) -> bool,
        place: &Place,
    ) {
        let owner = match place.path.is_root() {
            true => "not a key of the top level".to_owned(),
            false => format!("not a key of `{}`", place.path),
        };
        // `max_instances` is misspelt; it does not belong elsewhere, not even to where it stands.
        let wanted = plain(&entry.key);
        let misspelt = mapping.names().find(|name| plain(name) == wanted);
        let problem = UNKNOWN_KEY
            .problem(format!("unknown key `{}`", entry.key))
            .at(entry.key_span, owner);
        let title = |name| format!("write `{name}`");
        let certain = |name| Fix::safe(title(name), entry.key_span, name);
        let guessed = |name| Fix::to_review(title(name), entry.key_span, name);
        let meant = |name| format!("did you mean `{name}`?");
        // What was meant may stand there already; then the user decides which of the two stays.
        let (help, fix) = match (vocabulary::ours(&entry.key), misspelt) {
            (Some(help), _) => (help, None),
            (None, Some(name)) if written(name) => (meant(name), None),
            (None, Some(name)) => (meant(name), Some(certain(name))),
            (None, None) => match (elsewhere(&entry.key), guess) {
                (Some(help), _) => (help, None),
                (None, Some(name)) => (meant(name), Some(guessed(name))),
                (None, None) => (allowed(mapping), None),
            },
        };
        let problem = problem.help(help);
        self.found.push(match fix {
            Some(fix) => problem.fix(fix),
            None => problem,
        });
    }

    fn missing_key(&mut self, key: &Key, place: &Place) {
        let name = key.name;
        let message = match place.path.is_root() {
            true => format!("missing key `{name}`"),
            false => format!("missing key `{name}` in `{}`", place.path),
        };
        let help = match (key.example, key.shape) {
            (Some(example), _) => format!("add `{name}: {example}`"),
            (None, Shape::Mapping(inner)) => {
                let needed = inner.keys.iter().filter(|key| key.required);
                let names: Vec<String> = needed.map(|key| format!("`{}`", key.name)).collect();
                format!("add `{name}:` and below it {}", names.join(" and "))
            }
            (None, _) => format!("add `{name}:` and a value"),
        };
        self.found
            .push(MISSING_KEY.problem(message).at(place.key, "").help(help));
    }
}

/// Keys that are still read when they are listed.
const LISTED: usize = 12;

fn allowed(mapping: &Mapping) -> String {
    match mapping.keys.len() {
        0..=LISTED => format!("write {}", one_of(mapping.names())),
        _ => "remove it; `iisc schema` has every key with its description".to_owned(),
    }
}

/// Says where a key belongs that is right at another level.
fn elsewhere(key: &str) -> Option<String> {
    let mut owners = Vec::new();
    if let Shape::Mapping(root) = &SPEC {
        collect(root, &mut Vec::new(), &plain(key), &mut owners);
    }
    let (top, below): (Vec<String>, Vec<String>) = owners.into_iter().partition(String::is_empty);
    let below = one_of(below.iter().map(String::as_str));
    match (top.is_empty(), below.is_empty()) {
        (true, true) => None,
        (true, false) => Some(format!("`{key}` belongs under {below}")),
        (false, true) => Some(format!(
            "`{key}` belongs to the top level: do not indent it"
        )),
        (false, false) => Some(format!(
            "`{key}` belongs to the top level, or under {below}"
        )),
    }
}

/// Paths of the mappings that have a key of this name.
fn collect(mapping: &Mapping, path: &mut Vec<&'static str>, name: &str, owners: &mut Vec<String>) {
    for key in mapping.keys {
        if key.name == name {
            owners.push(path.join("."));
        }
        if let Shape::Mapping(inner) = key.shape {
            path.push(key.name);
            collect(inner, path, name, owners);
            path.pop();
        }
    }
}
