//! Why a task could not be done.

use std::fmt::{self, Display};
use std::io;

/// What happened and what to do, as the terminal shows it.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    /// Tells it in our own words.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Adds what the operating system says to what could not be done.
    pub(crate) fn io(what: impl Display) -> impl FnOnce(io::Error) -> Self {
        move |error| Self(format!("{what}: {error}"))
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
