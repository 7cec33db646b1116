//! The reference pages of `docs/` that are made from the code: `spec.md` from the published schema, `rules.md` from
//! the catalogue. `IISC_BLESS=1` rewrites them.
#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test reads files, and ends where it fails; what a JSON value does not have reads as null"
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
