//! The file as typed values: one module per top-level key, plain serde, no places in the text.
//!
//! Doc comments here are the product's documentation: schemars puts them into the JSON Schema, and an
//! editor shows them on hover. A choice is spelled by its key; no type is tagged, untagged or flattened.

mod access;
mod authentication;
mod binding;
mod bridge;
mod errors;
mod filtering;
mod glob;
mod limits;
mod local_file;
mod log;
mod names;
mod packages;
mod pool;
mod process;
mod project_path;
mod proxies;
mod python;
pub(crate) mod quantity;
mod recycle;
mod restart;
mod secret;
mod sections;
mod site;
mod static_files;
mod text;
mod variable;
mod warm_up;
mod winpath;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::access::{Access, Sddl};
pub use self::authentication::Authentication;
pub use self::binding::{Address, Binding, Certificate, HostName, StoreName, Thumbprint};
pub use self::bridge::{Bridge, BridgeKind};
pub use self::errors::{ErrorDetails, ErrorPages, Errors};
pub use self::filtering::{Extension, Method, RequestFiltering, Segment};
pub use self::limits::Limits;
pub use self::local_file::LocalFile;
pub use self::log::{Log, LogLevel};
pub use self::names::{
    AccountName, AppName, PoolName, ProfileName, SiteName, VariableName, VirtualPath,
};
pub use self::packages::{Packages, PipOption, Requirement};
pub use self::pool::{Bitness, Cpu, CpuAction, Identity, IdleAction, Pool, StartMode, User};
pub use self::process::{Process, StderrMode};
pub use self::project_path::ProjectPath;
pub use self::proxies::{ForwardedHeaders, Network, Proxies};
pub use self::python::{Handler, Interface, Python};
pub use self::quantity::{Bytes, Minutes, Seconds};
pub use self::recycle::{Recycle, TimeOfDay};
pub use self::restart::{Glob, Restart, RestartPattern};
pub use self::secret::Secret;
pub use self::sections::Sections;
pub use self::site::{Permission, Site};
pub use self::static_files::{MimeType, StaticMount};
pub(crate) use self::text::is_unwritable;
pub use self::variable::{SpecVariable, Variable, VariableKind, VariableValue};
pub use self::warm_up::{UrlPath, WarmUp};
pub use self::winpath::{PathProblem, WinPath};
use crate::target::Target;

/// One Python web application and everything that IIS must know to serve it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AppSpec {
    /// Name of the application. IIS knows it by this name: it stands in the FastCGI registration and, unless
    /// `pool` says otherwise, is the name of the application pool.
    pub name: AppName,

    /// Folder on the server that the project is copied to. `Web.config`, the file that IIS reads, is placed here
    /// too.
    #[schemars(example = &r"D:\apps\shop")]
    pub root: WinPath,

    /// Which Python runs, and which object in it answers requests.
    pub python: Python,

    /// Where in IIS the application is found: the web site, and the URL path within it.
    #[serde(default)]
    pub site: Site,

    /// The application pool: the process of IIS that takes the requests and starts Python, and the account that both
    /// run as.
    #[serde(default)]
    pub pool: Pool,

    /// The program between IIS and the application: it speaks FastCGI with the one and calls the other.
    #[serde(default)]
    pub bridge: Bridge,

    /// How many Python processes IIS keeps, and for how long.
    #[serde(default)]
    pub process: Process,

    /// Environment variables of the Python processes. Values are taken literally; nothing is expanded.
    #[serde(default)]
    #[schemars(extend(
        "x-key" = "expected letters, digits and `_`, the first no digit",
        "examples" = [{ "SHOP_CURRENCY": "EUR" }]
    ))]
    pub environment: BTreeMap<VariableName, String>,

    /// Environment variables whose value is found on the server and not here: passwords, keys, tokens.
    #[serde(default)]
    #[schemars(extend(
        "x-key" = "expected letters, digits and `_`, the first no digit",
        "examples" = [{ "DATABASE_URL": { "file": r"D:\secrets\shop\database-url.txt" } }]
    ))]
    pub secrets: BTreeMap<VariableName, Secret>,

    /// Folders of files that IIS sends without asking Python, by the URL path below the application at which
    /// they appear, such as `/static`.
    #[serde(default, rename = "static")]
    #[schemars(extend(
        "x-key" = "expected a path such as `/static` that ends without a slash",
        "examples" = [{ "/static": { "folder": "shop/static" } }]
    ))]
    pub static_files: BTreeMap<VirtualPath, StaticMount>,

    /// How much a client may ask for.
    #[serde(default)]
    pub limits: Limits,

    /// Requests that IIS refuses before the application sees them.
    #[serde(default)]
    pub request_filtering: RequestFiltering,

    /// Who answers when something fails.
    #[serde(default)]
    pub errors: Errors,

    /// What becomes of IIS's WebDAV module, which otherwise answers `PUT` and `DELETE` itself, with 405.
    #[serde(default)]
    pub webdav: WebDav,

    /// Where the handlers of the application stand, a section that servers have locked.
    #[serde(default)]
    pub sections: Sections,

    /// Who may send requests.
    #[serde(default)]
    pub authentication: Authentication,

    /// Which proxies in front of IIS are believed when they tell who the client is.
    #[serde(default)]
    pub proxies: Proxies,

    /// Starts the application before its first client. Without it the first request starts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warm_up: Option<WarmUp>,

    /// What the application may do on the server beside reading its own files.
    #[serde(default)]
    pub access: Access,

    /// Files that stand on the server and are not in version control, by their path below the root. Set-up
    /// tells which are missing, and no deployment removes them.
    #[serde(default)]
    #[schemars(extend(
        "x-key" = "expected a path relative to the root, such as `local.cnf`",
        "examples" = [{ "local.cnf": { "description": "address of the database" } }]
    ))]
    pub local_files: BTreeMap<ProjectPath, LocalFile>,

    /// Which changed files restart the application. Without it no file does, which is right for production: a
    /// deployment recycles the pool instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restart: Option<Restart>,

    /// Where the gateway writes its log: its own lines, and all that the application prints. Without it there is no
    /// log file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<Log>,

    /// Sends each piece of a response to the client as soon as the application yields it. Without it IIS
    /// collects up to 4 MiB before the first byte leaves the server.
    #[serde(default)]
    pub streaming: bool,

    /// The versions of IIS that files are written for.
    #[serde(default = "default_targets")]
    #[schemars(length(min = 1), extend("uniqueItems" = true))]
    pub targets: Vec<Target>,

    /// Folder on the server that holds the project, for a further application of a file whose own root is another one.
    /// Not part of the file.
    #[serde(skip)]
    #[schemars(skip)]
    pub project: Option<WinPath>,
}

impl AppSpec {
    /// The folder on the server that holds the project: what lies beside the spec lies there.
    #[must_use]
    pub fn project_root(&self) -> &WinPath {
        self.project.as_ref().unwrap_or(&self.root)
    }
}

/// What becomes of IIS's WebDAV module.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum WebDav {
    /// It is taken out of this application, if the server has it.
    #[default]
    Remove,
    /// It stays.
    Keep,
}

fn default_targets() -> Vec<Target> {
    vec![Target::Iis10]
}
