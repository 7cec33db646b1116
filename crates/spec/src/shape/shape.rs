//! The JSON Schema as types: what a file may look like, with references followed and patterns compiled.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

use crate::model::Seconds;
use crate::schema::SCHEMA;

/// The shape of a whole `app.iis.yaml`.
pub(crate) static SPEC: LazyLock<Shape> = LazyLock::new(|| Reader { root: &SCHEMA }.read(&SCHEMA));

/// What a value must look like.
#[derive(Debug)]
pub(crate) enum Shape {
    Mapping(Mapping),
    List(List),
    Text(Text),
    /// One of these texts.
    Choice(Vec<String>),
    Integer {
        least: i128,
        most: i128,
    },
    Boolean,
    /// A schema that says nothing about the type; a test sees to it that ours has none.
    Anything,
}

/// Keys with values.
#[derive(Debug)]
pub(crate) struct Mapping {
    pub(crate) keys: Vec<Key>,
    /// What keys that the user names look like.
    pub(crate) others: Option<Others>,
}

/// A key that the schema names.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) required: bool,
    /// A value that shows how it is written.
    pub(crate) example: Option<String>,
    pub(crate) shape: Shape,
}

/// Keys that the user names.
#[derive(Debug)]
pub(crate) struct Others {
    pub(crate) name: Pattern,
    pub(crate) shape: Box<Shape>,
}

/// Values one below the other.
#[derive(Debug)]
pub(crate) struct List {
    pub(crate) items: Box<Shape>,
    pub(crate) least: usize,
    pub(crate) unique: bool,
}

/// Any text, or one of a certain form.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) pattern: Option<Pattern>,
    /// Shortest and longest, if the text is a duration.
    pub(crate) duration: Option<(Seconds, Seconds)>,
}

/// The form of a text.
#[derive(Debug)]
pub(crate) struct Pattern {
    regex: Option<Regex>,
    /// The form in words, for people: "expected ...".
    pub(crate) expected: String,
}

impl Pattern {
    fn new(pattern: &str, expected: &str) -> Self {
        Self {
            regex: Regex::new(pattern).ok(),
            expected: expected.to_owned(),
        }
    }

    pub(crate) fn matches(&self, text: &str) -> bool {
        self.regex.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

impl Mapping {
    /// The names of the keys that the schema knows.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|key| key.name.as_str())
    }
}

type Object = Map<String, Value>;

/// Reads schemas of one document, which references point into.
struct Reader<'a> {
    root: &'a Value,
}

impl Reader<'_> {
    fn read(&self, schema: &Value) -> Shape {
        let object = self.flat(schema);
        if let Some(choices) = object.get("oneOf").and_then(Value::as_array) {
            let names = choices
                .iter()
                .filter_map(|choice| text(choice.as_object()?, "const"));
            return Shape::Choice(names.map(str::to_owned).collect());
        }
        match text(&object, "type") {
            Some("object") => Shape::Mapping(self.mapping(&object)),
            Some("array") => Shape::List(self.list(&object)),
            Some("string") => Shape::Text(text_shape(&object)),
            Some("integer") => Shape::Integer {
                least: number(&object, "minimum").unwrap_or(i128::MIN),
                most: number(&object, "maximum").unwrap_or(i128::MAX),
            },
            Some("boolean") => Shape::Boolean,
            _ => Shape::Anything,
        }
    }

    /// The schema together with what it refers to; where both speak, the nearer one is right.
    fn flat(&self, schema: &Value) -> Object {
        let Some(own) = schema.as_object() else {
            return Object::new();
        };
        let parts = own
            .get("allOf")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let mut flat: Object = parts.flat_map(|part| self.flat(part)).collect();
        if let Some(target) = text(own, "$ref").and_then(|path| path.strip_prefix('#')) {
            flat.extend(
                self.root
                    .pointer(target)
                    .map(|target| self.flat(target))
                    .unwrap_or_default(),
            );
        }
        flat.extend(own.iter().map(|(key, value)| (key.clone(), value.clone())));
        flat
    }

    fn mapping(&self, object: &Object) -> Mapping {
        let required = object.get("required").and_then(Value::as_array);
        let properties = object.get("properties").and_then(Value::as_object);
        let key = |(name, schema): (&String, &Value)| Key {
            name: name.clone(),
            required: required.is_some_and(|names| names.iter().any(|other| other == name)),
            example: first_example(&self.flat(schema)),
            shape: self.read(schema),
        };
        let free = object.get("patternProperties").and_then(Value::as_object);
        let others = free
            .and_then(|free| free.iter().next())
            .map(|(pattern, schema)| Others {
                name: Pattern::new(pattern, text(object, "x-key").unwrap_or_default()),
                shape: Box::new(self.read(schema)),
            });
        Mapping {
            keys: properties.into_iter().flatten().map(key).collect(),
            others,
        }
    }

    fn list(&self, object: &Object) -> List {
        List {
            items: Box::new(
                object
                    .get("items")
                    .map_or(Shape::Anything, |items| self.read(items)),
            ),
            least: number(object, "minItems")
                .and_then(|least| least.try_into().ok())
                .unwrap_or(0),
            unique: object.get("uniqueItems") == Some(&Value::Bool(true)),
        }
    }
}

fn text_shape(object: &Object) -> Text {
    let expected = text(object, "patternErrorMessage").unwrap_or_default();
    let bound = |key| text(object, key).and_then(Seconds::parse);
    Text {
        pattern: text(object, "pattern").map(|pattern| Pattern::new(pattern, expected)),
        duration: bound("x-min").zip(bound("x-max")),
    }
}

fn text<'a>(object: &'a Object, key: &str) -> Option<&'a str> {
    object.get(key)?.as_str()
}

fn number(object: &Object, key: &str) -> Option<i128> {
    object.get(key)?.as_i64().map(i128::from)
}

fn first_example(object: &Object) -> Option<String> {
    Some(
        object
            .get("examples")?
            .as_array()?
            .first()?
            .as_str()?
            .to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_complete(shape: &Shape) {
        match shape {
            Shape::Mapping(mapping) => {
                mapping
                    .keys
                    .iter()
                    .for_each(|key| assert_complete(&key.shape));
                if let Some(others) = &mapping.others {
                    assert!(others.name.regex.is_some());
                    assert_complete(&others.shape);
                }
            }
            Shape::List(list) => assert_complete(&list.items),
            Shape::Text(text) => assert!(text.pattern.as_ref().is_none_or(|it| it.regex.is_some())),
            Shape::Choice(names) => assert!(!names.is_empty()),
            Shape::Integer { least, most } => assert!(*least >= 0 && *most <= i128::from(u32::MAX)),
            Shape::Boolean => {}
            Shape::Anything => panic!("a schema without a type"),
        }
    }

    #[test]
    fn the_schema_is_understood_to_its_last_leaf() {
        assert_complete(&SPEC);
    }
}
