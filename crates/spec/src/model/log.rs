//! `log`: the gateway's log file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Bytes, WinPath};

/// The gateway's log file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Log {
    /// The file. Its folder should lie outside the root; the application may write to it, without being
    /// named in `access.writable`.
    #[schemars(example = &r"D:\logs\shop\gateway.log")]
    pub file: WinPath,

    /// How important a line must be to be written.
    #[serde(default)]
    pub level: LogLevel,

    /// Size at which the file is closed and a new one begun; `0B` lets it grow without end.
    #[serde(default = "default_size")]
    #[schemars(extend("x-min" = "0B", "x-max" = "4GB"))]
    pub max_size: Bytes,

    /// Number of closed files that are kept.
    #[serde(default = "default_keep")]
    #[schemars(range(max = 1_000))]
    pub keep: u32,
}

const fn default_size() -> Bytes {
    Bytes(10 << 20)
}

const fn default_keep() -> u32 {
    5
}

/// How important a line of the log is.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum LogLevel {
    /// Everything, for finding a fault.
    Debug,
    /// Starts, stops and requests that failed.
    #[default]
    Info,
    /// What may need a look.
    Warning,
    /// What failed.
    Error,
}
