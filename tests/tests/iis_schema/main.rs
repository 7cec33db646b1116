//! Holds what iisc writes against IIS's own schema files, and shows that the checker refuses what is wrong.
#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test reads files, and ends where it fails; what a JSON value does not have reads as null"
)]

mod artifacts;
mod collected;
mod examples;
mod generated;
mod keys;
#[path = "../../../crates/spec/tests/numbers/mod.rs"]
mod numbers;
mod reference;
mod refusals;
mod shape;
mod specs;
mod texts;
mod versions;
