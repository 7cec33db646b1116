//! `errors`: who answers when something fails.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who answers when something fails.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Errors {
    /// What IIS does with a response of the application whose status is 400 or higher (`existingResponse`).
    pub pages: ErrorPages,

    /// Who is shown the details of an error of IIS itself, such as paths and settings (`errorMode`).
    pub details: ErrorDetails,
}

/// What IIS does with error responses of the application (`httpErrors existingResponse`).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorPages {
    /// Sends them as they are: an API's JSON stays JSON.
    #[default]
    PassThrough,
    /// Sends those with a body as they are, and its own page for the others.
    Auto,
    /// Sends its own page.
    Replace,
}

/// Who sees what went wrong inside IIS (`httpErrors errorMode`).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorDetails {
    /// Browsers on the server itself.
    #[default]
    Local,
    /// Nobody.
    Nobody,
    /// Everybody: for a server under development only.
    Everybody,
}
