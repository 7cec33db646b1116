//! `access`: what the application may do on the server beside reading its own files.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::WinPath;

/// What the application may do on the server beside reading its own files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Access {
    /// Folders that the application may write to: uploads, caches, a database file. The log's folder is
    /// always among them. None of them should lie in a folder that holds code.
    #[schemars(extend("uniqueItems" = true))]
    pub writable: Vec<WinPath>,
}
