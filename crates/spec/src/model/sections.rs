//! `sections`: how the application gets the settings that a `Web.config` may not hold by itself.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where the handlers of the application stand. A server with only the stock roles has that section locked, and
/// answers every request with 500.19 if a `Web.config` holds it.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Sections {
    /// In `Web.config`; the section is unlocked for this application alone. A deployment can change them.
    #[default]
    Unlock,
    /// In a `<location>` of `applicationHost.config`. Nothing is unlocked, and only administrators change them.
    Location,
}
