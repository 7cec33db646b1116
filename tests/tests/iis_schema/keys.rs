//! The keys of a file and of the whole language, by their paths; `*` stands for names that a file chooses.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::shape::resolved;

/// Variables are gone before anything is compiled.
pub(crate) const LEFT_OUT: &str = "variables";

/// What is below them is the keys of the file once more.
const AGAIN: [&str; 2] = ["applications", "profiles"];

/// The keys of the language.
pub(crate) fn of_language(schema: &Value) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    language(schema, schema, "", &mut keys);
    keys
}

/// The keys of a file.
pub(crate) fn of_file(schema: &Value, file: &Value) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    used(schema, schema, file, "", &mut keys);
    keys
}

/// The named keys of a shape.
fn named(shape: &Value) -> impl Iterator<Item = (&String, &Value)> {
    let names = shape["properties"].as_object().into_iter().flatten();
    names.filter(|(name, _)| *name != LEFT_OUT)
}

/// The shapes of keys whose names a file chooses.
fn chosen(shape: &Value) -> impl Iterator<Item = &Value> {
    let patterns = shape["patternProperties"].as_object().into_iter();
    patterns.flat_map(Map::values)
}

fn language(schema: &Value, shape: &Value, path: &str, keys: &mut BTreeSet<String>) {
    let shape = resolved(schema, shape);
    for (name, inner) in named(&shape) {
        keys.insert(format!("{path}{name}"));
        if !AGAIN.contains(&name.as_str()) {
            language(schema, inner, &format!("{path}{name}."), keys);
        }
    }
    for inner in chosen(&shape) {
        language(schema, inner, &format!("{path}*."), keys);
    }
    if shape["items"].is_object() {
        language(schema, &shape["items"], path, keys);
    }
}

fn used(schema: &Value, shape: &Value, value: &Value, path: &str, keys: &mut BTreeSet<String>) {
    let shape = resolved(schema, shape);
    for (name, inner) in named(&shape) {
        let Some(value) = value.get(name) else {
            continue;
        };
        keys.insert(format!("{path}{name}"));
        if !AGAIN.contains(&name.as_str()) {
            used(schema, inner, value, &format!("{path}{name}."), keys);
        }
    }
    for inner in chosen(&shape) {
        for value in value.as_object().into_iter().flat_map(Map::values) {
            used(schema, inner, value, &format!("{path}*."), keys);
        }
    }
    for item in value.as_array().into_iter().flatten() {
        used(schema, &shape["items"], item, path, keys);
    }
}
