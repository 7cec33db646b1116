//! Where `${NAME}` may stand for a value: everywhere but in keys, for people's editors.

use serde_json::{Map, Value, json};

/// What a text with a variable in it looks like.
const PLACEHOLDER: &str = r"\$\{[A-Z_][A-Z0-9_]*\}";

/// Definitions of what declares a variable; there no variable has a value yet.
const DECLARATIONS: [&str; 2] = ["Variable", "VariableKind"];

/// Lets every single value of a schema be a text with a `${NAME}` in it.
///
/// The keywords of numbers say nothing about texts and the other way round, so one schema can have both.
pub(super) fn admit(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            for (key, inner) in object.iter_mut() {
                // Names of keys, and values that only look like schemas.
                match key.as_str() {
                    "default" | "examples" | "required" => {}
                    "properties" | "patternProperties" | "definitions" => {
                        let inner = inner.as_object_mut().into_iter().flatten();
                        let others =
                            inner.filter(|(name, _)| !DECLARATIONS.contains(&name.as_str()));
                        others.for_each(|(_, inner)| admit(inner));
                    }
                    _ => admit(inner),
                }
            }
            widen(object);
        }
        Value::Array(items) => items.iter_mut().for_each(admit),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn widen(object: &mut Map<String, Value>) {
    match object.get("type").and_then(Value::as_str) {
        Some(kind @ ("integer" | "boolean")) => {
            let both = json!([kind, "string"]);
            object.insert("type".to_owned(), both);
            object.insert("pattern".to_owned(), json!(PLACEHOLDER));
            let expected = match object.get("minimum").zip(object.get("maximum")) {
                Some((least, most)) => format!("expected a whole number from {least} to {most}"),
                None => "expected `true` or `false`".to_owned(),
            };
            object.insert("patternErrorMessage".to_owned(), json!(expected));
        }
        Some(_) | None => widen_text(object),
    }
    super::sort(object);
}

fn widen_text(object: &mut Map<String, Value>) {
    if let Some(Value::String(pattern)) = object.get_mut("pattern")
        && pattern != PLACEHOLDER
    {
        *pattern = format!("{PLACEHOLDER}|{pattern}");
    }
    if let Some(Value::Array(choices)) = object.get_mut("oneOf") {
        choices.push(json!({ "type": "string", "pattern": PLACEHOLDER,
            "patternErrorMessage": "expected one of the values that are offered" }));
    }
}
