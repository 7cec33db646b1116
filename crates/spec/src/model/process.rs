//! `process`: the FastCGI processes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Seconds, WinPath};

/// How many Python processes IIS keeps, and for how long.
///
/// Each process answers one request at a time, so `max-instances` is the number of requests that are
/// answered at once. Ranges are those of IIS's schema for `fastCgi/application`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Process {
    /// Most Python processes at a time (`maxInstances`). Each answers one request at a time. 0 lets IIS decide from
    /// the number of processors and the memory.
    #[schemars(range(max = 10_000))]
    pub max_instances: u32,

    /// Requests after which a process is replaced by a fresh one (`instanceMaxRequests`).
    #[schemars(range(min = 1, max = 10_000_000))]
    pub max_requests: u32,

    /// Longest time for one request, from its first to its last byte (`requestTimeout`); then IIS ends the process.
    #[schemars(extend("x-min" = "10s", "x-max" = "30d"))]
    pub request_timeout: Seconds,

    /// Longest time within a request in which a process neither reads nor writes (`activityTimeout`); then IIS ends
    /// it.
    #[schemars(extend("x-min" = "10s", "x-max" = "30d"))]
    pub activity_timeout: Seconds,

    /// Time without a request after which IIS ends a process (`idleTimeout`).
    #[schemars(extend("x-min" = "10s", "x-max" = "30d"))]
    pub idle_timeout: Seconds,

    /// Time a process has to finish its request after IIS has told it to stop
    /// (`signalBeforeTerminateSeconds`). `0s` gives it none.
    #[schemars(extend("x-min" = "0s", "x-max" = "60s"))]
    pub stop_grace: Seconds,

    /// Requests that may wait for a free process (`queueLength`); further ones are answered with 503.
    #[schemars(range(min = 1, max = 100_000_000))]
    pub queue_length: u32,

    /// Crashes within a minute after which IIS starts no process until the minute is over (`rapidFailsPerMinute`).
    #[schemars(range(max = 1_000))]
    pub rapid_fails: u32,

    /// What IIS does when a process writes to FastCGI's error stream (`stderrMode`).
    pub stderr: StderrMode,

    /// A file whose change ends the processes (`monitorChangesTo`), so that the next request meets new code: one that
    /// a deployment writes last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = &r"D:\apps\shop\deployed.txt")]
    pub monitor: Option<WinPath>,
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
            rapid_fails: 10,
            stderr: StderrMode::ReturnStderrIn500,
            monitor: None,
        }
    }
}

/// What IIS does when a process writes to FastCGI's error stream.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub enum StderrMode {
    /// Answers 500 with the text.
    #[default]
    #[serde(rename = "return-stderr-in-500")]
    ReturnStderrIn500,
    /// Answers 500 without it.
    #[serde(rename = "return-generic-500")]
    ReturnGeneric500,
    /// Drops the text.
    #[serde(rename = "ignore-and-return-200")]
    IgnoreAndReturn200,
    /// Ends the process.
    #[serde(rename = "terminate-process")]
    TerminateProcess,
}
