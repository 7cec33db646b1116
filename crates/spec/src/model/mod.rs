//! The file as typed values: one module per top-level key, plain serde, no places in the text.
//!
//! Doc comments here are the product's documentation: schemars puts them into the JSON Schema, and an
//! editor shows them on hover. A choice is spelled by its key; no type is tagged, untagged or flattened.

mod access;
mod duration;
mod log;
mod names;
mod pool;
mod process;
mod python;
mod restart;
mod site;
mod text;
mod winpath;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::access::Access;
pub use self::duration::Seconds;
pub use self::log::Log;
pub use self::names::{AppName, PoolName, SiteName, VariableName, VirtualPath};
pub use self::pool::Pool;
pub use self::process::Process;
pub use self::python::{Handler, Python};
pub use self::restart::{Restart, RestartPattern};
pub use self::site::Site;
pub(crate) use self::text::is_unwritable;
pub use self::winpath::{PathProblem, WinPath};
use crate::target::Target;

/// One Python web application and everything that IIS must know to serve it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AppSpec {
    /// Name of the application. Names the FastCGI registration, the section in `fcgiext.ini` and, unless
    /// `pool` says otherwise, the application pool.
    pub name: AppName,

    /// Folder on the server that holds the application; `Web.config` is placed here. The tutorial calls
    /// it `%APPROOT%`.
    #[schemars(example = &r"D:\apps\shop")]
    pub root: WinPath,

    /// The interpreter and the object in it that answers requests.
    pub python: Python,

    /// Where in IIS the application is found.
    #[serde(default)]
    pub site: Site,

    /// The application pool that the application runs in.
    #[serde(default)]
    pub pool: Pool,

    /// How many Python processes IIS keeps, and for how long.
    #[serde(default)]
    pub process: Process,

    /// Environment variables of the Python processes. Values are taken literally; nothing is expanded.
    #[serde(default)]
    #[schemars(extend("x-key" = "expected letters, digits and `_`, the first no digit"))]
    pub environment: BTreeMap<VariableName, String>,

    /// What the application may do on the server beside reading its own files.
    #[serde(default)]
    pub access: Access,

    /// When changed files restart the application. Without it nothing is watched, which is right for
    /// production: a deployment recycles the pool instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restart: Option<Restart>,

    /// Where the gateway writes its log. Without it nothing is logged to a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<Log>,

    /// Sends each piece of a response to the client as soon as the application yields it. Without it IIS
    /// collects up to 4 MiB before the first byte leaves the server.
    #[serde(default)]
    pub streaming: bool,

    /// The versions of IIS to write artifacts for.
    #[serde(default = "default_targets")]
    #[schemars(length(min = 1), extend("uniqueItems" = true))]
    pub targets: Vec<Target>,
}

fn default_targets() -> Vec<Target> {
    vec![Target::Iis10]
}
