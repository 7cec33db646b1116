//! `bridge`: what stands between IIS and the application.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::WinPath;

/// The program between IIS and the application.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Bridge {
    /// Which program it is.
    pub kind: BridgeKind,

    /// Where `wfastcgi.py` lies, for `kind: wfastcgi`. Without it the module `wfastcgi` of the virtual environment
    /// is run.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = &r"C:\Inetpub\wwwroot\wfastcgi.py")]
    pub script: Option<WinPath>,
}

/// A program that speaks FastCGI with IIS.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum BridgeKind {
    /// `iisc_gateway`, which belongs to iisc.
    #[default]
    Gateway,
    /// `wfastcgi`, unmaintained since 2017: for a server that cannot change yet.
    Wfastcgi,
}
