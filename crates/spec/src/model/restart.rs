//! `restart`: which changed files restart the application.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::text_type;

/// Which changed files restart the application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Restart {
    /// Regular expression in Python's dialect. It is matched from the start of a path relative to the root,
    /// with backslashes between folders; a file that matches restarts the application when it changes.
    pub pattern: RestartPattern,
}

text_type! {
    /// A regular expression in Python's dialect, as `WSGI_RESTART_FILE_REGEX` takes it.
    #[schemars(example = &r"(?i).*\.(py|cnf|config)$")]
    RestartPattern
}
