//! `access`: what the application may do on the server beside reading its own files.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::WinPath;
use super::text::text_type;

/// What the application may do on the server beside reading its own files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Access {
    /// Folders that the application may write to: uploads, caches, a database file. The log's folder is
    /// always among them. None of them should lie in a folder that holds code.
    #[schemars(extend("uniqueItems" = true, "examples" = [[r"D:\data\shop"]]))]
    pub writable: Vec<WinPath>,

    /// Folders outside the root that the application may read, such as shared data.
    #[schemars(extend("uniqueItems" = true, "examples" = [[r"D:\data\catalogue"]]))]
    pub readable: Vec<WinPath>,

    /// Permissions of the root as a security descriptor, as `cacls /S` takes it. Without it they are derived:
    /// administrators and the system may do everything, the application may read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sddl: Option<Sddl>,
}

text_type! {
    /// A security descriptor in SDDL, the language in which Windows writes permissions.
    #[schemars(example = &"D:PAI(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;NS)(A;OICI;FA;;;SY)")]
    Sddl
}
