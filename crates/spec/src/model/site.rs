//! `site`: where in IIS the application is found.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Binding, SiteName, VirtualPath};

/// The web site and the URL path within it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Site {
    /// Name of the site, as IIS Manager shows it.
    pub name: SiteName,

    /// Numeric id of the site. IIS 6 knows a site only by it; the first site of a server is 1.
    #[schemars(range(min = 1))]
    pub id: u32,

    /// URL path of the application within the site. `/` is the site itself.
    ///
    /// What is made there is an IIS application, not a bare virtual directory: Python reads its settings from
    /// the root of the application.
    pub path: VirtualPath,

    /// Addresses that the site answers on. Without any the site keeps those that it has, or gets port 80 if
    /// it is new.
    pub bindings: Vec<Binding>,

    /// What IIS may do with the files of the application (`accessPolicy`). The handler needs `script`.
    #[schemars(length(min = 1), extend("uniqueItems" = true))]
    pub permissions: Vec<Permission>,
}

impl Default for Site {
    fn default() -> Self {
        Self {
            name: SiteName::new("Default Web Site"),
            id: 1,
            path: VirtualPath::new("/"),
            bindings: Vec::new(),
            permissions: vec![Permission::Read, Permission::Script],
        }
    }
}

/// One thing that IIS may do with the files of an application.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Permission {
    /// Send files as they are.
    Read,
    /// Run what a handler is registered for.
    Script,
    /// Take files that clients upload over HTTP.
    Write,
    /// Run programs.
    Execute,
    /// Show the source of scripts.
    Source,
}
