//! `restart`: which changed files restart the application.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::glob;
use super::text::text_type;

/// Which changed files restart the application: a `pattern`, or file patterns to `include` and `exclude`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Restart {
    /// Regular expression in Python's dialect. It is matched from the start of a path relative to the root,
    /// with backslashes between folders; a file that matches restarts the application when it changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<RestartPattern>,

    /// Files that restart the application: `*` is any text within a name, `**` any folders, `?` one
    /// character. Paths are relative to the root, with `/` between folders.
    #[schemars(extend("uniqueItems" = true))]
    pub include: Vec<Glob>,

    /// Files that do not, though `include` names them.
    #[schemars(extend("uniqueItems" = true))]
    pub exclude: Vec<Glob>,
}

text_type! {
    /// A regular expression in Python's dialect, as `WSGI_RESTART_FILE_REGEX` takes it.
    #[schemars(example = &r"(?i)(?!env\\).*\.(py|cnf|config)$")]
    RestartPattern
}

impl Restart {
    /// The expression that the gateway is given: the pattern, or what the file patterns amount to.
    ///
    /// `None` if there is neither, which a rule refuses.
    #[must_use]
    pub fn expression(&self) -> Option<String> {
        let given = self.pattern.as_ref().map(RestartPattern::to_string);
        given.or_else(|| glob::expression(&self.include, &self.exclude))
    }
}

text_type! {
    /// A file pattern.
    #[schemars(
        example = &"**/*.py",
        extend("pattern" = r#"^[^/\\:"<>|\x00-\x1F\x7F-\x9F\uFFFE\uFFFF]+(/[^/\\:"<>|\x00-\x1F\x7F-\x9F\uFFFE\uFFFF]+)*$"#),
        extend("patternErrorMessage" = "expected a file pattern relative to the root, with `/` between folders, \
            such as `shop/**/*.py`")
    )]
    Glob
}
