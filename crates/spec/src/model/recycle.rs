//! `pool.recycle`: when a pool is replaced by a fresh one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::text_type;
use super::{Bytes, Minutes};

/// When IIS replaces a pool's processes by fresh ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Recycle {
    /// After this time; `0m` sets none. With IIS's own 29 hours the time of day moves; `at` names an hour when
    /// nobody works.
    #[schemars(extend("x-min" = "0m", "x-max" = "300d"))]
    pub interval: Minutes,

    /// At these times of the day.
    #[schemars(extend("uniqueItems" = true))]
    pub at: Vec<TimeOfDay>,

    /// After this number of requests; 0 sets none.
    pub requests: u32,

    /// Once the worker process takes this much memory; `0B` sets no limit. What Python takes does not count.
    #[schemars(extend("x-min" = "0B", "x-max" = "4000GB"))]
    pub private_memory: Bytes,
}

impl Default for Recycle {
    fn default() -> Self {
        Self {
            interval: Minutes(29 * 60),
            at: Vec::new(),
            requests: 0,
            private_memory: Bytes(0),
        }
    }
}

text_type! {
    /// Hours and minutes of a day.
    #[schemars(
        example = &"03:00",
        extend("pattern" = "^([01][0-9]|2[0-3]):[0-5][0-9]$"),
        extend("patternErrorMessage" = "expected hours and minutes in quotes, such as `\"03:00\"`")
    )]
    TimeOfDay
}
