//! A spec with every default in it, and where each value comes from.
//!
//! ```text
//! ValidSpec ─derive→ AppSpec without gaps ─→ Resolved (values with their Origin) ─print→ YAML with comments
//! ```
//!
//! This is for reading: what a file comes to, once profiles, variables and defaults are in. It never takes the
//! place of the file, whose comments and order it has lost.

mod derive;
mod print;
mod secret;

use serde_json::Value as Json;

pub use self::print::Words;

use self::derive::{Derived, derive};
use crate::check::ValidSpec;
use crate::expand;
use crate::source::{SourceFile, Span};
use crate::syntax::{KeyPath, Node, Value, write};

/// A value of a spec in which every default is written out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// A single value, or an empty list or group.
    Value {
        /// As it is written in YAML.
        yaml: String,
        /// Where it comes from.
        origin: Origin,
    },
    /// A value that may be a secret, and is not told.
    Hidden(Origin),
    /// What takes the place of a value that differs between the spec's targets, for people.
    Remark(String),
    /// A list with items.
    List(Vec<Self>),
    /// A group with keys, in the order of the documentation.
    Group(Vec<(String, Self)>),
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said otherwise.
    Default,
    /// It follows from another key.
    Derived(&'static str),
    /// It was given with the command.
    Targets,
    /// It is a key in the file: `applications.admin`.
    Key(String),
    /// It is written in the file.
    Written {
        /// Where.
        span: Span,
        /// The line, from 1.
        line: usize,
        /// What that is a part of: `profile staging`, `application admin`.
        layers: Vec<String>,
        /// The variables in it.
        variables: Vec<Used>,
    },
}

/// A variable that stands in a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Used {
    /// Its name.
    pub name: String,
    /// True if it was given a value, false if its default was taken.
    pub given: bool,
}

impl ValidSpec {
    /// The application with every default written out. `source` is the text that it was read from.
    #[must_use]
    pub fn resolved(&self, source: &SourceFile) -> Resolved {
        let (spec, derived) = derive(self);
        // The model is made of texts, numbers, lists and maps by text, so this has no way to fail.
        let json = serde_json::to_value(&spec).unwrap_or_default();
        let resolver = Resolver {
            spec: self,
            source,
            derived,
        };
        resolver.value(&json, Some(self.tree()), &KeyPath::default())
    }
}

struct Resolver<'a> {
    spec: &'a ValidSpec,
    source: &'a SourceFile,
    derived: Derived,
}

impl Resolver<'_> {
    fn value(&self, json: &Json, node: Option<&Node>, path: &KeyPath) -> Resolved {
        match json {
            Json::Object(entries) if !entries.is_empty() => {
                let child = |(key, value): (&String, &Json)| {
                    let node = node.and_then(|node| Some(&node.entry(key)?.value));
                    (key.clone(), self.value(value, node, &path.key(key)))
                };
                let remarks = self.derived.remarks.iter();
                let remarks = remarks.filter(|(at, _, _)| at == path);
                let remarks = remarks
                    .map(|(_, key, text)| ((*key).to_owned(), Resolved::Remark(text.clone())));
                Resolved::Group(entries.iter().map(child).chain(remarks).collect())
            }
            Json::Array(items) if !items.is_empty() => {
                let child = |(index, value): (usize, &Json)| {
                    let node = node.and_then(|node| item(node, index));
                    self.value(value, node, &path.index(index))
                };
                Resolved::List(items.iter().enumerate().map(child).collect())
            }
            _ => self.single(json, node, path),
        }
    }

    fn single(&self, json: &Json, node: Option<&Node>, path: &KeyPath) -> Resolved {
        let origin = self.origin(node, path);
        let text = json.as_str();
        if text.is_some_and(|text| secret::is_likely(path, text, &origin)) {
            return Resolved::Hidden(origin);
        }
        Resolved::Value {
            yaml: text.map_or_else(|| json.to_string(), write::value),
            origin,
        }
    }

    fn origin(&self, node: Option<&Node>, path: &KeyPath) -> Origin {
        if self.spec.making.other_targets && path.begins_with("targets") {
            return Origin::Targets;
        }
        let derived = self.derived.values.get(&path.to_string());
        match (node, derived) {
            (Some(node), _) => self.written(node.span),
            (None, Some(from)) => Origin::Derived(from),
            (None, None) => Origin::Default,
        }
    }

    fn written(&self, span: Span) -> Origin {
        let making = &self.spec.making;
        if let Some(layer) = making.layers.iter().find(|layer| layer.key_span == span) {
            return Origin::Key(layer.path.clone());
        }
        let within =
            |outer: Span| outer.start <= span.start && span.end <= outer.end && !outer.is_empty();
        let layers = making.layers.iter().filter(|layer| within(layer.span));
        let variable = |name: &str| Used {
            name: name.to_owned(),
            given: making.given.contains(name),
        };
        let names = expand::variables_in(self.source.slice(span));
        let mut variables: Vec<Used> = names.into_iter().map(variable).collect();
        variables.sort();
        variables.dedup();
        Origin::Written {
            span,
            line: self.source.position(span.start).line,
            layers: layers.map(|layer| layer.name.clone()).collect(),
            variables,
        }
    }
}

fn item(node: &Node, index: usize) -> Option<&Node> {
    match &node.value {
        Value::List(items) => items.get(index),
        Value::Scalar(_) | Value::Mapping(_) => None,
    }
}

#[cfg(test)]
mod tests;
