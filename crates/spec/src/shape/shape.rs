//! The JSON Schema as types: what a file may look like, with references followed and patterns compiled.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};

use regex::Regex;
use serde_json::{Map, Value};

use crate::model::{Bytes, Seconds};
use crate::schema::SCHEMA;

/// The shape of a whole `app.iis.yaml`.
pub(crate) static SPEC: LazyLock<Arc<Shape>> = LazyLock::new(|| {
    let mut reader = Reader {
        root: &SCHEMA,
        known: BTreeMap::new(),
    };
    reader.read(&SCHEMA)
});

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
    /// Any single value, as it is written.
    Scalar,
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
    pub(crate) shape: Arc<Shape>,
}

/// Keys that the user names.
#[derive(Debug)]
pub(crate) struct Others {
    pub(crate) name: Pattern,
    pub(crate) shape: Arc<Shape>,
}

/// Values one below the other.
#[derive(Debug)]
pub(crate) struct List {
    pub(crate) items: Arc<Shape>,
    pub(crate) least: usize,
    pub(crate) unique: bool,
}

/// Any text, or one of a certain form.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) pattern: Option<Pattern>,
    /// Least and most, if the text is a quantity.
    pub(crate) range: Option<Range>,
}

/// The bounds of a quantity, as they are written.
#[derive(Debug)]
pub(crate) struct Range {
    pub(crate) least: String,
    pub(crate) most: String,
}

impl Range {
    pub(crate) fn contains(&self, number: u64) -> bool {
        amount(&self.least).is_none_or(|least| least <= number)
            && amount(&self.most).is_none_or(|most| number <= most)
    }
}

/// A quantity in its smallest unit; `None` for a text of another form.
pub(crate) fn amount(text: &str) -> Option<u64> {
    let seconds = Seconds::parse(text).map(|Seconds(number)| number.into());
    seconds.or_else(|| Bytes::parse(text).map(|Bytes(number)| number))
}

/// The form of a text.
#[derive(Debug)]
pub(crate) struct Pattern {
    pattern: String,
    /// Compiled when a text is first compared: few specs use every key.
    regex: OnceLock<Option<Regex>>,
    /// The form in words, for people: "expected ...".
    pub(crate) expected: String,
}

impl Pattern {
    fn new(pattern: &str, expected: &str) -> Self {
        Self {
            pattern: pattern.to_owned(),
            regex: OnceLock::new(),
            expected: expected.to_owned(),
        }
    }

    pub(crate) fn matches(&self, text: &str) -> bool {
        self.regex().is_none_or(|regex| regex.is_match(text))
    }

    /// `None` for a pattern that cannot be compiled; a test sees to it that ours has none.
    fn regex(&self) -> Option<&Regex> {
        self.regex
            .get_or_init(|| Regex::new(&self.pattern).ok())
            .as_ref()
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
    /// What has been read, by reference: most sections are referred to several times.
    known: BTreeMap<String, Arc<Shape>>,
}

impl Reader<'_> {
    fn read(&mut self, schema: &Value) -> Arc<Shape> {
        let object = self.flat(schema);
        let reference = section(schema).filter(|_| object.contains_key("properties"));
        if let Some(known) = reference.and_then(|reference| self.known.get(reference)) {
            return Arc::clone(known);
        }
        let shape = Arc::new(self.shape(&object));
        if let Some(reference) = reference {
            self.known.insert(reference.to_owned(), Arc::clone(&shape));
        }
        shape
    }

    fn shape(&mut self, object: &Object) -> Shape {
        if let Some(choices) = object.get("oneOf").and_then(Value::as_array) {
            let names = choices
                .iter()
                .filter_map(|choice| text(choice.as_object()?, "const"));
            return Shape::Choice(names.map(str::to_owned).collect());
        }
        match text(object, "type") {
            Some("object") => Shape::Mapping(self.mapping(object)),
            Some("array") => Shape::List(self.list(object)),
            Some("string") => Shape::Text(text_shape(object)),
            Some("integer") => Shape::Integer {
                least: number(object, "minimum").unwrap_or(i128::MIN),
                most: number(object, "maximum").unwrap_or(i128::MAX),
            },
            Some("boolean") => Shape::Boolean,
            _ if object.get("type").is_some_and(Value::is_array) => Shape::Scalar,
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

    fn mapping(&mut self, object: &Object) -> Mapping {
        let required = object.get("required").and_then(Value::as_array);
        let properties = object.get("properties").and_then(Value::as_object);
        let mut keys = Vec::new();
        for (name, schema) in properties.into_iter().flatten() {
            keys.push(Key {
                name: name.clone(),
                required: required.is_some_and(|names| names.iter().any(|other| other == name)),
                example: first_example(&self.flat(schema)),
                shape: self.read(schema),
            });
        }
        let free = object.get("patternProperties").and_then(Value::as_object);
        let others = free
            .and_then(|free| free.iter().next())
            .map(|(pattern, schema)| Others {
                name: Pattern::new(pattern, text(object, "x-key").unwrap_or_default()),
                shape: self.read(schema),
            });
        Mapping { keys, others }
    }

    fn list(&mut self, object: &Object) -> List {
        List {
            items: object
                .get("items")
                .map_or_else(|| Arc::new(Shape::Anything), |items| self.read(items)),
            least: number(object, "minItems")
                .and_then(|least| least.try_into().ok())
                .unwrap_or(0),
            unique: object.get("uniqueItems") == Some(&Value::Bool(true)),
        }
    }
}

/// The definition that a schema refers to, alone or with a description beside it.
fn section(schema: &Value) -> Option<&str> {
    let own = schema.as_object()?;
    text(own, "$ref").or_else(|| text(own.get("allOf")?.get(0)?.as_object()?, "$ref"))
}

fn text_shape(object: &Object) -> Text {
    let expected = text(object, "patternErrorMessage").unwrap_or_default();
    let bound = |key| text(object, key).map(str::to_owned);
    Text {
        pattern: text(object, "pattern").map(|pattern| Pattern::new(pattern, expected)),
        range: bound("x-min")
            .zip(bound("x-max"))
            .map(|(least, most)| Range { least, most }),
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
                    assert!(others.name.regex().is_some());
                    assert_complete(&others.shape);
                }
            }
            Shape::List(list) => assert_complete(&list.items),
            Shape::Text(text) => {
                assert!(text.pattern.as_ref().is_none_or(|it| it.regex().is_some()))
            }
            Shape::Choice(names) => assert!(!names.is_empty()),
            Shape::Integer { least, most } => assert!(*least >= 0 && *most <= i128::from(u32::MAX)),
            Shape::Boolean | Shape::Scalar => {}
            Shape::Anything => panic!("a schema without a type"),
        }
    }

    #[test]
    fn the_schema_is_understood_to_its_last_leaf() {
        assert_complete(&SPEC);
    }
}
