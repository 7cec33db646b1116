//! `process`: the FastCGI processes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Seconds;

/// How many Python processes IIS keeps, and for how long.
///
/// Each process answers one request at a time, so `max-instances` is the number of requests that are
/// answered at once. Ranges are those of IIS's schema for `fastCgi/application`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Process {
    /// Most processes at a time. 0 lets IIS decide from the number of processors and the memory.
    #[schemars(range(max = 10_000))]
    pub max_instances: u32,

    /// Requests after which a process is replaced.
    #[schemars(range(min = 1, max = 10_000_000))]
    pub max_requests: u32,

    /// Longest time for one request, from its first to its last byte; then IIS ends the process.
    #[schemars(extend("x-min" = "10s", "x-max" = "30d"))]
    pub request_timeout: Seconds,

    /// Longest silence of a process within a request; then IIS ends it.
    #[schemars(extend("x-min" = "10s", "x-max" = "30d"))]
    pub activity_timeout: Seconds,

    /// Time without a request after which a process is ended.
    #[schemars(extend("x-min" = "10s", "x-max" = "30d"))]
    pub idle_timeout: Seconds,

    /// Time a process has to finish its request after IIS has told it to stop. `0s` gives it none.
    #[schemars(extend("x-min" = "0s", "x-max" = "60s"))]
    pub stop_grace: Seconds,

    /// Requests that may wait for a free process before IIS answers 503.
    #[schemars(range(min = 1, max = 100_000_000))]
    pub queue_length: u32,
}

impl Default for Process {
    fn default() -> Self {
        Self {
            max_instances: 0,
            max_requests: 10_000,
            request_timeout: Seconds(90),
            activity_timeout: Seconds(70),
            idle_timeout: Seconds(300),
            stop_grace: Seconds(30),
            queue_length: 1_000,
        }
    }
}
