//! `authentication`: who may send requests.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who may send requests, as far as IIS decides it. What an application does itself is not meant here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Authentication {
    /// Everybody, without a name.
    pub anonymous: bool,

    /// Users of the domain, signed in by Windows. The application finds them in `REMOTE_USER`.
    pub windows: bool,

    /// Users with a password that the browser sends with each request. Only over `https`.
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
