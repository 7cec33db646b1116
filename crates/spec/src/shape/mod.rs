//! A tree beside the schema: every difference is reported, each at its place.

mod choice;
mod length;
mod mapping;
#[cfg(test)]
mod print;
mod rewrite;
mod scalar;
#[expect(clippy::module_inception, reason = "the module is about this one noun")]
mod shape;
mod sound;
#[rustfmt::skip]
mod table;
mod unindented;
mod vocabulary;

use std::collections::BTreeMap;

use self::shape::{List, Mapping, Shape};
pub(crate) use self::sound::{Echoes, Sound};
use self::table::SPEC;
pub(crate) use self::unindented::join_unindented;
use crate::decode::DecodeError;
use crate::diag::{Diagnostic, Fix};
use crate::expand::is_placeholder;
use crate::rules::{Phase, Rule};
use crate::source::Span;
use crate::suggest::one_of;
use crate::syntax::{KeyPath, Node, Scalar, Value};

pub(crate) static UNKNOWN_KEY: Rule = Rule::error(
    101,
    "unknown-key",
    include_str!("unknown-key.md"),
    Phase::Shape,
);
pub(crate) static MISSING_KEY: Rule = Rule::error(
    102,
    "missing-key",
    include_str!("missing-key.md"),
    Phase::Shape,
);
pub(crate) static WRONG_TYPE: Rule = Rule::error(
    103,
    "wrong-type",
    include_str!("wrong-type.md"),
    Phase::Shape,
);
pub(crate) static UNKNOWN_VALUE: Rule = Rule::error(
    104,
    "unknown-value",
    include_str!("unknown-value.md"),
    Phase::Shape,
);
pub(crate) static OUT_OF_RANGE: Rule = Rule::error(
    105,
    "out-of-range",
    include_str!("out-of-range.md"),
    Phase::Shape,
);
pub(crate) static WRONG_FORM: Rule = Rule::error(
    106,
    "wrong-form",
    include_str!("wrong-form.md"),
    Phase::Shape,
);
pub(crate) static DUPLICATE_ITEM: Rule = Rule::error(
    107,
    "duplicate-item",
    include_str!("duplicate-item.md"),
    Phase::Shape,
);

/// Reports everything in which a tree differs from the shape of a spec.
///
/// A value with a `${NAME}` in it has any shape; once the variable has its value it is judged again.
pub(crate) fn judge(tree: &Node) -> Vec<Diagnostic> {
    let root = tree
        .entry("root")
        .and_then(|entry| match &entry.value.value {
            Value::Scalar(scalar) => Some(scalar.text.clone()),
            Value::List(_) | Value::Mapping(_) => None,
        });
    let mut walk = Walk {
        root,
        found: Vec::new(),
    };
    walk.node(
        tree,
        &SPEC,
        &Place {
            path: KeyPath::default(),
            key: Span::empty(0),
        },
    );
    walk.found
}

/// The problem of a tree that has the right shape and still is no spec, should model and schema ever differ.
pub(crate) fn undecodable(error: &DecodeError) -> Diagnostic {
    let problem = WRONG_TYPE.problem(error.message.as_str());
    problem
        .at(error.span.unwrap_or(Span::empty(0)), "")
        .help("compare it with the schema")
}

/// The way to a value, and the key that a message about a missing part of it points at.
struct Place {
    path: KeyPath,
    key: Span,
}

impl Place {
    /// The value's name in a message.
    fn name(&self) -> String {
        if self.path.is_root() {
            "the file".to_owned()
        } else {
            format!("`{}`", self.path)
        }
    }
}

struct Walk {
    /// The application's folder, as the file names it.
    root: Option<String>,
    found: Vec<Diagnostic>,
}

impl Walk {
    fn node(&mut self, node: &Node, shape: &Shape, place: &Place) {
        match (shape, &node.value) {
            (Shape::Mapping(mapping), Value::Mapping(entries)) => {
                self.mapping(entries, mapping, place);
            }
            (Shape::List(list), Value::List(items)) => self.list(node, items, list, place),
            (_, Value::Scalar(scalar))
                if is_placeholder(&scalar.text) && admits(shape) && !is_declaration(place) => {}
            (Shape::Text(text), Value::Scalar(scalar)) => self.text(node, scalar, text, place),
            (Shape::Choice(names), Value::Scalar(scalar)) => {
                self.choice(node, scalar, names, place);
            }
            (Shape::Integer { least, most }, Value::Scalar(scalar)) => match scalar.as_integer() {
                Some(number) => self.integer(node, number, *least..=*most, place),
                None => self.wrong_type(node, shape, place),
            },
            (Shape::Boolean, Value::Scalar(scalar)) if scalar.as_bool().is_some() => {}
            (Shape::Scalar, Value::Scalar(_)) => {}
            (
                Shape::Mapping(_)
                | Shape::List(_)
                | Shape::Text(_)
                | Shape::Choice(_)
                | Shape::Integer { .. }
                | Shape::Boolean
                | Shape::Scalar,
                Value::Scalar(_) | Value::List(_) | Value::Mapping(_),
            ) => self.wrong_type(node, shape, place),
        }
    }

    fn list(&mut self, node: &Node, items: &[Node], list: &List, place: &Place) {
        if items.len() < list.least {
            let problem = OUT_OF_RANGE
                .problem(format!("{} is an empty list", place.name()))
                .at(node.span, "at least one item is needed")
                .help("write an item, or remove the key");
            self.found.push(problem);
        }
        for (index, item) in items.iter().enumerate() {
            let place = Place {
                path: place.path.index(index),
                key: item.span,
            };
            self.node(item, list.items, &place);
        }
        if list.unique {
            self.duplicates(items, place);
        }
    }

    fn duplicates(&mut self, items: &[Node], place: &Place) {
        let mut seen = BTreeMap::new();
        let mut end = 0;
        for item in items {
            // From the end of the item before it: with its comma, or its `-`.
            let with_mark = Span::new(end, item.span.end);
            end = item.span.end;
            let Value::Scalar(Scalar { text, .. }) = &item.value else {
                continue;
            };
            if let Some(first) = seen.insert(text, item.span) {
                let problem = DUPLICATE_ITEM
                    .problem(format!("{} has `{text}` twice", place.name()))
                    .at(item.span, "again")
                    .with(first, "before here")
                    .help("keep one of the two")
                    .fix(Fix::to_review("remove the second", with_mark, ""));
                self.found.push(problem);
            }
        }
    }

    fn wrong_type(&mut self, node: &Node, shape: &Shape, place: &Place) {
        let problem = WRONG_TYPE
            .problem(format!("{} must be {}", place.name(), wanted(shape)))
            .at(node.span, format!("this is {}", scalar::kind(node)));
        let problem = match scalar::way_out(node, shape) {
            Some(help) => problem.help(help),
            None => problem.help(how_to_write(shape)),
        };
        self.found.push(match scalar::meant(node, shape) {
            Some(fix) => problem.fix(fix),
            None => problem,
        });
    }
}

/// True within the declarations of variables, in which none has a value yet.
fn is_declaration(place: &Place) -> bool {
    place.path.begins_with("variables")
}

/// True for a single value, for which a variable can stand.
fn admits(shape: &Shape) -> bool {
    match shape {
        Shape::Text(_)
        | Shape::Choice(_)
        | Shape::Integer { .. }
        | Shape::Boolean
        | Shape::Scalar => true,
        Shape::Mapping(_) | Shape::List(_) => false,
    }
}

fn wanted(shape: &Shape) -> String {
    match shape {
        Shape::Mapping(_) => "a group of keys".to_owned(),
        Shape::List(_) => "a list".to_owned(),
        Shape::Text(_) => "a text".to_owned(),
        Shape::Choice(names) => one_of(names.iter().copied()),
        Shape::Integer { .. } => "a whole number".to_owned(),
        Shape::Boolean => "`true` or `false`".to_owned(),
        Shape::Scalar => "a single value".to_owned(),
    }
}

fn how_to_write(shape: &Shape) -> String {
    match shape {
        Shape::Mapping(Mapping { keys, others: _ }) => match keys.first() {
            Some(first) => format!("write keys with values, such as `{}: ...`", first.name),
            None => "write names with values, such as `NAME: value`".to_owned(),
        },
        Shape::List(_) => "write one item on each line below it, each behind `- `".to_owned(),
        Shape::Text(_) => "write one text behind the colon".to_owned(),
        Shape::Choice(names) => format!("write {}", one_of(names.iter().copied())),
        Shape::Integer { .. } => "write it in decimal digits".to_owned(),
        Shape::Boolean => "write `true` or `false`".to_owned(),
        Shape::Scalar => "write one value behind the colon".to_owned(),
    }
}
