//! The reference pages of `docs/` that are made from the code: `spec.md` from the published schema, `rules.md` from
//! the catalogue. `IISC_BLESS=1` rewrites them.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test ends where it fails; what a JSON value does not have reads as null"
)]

mod codes;
mod gates;
mod keys;

use iisc_tests::{assert_golden, workspace};
use serde_json::Value;

#[test]
fn the_page_on_keys_is_the_one_of_the_schema() {
    assert_golden(
        &workspace().join("docs/spec.md"),
        keys::page(&schema()).as_bytes(),
    );
}

#[test]
fn the_page_on_codes_is_the_one_of_the_catalogue() {
    assert_golden(&workspace().join("docs/rules.md"), codes::page().as_bytes());
}

/// The schema as it is published.
fn schema() -> Value {
    serde_json::from_str(&iisc_spec::schema_text()).unwrap()
}

#[test]
fn every_example_of_the_schema_is_valid_by_it() {
    let schema = schema();
    let mut count = 0;
    judge_examples(&schema, &schema["definitions"], &mut count);
    assert!(count > 40, "{count}");
}

/// Validates the examples of a schema, and of all schemas within it.
fn judge_examples(schema: &Value, definitions: &Value, count: &mut usize) {
    let Some(object) = schema.as_object() else {
        let items = schema.as_array().into_iter().flatten();
        return items.for_each(|item| judge_examples(item, definitions, count));
    };
    if let Some(examples) = schema["examples"].as_array() {
        let mut whole = schema.clone();
        whole["definitions"] = definitions.clone();
        let validator = jsonschema::draft7::new(&whole).unwrap();
        for example in examples {
            assert!(validator.is_valid(example), "{example} of {schema:#}");
            *count += 1;
        }
    }
    let inner = object
        .iter()
        .filter(|(key, _)| !["default", "examples"].contains(&key.as_str()));
    inner.for_each(|(_, value)| judge_examples(value, definitions, count));
}
