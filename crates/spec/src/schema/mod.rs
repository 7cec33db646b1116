//! The JSON Schema of `app.iis.yaml`, made from the model so that the two cannot differ.
//!
//! It is published for editors, and `shape` compares a file with it. Draft-07, because that is what
//! YAML language servers read. `patternErrorMessage` is theirs too; `x-min`, `x-max` and `x-key` are ours.
//!
//! ```text
//! model ─schemars→ schema of an application ─overlay→ of a whole file ─placeholder→ as published
//! ```

mod overlay;
mod placeholder;
mod range;

use std::sync::LazyLock;

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use serde_json::{Map, Value, json};

use crate::model::{AppSpec, Variable};

/// Every keyword that may occur, in the order they are printed in.
const KEYWORDS: [&str; 25] = [
    "$schema",
    "title",
    "description",
    "$ref",
    "allOf",
    "oneOf",
    "type",
    "const",
    "minimum",
    "maximum",
    "pattern",
    "patternErrorMessage",
    "x-min",
    "x-max",
    "x-key",
    "items",
    "minItems",
    "uniqueItems",
    "properties",
    "patternProperties",
    "additionalProperties",
    "required",
    "default",
    "examples",
    "definitions",
];

/// The schema of a file in which every `${NAME}` has its value.
pub(crate) static SCHEMA: LazyLock<Value> = LazyLock::new(generate);

/// The schema as it is published: indented, with a line break at the end. A value may be a `${NAME}` there.
pub(crate) fn text() -> String {
    let mut schema = SCHEMA.clone();
    placeholder::admit(&mut schema);
    format!("{schema:#}\n")
}

fn generate() -> Value {
    let settings = SchemaSettings::draft07().with_transform(RecursiveTransform(tidy));
    let mut generator = settings.into_generator();
    let variable = generator.subschema_for::<Variable>();
    let mut schema = generator.into_root_schema_for::<AppSpec>();
    schema.insert("title".to_owned(), json!("app.iis.yaml"));
    let mut schema = schema.to_value();
    overlay::complete(&mut schema, variable.to_value());
    schema
}

fn tidy(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    forbid_null(object);
    limit_integer(object);
    range::limit(object);
    if let Some(Value::String(text)) = object.get_mut("description") {
        *text = unfold(text);
    }
    sort(object);
}

/// A key that may be left out must not be there without a value.
fn forbid_null(object: &mut Map<String, Value>) {
    if let Some(Value::Array(mut choices)) = object.remove("anyOf") {
        choices.retain(|choice| *choice != json!({"type": "null"}));
        object.insert("allOf".to_owned(), Value::Array(choices));
    }
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            object.insert("type".to_owned(), only);
        }
    }
}

/// `format` is no check for validators, so what it says about the size is said by numbers.
fn limit_integer(object: &mut Map<String, Value>) {
    match object.remove("format").as_ref().and_then(Value::as_str) {
        Some("uint32") => drop(object.entry("maximum").or_insert(json!(u32::MAX))),
        Some("uint16") => drop(object.entry("maximum").or_insert(json!(u16::MAX))),
        Some(_) | None => {}
    }
}

/// Lines of a source file become lines of a paragraph.
fn unfold(text: &str) -> String {
    let paragraphs: Vec<String> = text
        .split("\n\n")
        .map(|part| part.replace('\n', " "))
        .collect();
    paragraphs.join("\n\n")
}

/// Puts the known keywords into the order of the list; others, which a test finds, come last.
fn sort(object: &mut Map<String, Value>) {
    let rank = |key: &str| KEYWORDS.iter().position(|known| *known == key);
    let mut entries: Vec<_> = std::mem::take(object).into_iter().collect();
    entries.sort_by_key(|(key, _)| rank(key).unwrap_or(KEYWORDS.len()));
    object.extend(entries);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every schema within a schema.
    fn all<'a>(schema: &'a Map<String, Value>, found: &mut Vec<&'a Map<String, Value>>) {
        found.push(schema);
        for (key, value) in schema {
            let inner: Vec<&Value> = match (key.as_str(), value) {
                ("properties" | "patternProperties" | "definitions", Value::Object(map)) => {
                    map.values().collect()
                }
                ("allOf" | "oneOf", Value::Array(list)) => list.iter().collect(),
                ("items", value) => vec![value],
                _ => Vec::new(),
            };
            inner
                .into_iter()
                .filter_map(Value::as_object)
                .for_each(|inner| all(inner, found));
        }
    }

    fn schemas() -> Vec<&'static Map<String, Value>> {
        let mut found = Vec::new();
        all(SCHEMA.as_object().unwrap(), &mut found);
        assert!(found.len() > 30);
        found
    }

    #[test]
    fn every_keyword_is_known_to_the_shape_check() {
        for schema in schemas() {
            for key in schema.keys() {
                assert!(KEYWORDS.contains(&key.as_str()), "{key} in {schema:?}");
            }
        }
    }

    #[test]
    fn every_list_of_keys_is_closed_and_every_pattern_explained() {
        for schema in schemas() {
            if schema.get("type") == Some(&json!("object")) {
                assert_eq!(
                    schema.get("additionalProperties"),
                    Some(&json!(false)),
                    "{schema:?}"
                );
            }
            assert_eq!(
                schema.contains_key("pattern"),
                schema.contains_key("patternErrorMessage"),
                "{schema:?}"
            );
            assert_eq!(
                schema.contains_key("patternProperties"),
                schema.contains_key("x-key")
            );
        }
    }

    #[test]
    fn nothing_may_be_null() {
        assert!(!text().contains("null"));
    }

    #[test]
    fn descriptions_do_not_speak_of_the_source_code() {
        for schema in schemas() {
            let description = schema
                .get("description")
                .and_then(Value::as_str)
                .unwrap_or_default();
            assert!(
                !description.contains("::") && !description.contains("[`"),
                "{description}"
            );
            assert!(
                !description.replace("\n\n", "").contains('\n'),
                "{description}"
            );
        }
    }

    #[test]
    fn every_key_is_described_and_every_default_shown() {
        let optional = [
            "warm-up",
            "restart",
            "log",
            "variables",
            "applications",
            "profiles",
        ];
        let root = SCHEMA.as_object().unwrap();
        let properties = root["properties"].as_object().unwrap();
        let required = root["required"].as_array().unwrap();
        for (key, schema) in properties {
            assert!(schema.get("description").is_some(), "{key}");
            let needed = required.contains(&json!(key));
            assert_eq!(
                schema.get("default").is_some(),
                !needed && !optional.contains(&key.as_str()),
                "{key}"
            );
        }
    }
}
