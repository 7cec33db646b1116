//! `pool`: the application pool.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::names::AccountName;
use super::{Minutes, PoolName, Recycle, Seconds, VariableName};
use crate::target::{Feature, Target};

/// The application pool, whose identity the Python processes run as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Pool {
    /// Name of the pool. By default the name of the application, so that no two applications share one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("examples" = ["shop"]))]
    pub name: Option<PoolName>,

    /// The account that the application runs as. By default the pool's own virtual account,
    /// `application-pool`; on IIS 6 and 7, which know no such account, `network-service`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity>,

    /// The account of `identity: specific-user`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<User>,

    /// When IIS starts the pool's worker process, `w3wp.exe`.
    pub start_mode: StartMode,

    /// Whether the pool's worker process has 32 or 64 bits. Python is a process of its own, so either kind can start
    /// either kind of Python.
    pub bitness: Bitness,

    /// Time without a request after which the pool stops, and its Python processes with it. `0m` keeps it
    /// running.
    #[schemars(extend("x-min" = "0m", "x-max" = "30d"))]
    pub idle_timeout: Minutes,

    /// What IIS does with a pool whose `idle-timeout` is over.
    pub idle_action: IdleAction,

    /// When IIS replaces the pool's processes by fresh ones, those of Python included.
    pub recycle: Recycle,

    /// How much of the processors the pool may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu: Option<Cpu>,

    /// Gives the processes the user profile of the account (`loadUserProfile`). Libraries that keep files below the
    /// home folder or in `%APPDATA%` need it.
    pub load_user_profile: bool,

    /// Worker processes of the pool. With more than one, which IIS calls a web garden, each starts Python processes
    /// of its own, as many as `process` says.
    #[schemars(range(min = 1, max = 1_000))]
    pub max_processes: u32,

    /// Requests that may wait for the worker process; further ones are answered with 503.
    #[schemars(range(min = 10, max = 65_535))]
    pub queue_length: u32,

    /// Time that a worker process has to finish its requests when it is replaced.
    #[schemars(extend("x-min" = "1s", "x-max" = "30d"))]
    pub shutdown_timeout: Seconds,
}

impl Default for Pool {
    fn default() -> Self {
        Self {
            name: None,
            identity: None,
            user: None,
            start_mode: StartMode::OnDemand,
            bitness: Bitness::Bits64,
            idle_timeout: Minutes(20),
            idle_action: IdleAction::Terminate,
            recycle: Recycle::default(),
            cpu: None,
            load_user_profile: false,
            max_processes: 1,
            queue_length: 1_000,
            shutdown_timeout: Seconds(90),
        }
    }
}

impl Pool {
    /// The account that the pool runs as on a target: the one given, else its own where IIS makes one.
    #[must_use]
    pub fn identity_on(&self, target: Target) -> Identity {
        let own = match target.has(Feature::ApplicationPoolIdentity) {
            true => Identity::ApplicationPool,
            false => Identity::NetworkService,
        };
        self.identity.unwrap_or(own)
    }
}

/// The account that a pool runs as.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Identity {
    /// The virtual account that IIS makes for each pool, `IIS AppPool\<name>`. IIS 7.5 and later.
    ApplicationPool,
    /// `NT AUTHORITY\NETWORK SERVICE`: shared with other services, few rights.
    NetworkService,
    /// `NT AUTHORITY\LOCAL SERVICE`: shared with other services, no name on the network.
    LocalService,
    /// `NT AUTHORITY\SYSTEM`: may do everything on the server, and so may whoever breaks into the
    /// application.
    LocalSystem,
    /// The account that `user` names.
    SpecificUser,
}

/// An account with a name and a password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct User {
    /// The account: `DOMAIN\name`, `.\name` for one of the server, or `DOMAIN\name$` for a group managed
    /// service account, which has no password.
    pub name: AccountName,

    /// Environment variable that holds the password when the server is set up. The password itself is never part
    /// of a spec.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"SHOP_POOL_PASSWORD")]
    pub password_from: Option<VariableName>,
}

/// When a worker process starts.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum StartMode {
    /// With the first request.
    #[default]
    OnDemand,
    /// With IIS. IIS 7.5 and later; `warm-up` sets it.
    AlwaysRunning,
}

/// Bits of a worker process.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub enum Bitness {
    /// A 64-bit process.
    #[default]
    #[serde(rename = "64-bit")]
    Bits64,
    /// A 32-bit process (`enable32BitAppOnWin64`).
    #[serde(rename = "32-bit")]
    Bits32,
}

/// What becomes of an idle pool.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum IdleAction {
    /// Its processes end.
    #[default]
    Terminate,
    /// Its worker process is paged out. IIS 8.5 and later.
    Suspend,
}

/// How much of the processors a pool may take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Cpu {
    /// Share of all processors together, in percent. 0 sets no limit.
    #[schemars(range(max = 100))]
    pub limit: u32,

    /// What happens to a pool that takes more.
    pub action: CpuAction,

    /// The time over which the share is measured.
    #[schemars(extend("x-min" = "1m", "x-max" = "1d"))]
    pub interval: Minutes,
}

impl Default for Cpu {
    fn default() -> Self {
        Self {
            limit: 0,
            action: CpuAction::None,
            interval: Minutes(5),
        }
    }
}

/// What happens to a pool that takes too much of the processors.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum CpuAction {
    /// An event is logged.
    #[default]
    None,
    /// The pool is stopped for the rest of the interval.
    Kill,
    /// The pool is slowed down. IIS 8 and later.
    Throttle,
    /// The pool is slowed down while others need the processors. IIS 8 and later.
    ThrottleUnderLoad,
}
