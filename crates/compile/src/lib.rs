//! crates/compile
