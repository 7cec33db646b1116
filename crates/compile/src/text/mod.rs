//! The text formats: trees that are printed in one place each, where quoting lives.

pub mod appcmd;
pub mod cmd;
pub mod hex;
pub mod ini;
pub mod plain;
pub mod time_span;
pub mod xml;
pub mod xpath;

use std::fmt;

/// A value that a format has no safe way to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsayable {
    /// The format, as users call it.
    pub format: &'static str,
    /// The value.
    pub value: String,
    /// What in it cannot be said.
    pub reason: &'static str,
}

impl fmt::Display for Unsayable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the value {:?} cannot be written to {}: {}",
            self.value, self.format, self.reason
        )
    }
}

impl std::error::Error for Unsayable {}
