//! IIS reads a `Web.config` of at most 250 KB.

use crate::diag::{Diagnostic, Level};
use crate::rules::{Phase, Rule};

pub(crate) static RULE: Rule = Rule::advice(
    1037,
    "long-file",
    Level::Warning,
    include_str!("long-file.md"),
    Phase::Text,
);

/// The limit of a server on which nobody has changed it.
const MOST: usize = 250 * 1024;

/// Judges the length of a `Web.config` in bytes.
pub(crate) fn check(length: usize) -> Option<Diagnostic> {
    let problem = || {
        RULE.problem("the file is larger than 250 KB")
            .help("move parts of it into folders' own files, or raise `MaxWebConfigFileSizeInKB` on the server")
    };
    (length > MOST).then(problem)
}
