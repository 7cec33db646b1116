//! The versions of IIS that artifacts are written for.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A version of IIS to write artifacts for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// IIS 6 on Windows Server 2003, with the FastCGI extension 1.5.
    Iis6,
    /// IIS 10 on Windows Server 2016 and later and on Windows 10 and 11.
    Iis10,
}

impl Target {
    /// Every target, oldest first.
    pub const ALL: [Self; 2] = [Self::Iis6, Self::Iis10];

    /// The name that specs, commands and folders use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Iis6 => "iis6",
            Self::Iis10 => "iis10",
        }
    }

    /// The target of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.name() == name)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
