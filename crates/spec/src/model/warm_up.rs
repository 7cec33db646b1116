//! `warm-up`: requests that IIS sends before the first client does.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::text_type;

/// Starts the application with IIS and not with its first client: the pool always runs, never idles, and is sent a
/// request whenever it starts. IIS 8 and later, with the feature Application Initialization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct WarmUp {
    /// URL that IIS asks for, relative to the application. It must be answered by Python, not by a static file.
    pub url: UrlPath,
}

impl Default for WarmUp {
    fn default() -> Self {
        Self {
            url: UrlPath::new("/"),
        }
    }
}

text_type! {
    /// Path of a URL, from `/` on, maybe with a query.
    #[schemars(
        example = &"/health",
        extend("pattern" = r#"^/[A-Za-z0-9._~/?&=;,@!$()*+%-]*$"#),
        extend("patternErrorMessage" = "expected a path such as `/health`, other characters as `%..`")
    )]
    UrlPath
}
