//! `log`: the gateway's log file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::WinPath;

/// The gateway's log file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Log {
    /// The file. Its folder should lie outside the root; the application may write to it, without being
    /// named in `access.writable`.
    #[schemars(example = &r"D:\logs\shop\gateway.log")]
    pub file: WinPath,
}
