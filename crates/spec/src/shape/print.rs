//! Writes `table.rs`: the JSON Schema as types of [`super::shape`].
//!
//! `IISC_BLESS=1 cargo test -p iisc-spec` does it after a change of the model; without it the test fails then.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::rules::tests::blessing;
use crate::schema::SCHEMA;

type Object = Map<String, Value>;

const HEAD: &str = "\
//! What a spec may look like: the JSON Schema of the model, written by `print.rs`.

use super::shape::{Key, List, Mapping, Others, Pattern, Range, Shape, Text};
";

/// Keywords by which a value can differ from the section that it refers to.
const SHAPE: [&str; 5] = ["minimum", "maximum", "pattern", "x-min", "x-max"];

/// Prints schemas of one document, which references point into.
struct Printer<'a> {
    root: &'a Value,
    /// The names of patterns, each with what it is in words.
    patterns: BTreeMap<(String, String), String>,
    /// Sections that are referred to, by name.
    sections: BTreeMap<String, String>,
}

fn table() -> String {
    let mut printer = Printer {
        root: &SCHEMA,
        patterns: BTreeMap::new(),
        sections: BTreeMap::new(),
    };
    let spec = printer.shape(&printer.flat(&SCHEMA), "SPEC");
    let mut text =
        format!("{HEAD}\n/// A whole `app.iis.yaml`.\npub(super) static SPEC: Shape = {spec};\n");
    for (name, section) in &printer.sections {
        text += &format!("\nstatic {name}: Shape = {section};\n");
    }
    let mut patterns: Vec<_> = printer.patterns.iter().collect();
    patterns.sort_by_key(|(_, name)| *name);
    for ((pattern, expected), name) in patterns {
        text += &format!(
            "\nstatic {name}: Pattern = Pattern::new(\n    r#\"{pattern}\"#,\n    {expected:?},\n);\n"
        );
    }
    text
}

impl Printer<'_> {
    /// A reference to the shape of a section, or to one of its own. `place` names what has no name.
    fn reference(&mut self, schema: &Value, place: &str) -> String {
        if let Some(target) = section(schema) {
            let name = constant(target.rsplit('/').next().unwrap());
            let section = self.flat(self.root.pointer(target).unwrap());
            if SHAPE
                .iter()
                .all(|key| section.get(*key) == self.flat(schema).get(*key))
            {
                let section = self.shape(&section, &name);
                self.sections.insert(name.clone(), section);
                return format!("&{name}");
            }
        }
        format!("&{}", self.shape(&self.flat(schema), place))
    }

    fn shape(&mut self, object: &Object, place: &str) -> String {
        if let Some(choices) = object.get("oneOf").and_then(Value::as_array) {
            let names = choices
                .iter()
                .map(|choice| text(choice.as_object().unwrap(), "const"));
            let names: Vec<&str> = names.flatten().collect();
            return format!("Shape::Choice(&{names:?})");
        }
        match text(object, "type") {
            Some("object") => self.mapping(object, place),
            Some("array") => self.list(object, place),
            Some("string") => self.text(object, place),
            Some("integer") => format!(
                "Shape::Integer {{ least: {}, most: {} }}",
                object["minimum"], object["maximum"]
            ),
            Some("boolean") => "Shape::Boolean".to_owned(),
            _ if object.get("type").is_some_and(Value::is_array) => "Shape::Scalar".to_owned(),
            _ => panic!("{place} has no type"),
        }
    }

    fn mapping(&mut self, object: &Object, place: &str) -> String {
        let required = object.get("required").and_then(Value::as_array);
        let properties = object.get("properties").and_then(Value::as_object);
        let mut keys = String::new();
        for (name, schema) in properties.into_iter().flatten() {
            let required = required.is_some_and(|names| names.iter().any(|other| other == name));
            let flat = self.flat(schema);
            let examples = flat
                .get("examples")
                .and_then(|examples| examples[0].as_str());
            let shape = self.reference(schema, &format!("{place}_{}", constant(name)));
            keys += &format!(
                "        Key {{ name: {name:?}, required: {required}, example: {examples:?}, shape: {shape} }},\n"
            );
        }
        let free = object.get("patternProperties").and_then(Value::as_object);
        let others = match free.and_then(|free| free.iter().next()) {
            Some((pattern, schema)) => {
                let expected = text(object, "x-key").unwrap();
                let name = self.pattern(pattern, expected, &format!("{place}_KEY"));
                let shape = self.reference(schema, place);
                format!("Some(Others {{ name: {name}, shape: {shape} }})")
            }
            None => "None".to_owned(),
        };
        match keys.is_empty() {
            true => format!("Shape::Mapping(Mapping {{ keys: &[], others: {others} }})"),
            false => format!(
                "Shape::Mapping(Mapping {{\n    keys: &[\n{keys}    ],\n    others: {others},\n}})"
            ),
        }
    }

    fn list(&mut self, object: &Object, place: &str) -> String {
        let items = self.reference(&object["items"], place);
        let least = object
            .get("minItems")
            .map_or(0, |least| least.as_u64().unwrap());
        let unique = object.get("uniqueItems") == Some(&Value::Bool(true));
        format!("Shape::List(List {{ items: {items}, least: {least}, unique: {unique} }})")
    }

    fn text(&mut self, object: &Object, place: &str) -> String {
        let pattern = text(object, "pattern").map(|pattern| {
            let expected = text(object, "patternErrorMessage").unwrap();
            self.pattern(pattern, expected, &format!("{place}_FORM"))
        });
        let pattern = pattern.map_or_else(|| "None".to_owned(), |name| format!("Some({name})"));
        let range = match text(object, "x-min").zip(text(object, "x-max")) {
            Some((least, most)) => {
                format!("Some(Range {{ least: {least:?}, most: {most:?} }})")
            }
            None => "None".to_owned(),
        };
        format!("Shape::Text(Text {{ pattern: {pattern}, range: {range} }})")
    }

    fn pattern(&mut self, pattern: &str, expected: &str, name: &str) -> String {
        let both = (pattern.to_owned(), expected.to_owned());
        let known = self.patterns.entry(both).or_insert_with(|| name.to_owned());
        format!("&{known}")
    }

    /// The schema together with what it refers to; where both speak, the nearer one is right.
    fn flat(&self, schema: &Value) -> Object {
        let own = schema.as_object().unwrap();
        let parts = own.get("allOf").and_then(Value::as_array);
        let mut flat: Object = parts
            .into_iter()
            .flatten()
            .flat_map(|part| self.flat(part))
            .collect();
        if let Some(target) = text(own, "$ref").and_then(|path| path.strip_prefix('#')) {
            flat.extend(self.flat(self.root.pointer(target).unwrap()));
        }
        flat.extend(own.iter().map(|(key, value)| (key.clone(), value.clone())));
        flat
    }
}

/// The definition that a schema refers to, alone or with a description beside it.
fn section(schema: &Value) -> Option<&str> {
    let own = schema.as_object()?;
    let reference =
        text(own, "$ref").or_else(|| text(own.get("allOf")?.get(0)?.as_object()?, "$ref"));
    reference?.strip_prefix('#')
}

fn text<'a>(object: &'a Object, key: &str) -> Option<&'a str> {
    object.get(key)?.as_str()
}

/// `WinPath` and `win-path` as `WIN_PATH`.
fn constant(name: &str) -> String {
    let mut constant = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase()
            && !constant.is_empty()
            && !constant.ends_with(|c: char| c.is_ascii_uppercase())
        {
            constant.push('_');
        }
        constant.push(c);
    }
    constant.replace('-', "_").to_ascii_uppercase()
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "rewrites the table on demand, in tests only"
)]
fn the_table_is_the_schema() {
    let table = table();
    if blessing() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/shape/table.rs");
        std::fs::write(path, table).unwrap();
    } else {
        let known = include_str!("table.rs");
        assert!(
            known == table,
            "`IISC_BLESS=1 cargo test -p iisc-spec` rewrites shape/table.rs"
        );
    }
}
