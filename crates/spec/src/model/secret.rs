//! `secrets`: environment variables whose value is not part of the spec.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::WinPath;

/// Where the value of a secret is found on the server. Neither the spec nor any file made of it holds the value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Secret {
    /// File on the server that holds the value and nothing else. The gateway reads it when it starts; the
    /// application may read the file and nobody else should.
    #[schemars(example = &r"D:\secrets\shop\database-url.txt")]
    pub file: WinPath,
}
