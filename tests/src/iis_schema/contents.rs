//! Holds the contents of a section against its schema, on top of what outer levels have said.

use std::collections::BTreeSet;

use iisc_gateway_core::xml::Element;

use super::problem::{Problem, Rule};
use super::schema::{Attribute, Collection, Shape};
use super::state::{Entry, Identity, Key, LOCKS, Lock, State};

/// What a section may have beside the attributes of its schema.
const OF_A_SECTION: [&str; 2] = ["configSource", "configProtectionProvider"];

/// A place in a file, and the problems found so far.
#[derive(Debug)]
pub struct Place<'a> {
    /// The file.
    pub file: &'a str,
    /// Names of the elements down to here.
    pub path: Vec<String>,
    /// The problems.
    pub problems: &'a mut Vec<Problem>,
}

impl Place<'_> {
    /// Tells a problem of an element, or of an attribute of it.
    pub fn tell(
        &mut self,
        element: &Element,
        attribute: Option<&str>,
        rule: Rule,
        detail: impl Into<String>,
    ) {
        self.problems.push(Problem {
            file: self.file.to_owned(),
            line: element.line,
            path: self.path.join("/"),
            attribute: attribute.map(str::to_owned),
            rule,
            detail: detail.into(),
        });
    }

    /// Judges a section, and adds what it says to the state.
    pub fn section(&mut self, element: &Element, shape: &Shape, state: &mut State) {
        self.attributes(element, shape, &OF_A_SECTION, false, state);
        self.contents(element, shape, state);
    }

    /// Judges an element by its name, one step further down.
    fn within(&mut self, element: &Element, judge: impl FnOnce(&mut Self)) {
        self.path.push(element.name.clone());
        judge(self);
        self.path.pop();
    }

    fn attributes(
        &mut self,
        element: &Element,
        shape: &Shape,
        also: &[&str],
        any: bool,
        state: &State,
    ) {
        for (name, text) in &element.attributes {
            if LOCKS.contains(&name.as_str()) || also.contains(&name.as_str()) {
                continue;
            }
            if state.attribute_locks.iter().any(|lock| lock.holds(name)) {
                self.tell(element, Some(name), Rule::LockedAttribute, "locked above");
            }
            match shape.attributes.get(name) {
                Some(attribute) => self.value(element, name, text, attribute),
                None if any => {}
                None => {
                    let known: Vec<&str> = shape.attributes.keys().map(String::as_str).collect();
                    let detail = format!("known are {}", known.join(", "));
                    self.tell(element, Some(name), Rule::KnownAttribute, detail);
                }
            }
        }
        for (name, attribute) in &shape.attributes {
            if attribute.required && element.attribute(name).is_none() {
                self.tell(element, Some(name), Rule::Required, "absent");
            }
        }
    }

    fn value(&mut self, element: &Element, name: &str, text: &str, attribute: &Attribute) {
        if attribute.allows_infinite && text == "Infinite" {
            return;
        }
        let Some(value) = attribute.kind.value(text) else {
            let detail = format!("{text:?} is no {:?}", attribute.kind);
            return self.tell(element, Some(name), Rule::Type, detail);
        };
        let validator = attribute.validator.as_ref();
        if let Some(refusal) = validator.and_then(|validator| validator.refusal(&value)) {
            self.tell(element, Some(name), Rule::Validator, refusal);
        }
    }

    /// Judges the child elements, and takes in the locks last: they hold for deeper levels, not here.
    fn contents(&mut self, element: &Element, shape: &Shape, state: &mut State) {
        let mut seen = BTreeSet::new();
        for child in &element.children {
            let name = child.name.as_str();
            let locked = state.element_locks.iter().any(|lock| lock.holds(name));
            self.within(child, |place| {
                if locked {
                    place.tell(child, None, Rule::LockedElement, "locked above");
                }
                if let Some(inner) = shape.elements.get(name) {
                    if !seen.insert(name) {
                        place.tell(child, None, Rule::Once, "stands here already");
                    }
                    let state = state.elements.entry(name.to_owned()).or_default();
                    place.attributes(child, inner, &[], false, state);
                    place.contents(child, inner, state);
                } else if let Some(collection) = shape.collections.iter().find(|it| it.knows(name))
                {
                    place.directive(child, collection, state);
                } else {
                    place.tell(child, None, Rule::KnownElement, known(shape));
                }
            });
        }
        state
            .attribute_locks
            .extend(Lock::read(element, "Attributes"));
        state.element_locks.extend(Lock::read(element, "Elements"));
    }

    fn directive(&mut self, child: &Element, collection: &Collection, state: &mut State) {
        if collection.adds(&child.name) {
            self.add(child, collection, state);
        } else if collection.remove.as_ref() == Some(&child.name) {
            self.remove(child, collection, state);
        } else {
            self.clear(child, collection, state);
        }
    }

    fn clear(&mut self, child: &Element, collection: &Collection, state: &mut State) {
        self.attributes(child, &Shape::default(), &[], false, &State::default());
        if state.take(|entry| collection.adds(&entry.name)) {
            self.tell(child, None, Rule::LockedItem, "an entry is locked above");
        }
    }

    fn add(&mut self, child: &Element, collection: &Collection, state: &mut State) {
        let mut entry = Entry {
            name: child.name.clone(),
            key: Key::read(child, &collection.entry),
            locked: child.attribute("lockItem") == Some("true"),
            state: State::default(),
        };
        let any = collection.allows_unrecognized;
        self.attributes(child, &collection.entry, &[], any, &entry.state);
        self.contents(child, &collection.entry, &mut entry.state);
        let taken = state
            .taken(&entry)
            .filter(|_| !collection.allows_duplicates);
        let Some(Identity {
            unique,
            names,
            values,
        }) = taken
        else {
            return state.push(entry);
        };
        match unique {
            true => self.tell(
                child,
                Some(names),
                Rule::UniqueKey,
                "an entry has it already",
            ),
            false => {
                let detail = format!("an entry has {names} {values:?} already");
                self.tell(child, None, Rule::CombinedKey, detail);
            }
        }
    }

    /// Only what identifies an entry may stand in a `remove`.
    fn remove(&mut self, child: &Element, collection: &Collection, state: &mut State) {
        let shape = &collection.entry;
        for (name, text) in &child.attributes {
            match shape.attributes.get(name).filter(|it| it.is_key()) {
                Some(attribute) => self.value(child, name, text, attribute),
                None => self.tell(
                    child,
                    Some(name),
                    Rule::KnownAttribute,
                    "not part of the key",
                ),
            }
        }
        for (name, attribute) in &shape.attributes {
            let needed = attribute.is_key() && attribute.required;
            if needed && child.attribute(name).is_none() {
                self.tell(child, Some(name), Rule::Required, "absent");
            }
        }
        let key = Key::read(child, shape);
        if state.take(|entry| collection.adds(&entry.name) && entry.key.meets(&key)) {
            self.tell(child, None, Rule::LockedItem, "the entry is locked above");
        }
    }
}

/// The elements that may stand here, in words.
fn known(shape: &Shape) -> String {
    let collections = shape.collections.iter();
    let directives = collections.flat_map(|it| it.add.iter().chain(&it.remove).chain(&it.clear));
    let names: Vec<&str> = shape
        .elements
        .keys()
        .chain(directives)
        .map(String::as_str)
        .collect();
    format!("known are {}", names.join(", "))
}
