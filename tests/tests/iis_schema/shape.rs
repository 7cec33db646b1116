//! Reads the schema of the language.

use serde_json::{Value, json};

use crate::texts::{OF_FORM, TEXTS};

/// What a schema refers to.
pub(crate) fn resolved(schema: &Value, shape: &Value) -> Value {
    let inner = shape["allOf"].get(0).unwrap_or(shape);
    match name_of(inner) {
        Some(name) => resolved(schema, &schema["definitions"][name]),
        None => inner.clone(),
    }
}

/// The name of the definition that is referred to.
fn name_of(shape: &Value) -> Option<&str> {
    shape["$ref"].as_str()?.strip_prefix("#/definitions/")
}

/// The type; what is a number may be a variable as well.
pub(crate) fn kind(shape: &Value) -> &str {
    let kind = shape["type"].get(0).unwrap_or(&shape["type"]);
    kind.as_str().unwrap_or_default()
}

/// The texts that fit by the schema; of a form that no pattern describes, those that are listed.
pub(crate) fn fitting(schema: &Value, place: &Value, inner: &Value) -> Vec<String> {
    let name = name_of(place["allOf"].get(0).unwrap_or(place));
    let listed = OF_FORM.iter().filter(|(form, _)| Some(*form) == name);
    let mut texts: Vec<&str> = listed
        .flat_map(|(_, texts)| texts.iter().copied())
        .collect();
    if inner["pattern"].is_string() || name.is_none() {
        texts.extend(TEXTS);
    }
    let examples = [place, inner].map(|shape| shape["examples"].as_array());
    let examples = examples.into_iter().flatten().flatten();
    texts.extend(examples.filter_map(Value::as_str));
    let mut whole = place.clone();
    whole["definitions"] = schema["definitions"].clone();
    let validator = jsonschema::draft7::new(&whole).unwrap();
    texts.retain(|text| validator.is_valid(&json!(text)));
    assert!(!texts.is_empty(), "no text fits {place}");
    texts.into_iter().map(str::to_owned).collect()
}
