//! `site`: where in IIS the application is found.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Binding, SiteName, VirtualPath};

/// Where in IIS the application is found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Site {
    /// Name of the web site, as IIS Manager shows it under Sites.
    pub name: SiteName,

    /// Number of the site, the column ID in IIS Manager. Only IIS 6 needs it, which takes 1 without it, the first site
    /// of a server. Later versions give a new site the next number that is free.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1), extend("examples" = [2]))]
    pub id: Option<u32>,

    /// URL path of the application within the site: `/shop` answers `/shop` and all below it, `/` the whole site.
    /// IIS must have an application there; a virtual directory is not enough, since Python takes its settings from the
    /// root of an application.
    pub path: VirtualPath,

    /// Addresses that the site answers on. Without any the site keeps those that it has, or gets port 80 if
    /// it is new. IIS Express is given those of the host `localhost` alone, or port 8080.
    #[schemars(extend("examples" = [[{ "host": "shop.example.com" }]]))]
    pub bindings: Vec<Binding>,

    /// What IIS may do with the files of the application (`accessPolicy`). Python needs `script`.
    #[schemars(length(min = 1), extend("uniqueItems" = true))]
    pub permissions: Vec<Permission>,
}

impl Default for Site {
    fn default() -> Self {
        Self {
            name: SiteName::new("Default Web Site"),
            id: None,
            path: VirtualPath::new("/"),
            bindings: Vec::new(),
            permissions: vec![Permission::Read, Permission::Script],
        }
    }
}

impl Site {
    /// The number by which IIS 6 knows the site.
    #[must_use]
    pub fn iis6_id(&self) -> u32 {
        self.id.unwrap_or(1)
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
