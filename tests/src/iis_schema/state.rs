//! What outer levels of the configuration have said already: entries, and locks on what follows.

use std::collections::{BTreeMap, BTreeSet};

use iisc_gateway_core::xml::Element;

use super::schema::{Attribute, Collection, Shape};
use super::value::Value;

/// The names of attributes by which an element locks something for the levels below it.
pub const LOCKS: [&str; 5] = [
    "lockAttributes",
    "lockAllAttributesExcept",
    "lockElements",
    "lockAllElementsExcept",
    "lockItem",
];

/// An element as all levels so far have it.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The entries of its collection.
    entries: Vec<Entry>,
    /// What identifies them, by the elements that add them.
    identities: BTreeMap<String, BTreeSet<Identity>>,
    /// Its other elements.
    pub elements: BTreeMap<String, Self>,
    /// Attributes that may not be written.
    pub attribute_locks: Vec<Lock>,
    /// Elements that may not be written.
    pub element_locks: Vec<Lock>,
}

/// An entry of a collection.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The element that adds it.
    pub name: String,
    /// What identifies it.
    pub key: Key,
    /// Deeper levels may not take it away.
    pub locked: bool,
    /// Its own contents.
    pub state: State,
}

/// Names that are locked.
#[derive(Debug, Clone)]
pub enum Lock {
    /// These; `*` is all.
    Only(Vec<String>),
    /// All but these.
    Except(Vec<String>),
}

impl Lock {
    /// The locks that an element puts on `what`, which is `Attributes` or `Elements`.
    pub fn read(element: &Element, what: &str) -> impl Iterator<Item = Self> {
        let names = |attribute: String| -> Option<Vec<String>> {
            let names = element.attribute(&attribute)?.split(',');
            Some(names.map(|name| name.trim().to_owned()).collect())
        };
        let only = names(format!("lock{what}")).map(Self::Only);
        let except = names(format!("lockAll{what}Except")).map(Self::Except);
        only.into_iter().chain(except)
    }

    /// True if the name is locked.
    #[must_use]
    pub fn holds(&self, name: &str) -> bool {
        match self {
            Self::Only(names) => names.iter().any(|it| it == "*" || it == name),
            Self::Except(names) => !names.iter().any(|it| it == name),
        }
    }
}

/// What identifies an entry of a collection: each of these alone does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Key(pub Vec<Identity>);

/// An attribute with `isUniqueKey`, or all those with `isCombinedKey`, and the values.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    /// It is one attribute that does so alone.
    pub unique: bool,
    /// The names, with commas between them.
    pub names: String,
    /// The values.
    pub values: Vec<String>,
}

impl Key {
    /// The key of an entry. An attribute that is absent has its default, else no text.
    #[must_use]
    pub fn read(element: &Element, shape: &Shape) -> Self {
        let mut identities = Vec::new();
        let (mut names, mut values) = (Vec::new(), Vec::new());
        for (name, attribute) in shape.attributes.iter().filter(|(_, it)| it.is_key()) {
            let value = comparable(element.attribute(name), attribute);
            if attribute.unique_key {
                identities.push(Identity {
                    unique: true,
                    names: name.clone(),
                    values: vec![value],
                });
            } else {
                names.push(name.as_str());
                values.push(value);
            }
        }
        if !names.is_empty() {
            identities.push(Identity {
                unique: false,
                names: names.join(", "),
                values,
            });
        }
        Self(identities)
    }

    /// True if one identity of both is the same.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.0.iter().any(|identity| other.0.contains(identity))
    }
}

/// The value of a part of a key, in one spelling: texts that differ in case alone are one, unless the schema says
/// otherwise.
fn comparable(text: Option<&str>, attribute: &Attribute) -> String {
    let text = text.or(attribute.default.as_deref()).unwrap_or_default();
    match attribute.kind.value(text) {
        Some(Value::Number(number) | Value::Ticks(number)) => number.to_string(),
        _ if attribute.case_sensitive => text.to_owned(),
        _ => text.to_lowercase(),
    }
}

impl State {
    /// The first identity of a new entry that an entry with that name has already.
    #[must_use]
    pub fn taken<'a>(&self, entry: &'a Entry) -> Option<&'a Identity> {
        let taken = self.identities.get(&entry.name)?;
        entry.key.0.iter().find(|identity| taken.contains(identity))
    }

    /// Adds an entry.
    pub fn push(&mut self, entry: Entry) {
        let identities = self.identities.entry(entry.name.clone()).or_default();
        identities.extend(entry.key.0.iter().cloned());
        self.entries.push(entry);
    }

    /// Takes entries away, and tells whether one of them was locked.
    pub fn take(&mut self, is_meant: impl Fn(&Entry) -> bool) -> bool {
        let (taken, kept): (Vec<Entry>, _) = self.entries.drain(..).partition(is_meant);
        self.entries = kept;
        for entry in &taken {
            if let Some(identities) = self.identities.get_mut(&entry.name) {
                identities.retain(|identity| !entry.key.0.contains(identity));
            }
        }
        taken.iter().any(|entry| entry.locked)
    }
}

impl Collection {
    /// True if a child of that name is an entry.
    #[must_use]
    pub fn adds(&self, name: &str) -> bool {
        self.add.iter().any(|it| it == name)
    }

    /// True if a child of that name is an entry, or takes some away.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        let others = [&self.remove, &self.clear].into_iter().flatten();
        self.adds(name) || others.into_iter().any(|it| it == name)
    }
}
