//! `site`: where in IIS the application is found.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{SiteName, VirtualPath};

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
    pub path: VirtualPath,
}

impl Default for Site {
    fn default() -> Self {
        Self {
            name: SiteName::new("Default Web Site"),
            id: 1,
            path: VirtualPath::new("/"),
        }
    }
}
