//! Everything decided, nothing formatted: what one target's files will say.

mod access;
mod effect;
mod features;
mod folder;
pub mod host;
mod lower;
mod process;
mod purpose;
pub mod setup;
mod web;
pub(crate) mod words;

use iisc_gateway_core::settings::GatewaySettings;
use iisc_spec::Target;
use iisc_spec::model::{Sections, WinPath};

pub use self::effect::{Effect, EffectKind, effects};
pub use self::features::{Requirements, WindowsFeature};
pub use self::folder::{Change, Covered, Folder, Grant, Principal, Rights};
pub use self::host::Host;
pub use self::lower::lower;
pub use self::process::Process;
pub use self::purpose::Purpose;
pub use self::setup::Setup;
pub use self::web::{SignIn, StaticFolder, Web};
use crate::sources::Sources;

/// One application on one target. Lists are in the order of the output; there is no `Option` left for an
/// emitter to interpret, except where absence itself is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The version of IIS.
    pub target: Target,
    /// Name of the application; also names its handler and its section in `fcgiext.ini`.
    pub name: String,
    /// Folder of the application on the server.
    pub root: WinPath,
    /// Where in IIS the application is found.
    pub location: Location,
    /// Name of the application pool.
    pub pool: String,
    /// What identifies the FastCGI application.
    pub key: FastCgiKey,
    /// Environment of the FastCGI processes; may be empty.
    pub environment: Vec<(String, String)>,
    /// Numbers of the FastCGI application.
    pub process: Process,
    /// What the gateway is told.
    pub gateway: GatewaySettings,
    /// Bytes of a response that IIS collects before it sends; 0 streams.
    pub response_buffer_limit: Option<u32>,
    /// What IIS itself does with requests; from IIS 7 on.
    pub web: Web,
    /// Where the handlers stand; from IIS 7 on.
    pub sections: Sections,
    /// Who may do what in which folder or file.
    pub access: Vec<Folder>,
    /// What has to be installed on the server before.
    pub requires: Requirements,
    /// Which lines of the spec made what; empty unless the files are to tell.
    pub sources: Sources,
    /// What an administrator sets in IIS; from IIS 7 on.
    pub host: Host,
    /// What set-up does on the server.
    pub setup: Setup,
}

/// A site, and an application in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// Name of the site.
    pub site: String,
    /// Numeric id of the site.
    pub site_id: u32,
    /// Path of the application, `/` for the root application.
    pub path: String,
}

impl Location {
    /// The path in a `<location>` element: site and application, without a slash for the root application.
    #[must_use]
    pub fn configuration_path(&self) -> String {
        format!("{}{}", self.site, self.path.trim_end_matches('/'))
    }
}

/// The pair by which IIS knows a pool of processes. A handler names it, a registration defines it, and IIS
/// compares the two as text: so they are printed from this one value (P02).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FastCgiKey {
    /// The executable, never quoted.
    pub full_path: WinPath,
    /// Its command line.
    pub arguments: String,
}

impl FastCgiKey {
    /// The pair as a handler's `scriptProcessor` names it.
    #[must_use]
    pub fn script_processor(&self) -> String {
        format!("{}|{}", self.full_path, self.arguments)
    }
}

/// The plan of a short spec with something behind it, for tests.
#[cfg(test)]
pub(crate) fn planned(more: &str, target: Target) -> Plan {
    let text = format!(
        r#"{{"name": "s", "root": "D:\\s", "python": {{"interpreter": "D:\\s\\python.exe", "handler": "s.app"}}{more}}}"#
    );
    lower(&serde_json::from_str(&text).unwrap(), target)
}
