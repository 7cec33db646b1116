//! `authentication`: who may send requests.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who may send requests, as far as IIS decides it. What an application does itself is not meant here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Authentication {
    /// Lets everybody in without signing in at IIS.
    pub anonymous: bool,

    /// Lets users of the Windows domain in by their Windows account. The application finds the name in `REMOTE_USER`.
    pub windows: bool,

    /// Lets users in by name and password of a Windows account, which the browser sends readably with each request:
    /// only over `https`.
    pub basic: bool,

    /// Cuts `DOMAIN\` off the name in `REMOTE_USER`.
    pub strip_domain: bool,
}

impl Default for Authentication {
    fn default() -> Self {
        Self {
            anonymous: true,
            windows: false,
            basic: false,
            strip_domain: false,
        }
    }
}
