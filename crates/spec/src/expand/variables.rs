//! What variables a file declares, what they are worth, and a tree with their values in it.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::placeholder::{Piece, pieces};
use super::{UNDECLARED_VARIABLE, UNSET_VARIABLE, UNUSED_VARIABLE, VARIABLE_VALUE, overlays};
use crate::decode;
use crate::diag::Diagnostic;
use crate::model::Variable;
use crate::source::{SourceFile, Span};
use crate::suggest::{nearest, one_of};
use crate::syntax::{Entry, MAX_BYTES, Node, SIZE_LIMIT, Scalar, Style, Value};

/// Further places of a missing value that are shown.
const SHOWN: usize = 3;

/// The variables of one file.
pub(crate) struct Variables<'a> {
    declared: BTreeMap<&'a str, Declared<'a>>,
    /// Names whose declaration has a problem of its own.
    misdeclared: BTreeSet<&'a str>,
    source: &'a SourceFile,
    given: Option<&'a BTreeMap<String, String>>,
    /// Bytes that may still be put into the file; `None` once it has been told that there are none.
    room: Cell<Option<usize>>,
}

/// Most problems of one value that are told.
const MOST_PROBLEMS: usize = 10;

/// Most bytes that all values of variables take where they stand, so that a file cannot grow without end.
const MOST_BYTES: usize = MAX_BYTES;

/// Values that are left out of all later rounds, because a variable in them has no value.
#[derive(Default)]
pub(crate) struct Holes {
    pub(crate) places: Vec<Span>,
    undeclared: BTreeMap<Span, String>,
    unset: BTreeMap<String, BTreeSet<Span>>,
    /// Where the values have become too many.
    overflow: Option<Span>,
}

struct Declared<'a> {
    entry: &'a Entry,
    variable: Variable,
    /// The value that was given for it.
    given: Option<&'a str>,
}

impl Declared<'_> {
    fn value(&self) -> Option<&str> {
        let default = || self.variable.default.as_ref().map(|value| value.0.as_str());
        self.given.or_else(default)
    }
}

impl<'a> Variables<'a> {
    /// Reads the declarations of a file; one with a problem of its own is left out.
    pub(crate) fn of(
        tree: &'a Node,
        source: &'a SourceFile,
        given: Option<&'a BTreeMap<String, String>>,
    ) -> Self {
        let read = |entry: &'a Entry| {
            let variable = decode_variable(entry)?;
            let given = given.and_then(|given| given.get(&entry.key));
            let given = given.map(String::as_str);
            let declared = Declared {
                entry,
                variable,
                given,
            };
            Some((entry.key.as_str(), declared))
        };
        let entries = overlays(tree, "variables").iter();
        let (good, bad): (Vec<_>, Vec<_>) =
            entries.partition(|entry| is_name(&entry.key) && decode_variable(entry).is_some());
        let declared = good.into_iter().filter_map(read).collect();
        let misdeclared = bad.into_iter().map(|entry| entry.key.as_str()).collect();
        Self {
            declared,
            misdeclared,
            source,
            given,
            room: Cell::new(Some(MOST_BYTES)),
        }
    }

    /// The names that are declared.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.declared.keys().copied()
    }

    /// Values of another type than declared, and variables that are not among the used ones.
    pub(super) fn judge(&self, used: &BTreeSet<String>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        // A variable that is misspelt where it stands is not unused as well.
        let meant: BTreeSet<&str> = used
            .iter()
            .filter(|name| !self.declared.contains_key(name.as_str()))
            .filter_map(|name| nearest(name, self.names()))
            .collect();
        for (name, declared) in &self.declared {
            found.extend(wrong_value(name, declared));
            if !used.contains(*name) && !meant.contains(name) {
                let problem = UNUSED_VARIABLE
                    .problem(format!("the variable `{name}` is not used"))
                    .at(declared.entry.key_span, "declared here")
                    .help(format!(
                        "write `${{{name}}}` where its value belongs, or remove it"
                    ));
                found.push(problem);
            }
        }
        found
    }

    /// The tree with values for variables.
    pub(crate) fn substitute(&self, tree: &Node, holes: &mut Holes) -> Node {
        let value = match &tree.value {
            Value::Scalar(scalar) => Value::Scalar(self.scalar(tree, scalar, holes)),
            Value::List(items) => {
                let items = items.iter();
                Value::List(items.map(|item| self.substitute(item, holes)).collect())
            }
            Value::Mapping(entries) => {
                let replaced = |entry: &Entry| Entry {
                    key: entry.key.clone(),
                    key_span: entry.key_span,
                    value: self.substitute(&entry.value, holes),
                };
                Value::Mapping(entries.iter().map(replaced).collect())
            }
        };
        Node {
            value,
            span: tree.span,
        }
    }

    /// Each value is put in once: a `${NAME}` within a value stays text (C11).
    fn scalar(&self, node: &Node, scalar: &Scalar, holes: &mut Holes) -> Scalar {
        if !scalar.text.contains("${") {
            return scalar.clone();
        }
        let pieces = pieces(&scalar.text);
        let mut text = String::new();
        let most = holes.undeclared.len() + MOST_PROBLEMS;
        for piece in &pieces {
            if holes.undeclared.len() >= most {
                break;
            }
            match piece {
                Piece::Text(part) => text.push_str(part),
                Piece::Variable { name, at } => {
                    // The place takes a look at the whole text, so it is asked for only where it is shown.
                    let place = || node.part(self.source, *at..*at + name.len() + 3);
                    match self.value(name, &place, holes) {
                        Some(value) if self.takes(value) => text.push_str(value),
                        Some(_) => {
                            holes.places.push(node.span);
                            if self.room.take().is_some() {
                                holes.overflow = Some(node.span);
                            }
                            break;
                        }
                        None => holes.places.push(node.span),
                    }
                }
            }
        }
        let style = self.style(&pieces);
        Scalar { text, style }
    }

    /// `${N}` alone is the number or boolean that it stands for; everything else is a text.
    fn style(&self, pieces: &[Piece<'_>]) -> Style {
        let [Piece::Variable { name, .. }] = pieces else {
            return Style::SingleQuoted;
        };
        let plain = |declared: &Declared<'_>| declared.variable.kind.is_plain();
        match self.declared.get(name).is_some_and(plain) {
            true => Style::Plain,
            false => Style::SingleQuoted,
        }
    }

    /// The value of a variable. One of another type has been told where the variable is declared.
    fn value(&self, name: &str, place: &dyn Fn() -> Span, holes: &mut Holes) -> Option<&str> {
        let Some(declared) = self.declared.get(name) else {
            if !self.misdeclared.contains(name) {
                holes.undeclared.insert(place(), name.to_owned());
            }
            return None;
        };
        if declared.value().is_none() {
            let places = holes.unset.entry(name.to_owned()).or_default();
            places.insert(place());
        }
        let kind = declared.variable.kind;
        declared.value().filter(|value| kind.accepts(value))
    }

    /// What is wrong in the places that have no value: each unknown name, and each missing value once.
    pub(crate) fn problems(&self, holes: &Holes) -> Vec<Diagnostic> {
        let undeclared = holes.undeclared.iter();
        let undeclared = undeclared.map(|(span, name)| self.undeclared(name, *span));
        let unset = holes.unset.iter();
        let unset = unset.filter_map(|(name, places)| self.unset(name, places));
        let overflow = holes.overflow.into_iter().map(too_long);
        undeclared.chain(unset).chain(overflow).collect()
    }

    fn unset(&self, name: &str, places: &BTreeSet<Span>) -> Option<Diagnostic> {
        let declared = self.declared.get(name)?;
        let (first, others) = (places.first()?, places.iter().skip(1));
        let problem = UNSET_VARIABLE
            .problem(format!("the variable `{name}` has no value"))
            .at(*first, "needed here");
        let problem = others
            .take(SHOWN)
            .fold(problem, |problem, span| problem.with(*span, "and here"));
        let problem = problem.with(declared.entry.key_span, "declared without a default");
        let strangers = self
            .given
            .into_iter()
            .flatten()
            .map(|(name, _)| name.as_str());
        let strangers = strangers.filter(|given| !self.declared.contains_key(given));
        Some(problem.help(match nearest(name, strangers) {
            Some(near) => format!("a value was given for `{near}`: write `--set {name}=...`"),
            None => format!(
                "give it one with `--set {name}=...` or in the environment variable `IISC_VAR_{name}`"
            ),
        }))
    }

    /// Takes the room for a value, if there is enough.
    fn takes(&self, value: &str) -> bool {
        let room = self.room.get();
        let left = room.and_then(|room| room.checked_sub(value.len()));
        self.room.set(left.or(room));
        left.is_some()
    }

    fn undeclared(&self, name: &str, span: Span) -> Diagnostic {
        let problem = UNDECLARED_VARIABLE
            .problem(format!("there is no variable `{name}`"))
            .at(span, "not declared under `variables`");
        problem.help(match nearest(name, self.names()) {
            Some(known) => format!("did you mean `${{{known}}}`?"),
            None => match one_of(self.names()).as_str() {
                "" => format!(
                    "declare it: `variables: {{{name}: {{default: ...}}}}`, or write `$${{{name}}}` for the text itself"
                ),
                known => format!("declare it, or use {known}"),
            },
        })
    }
}

fn too_long(span: Span) -> Diagnostic {
    SIZE_LIMIT
        .problem("the values of the variables come to more than 4 MiB where they are used")
        .at(span, "the limit is reached here")
        .help("shorten them")
}

fn decode_variable(entry: &Entry) -> Option<Variable> {
    decode::decode(&entry.value).ok()
}

/// True for a name that the schema lets a variable have.
fn is_name(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    name.chars().all(fits)
}

fn wrong_value(name: &str, declared: &Declared<'_>) -> Option<Diagnostic> {
    let kind = declared.variable.kind;
    declared.value().filter(|value| !kind.accepts(value))?;
    let entry = declared.entry;
    let default = entry
        .value
        .entry("default")
        .filter(|_| declared.given.is_none());
    let span = default.map_or(entry.key_span, |default| default.value.span);
    let said = match default {
        Some(_) => format!("the default of `{name}` is not of its type"),
        None => format!("the value that was given for `{name}` is not of its type"),
    };
    let problem = VARIABLE_VALUE
        .problem(said)
        .at(span, format!("expected {}", kind.form()));
    Some(problem.help(format!("give {}, or choose another `type`", kind.form())))
}

/// The names of all variables that stand in a tree.
pub(super) fn collect(tree: &Node, used: &mut BTreeSet<String>) {
    match &tree.value {
        Value::Scalar(scalar) => {
            for piece in pieces(&scalar.text) {
                if let Piece::Variable { name, .. } = piece {
                    used.insert(name.to_owned());
                }
            }
        }
        Value::List(items) => items.iter().for_each(|item| collect(item, used)),
        Value::Mapping(entries) => entries.iter().for_each(|entry| collect(&entry.value, used)),
    }
}
