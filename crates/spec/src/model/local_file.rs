//! `local-files`: files that stand on the server and are not in version control.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ProjectPath;

/// A file that stands on the server and is not in version control, such as `local.cnf`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct LocalFile {
    /// What the file is for, in words for whoever sets up the server.
    #[schemars(extend("examples" = ["address of the database"]))]
    pub description: String,

    /// A file of the project that shows what goes into it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"local.cnf.example")]
    pub template: Option<ProjectPath>,
}
