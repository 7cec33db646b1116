//! `restart`: which changed files restart the application.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which changed files restart the application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Restart {
    /// Regular expression in Python's dialect. It is matched from the start of a path relative to the root,
    /// with backslashes between folders; a file that matches restarts the application when it changes.
    pub pattern: RestartPattern,
}

/// A regular expression in Python's dialect, as `WSGI_RESTART_FILE_REGEX` takes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(example = &r"(?i).*\.(py|cnf|config)$")]
pub struct RestartPattern(String);

impl RestartPattern {
    /// Wraps a text; a rule judges it.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text as the user wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RestartPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
