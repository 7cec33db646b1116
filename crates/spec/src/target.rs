//! The versions of IIS that artifacts are written for.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A version of IIS to write artifacts for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub enum Target {
    /// IIS 6 on Windows Server 2003, with the FastCGI extension 1.5.
    #[serde(rename = "iis6")]
    Iis6,
    /// IIS 7.0 on Windows Server 2008 and Windows Vista, without later updates of its FastCGI module.
    #[serde(rename = "iis7")]
    Iis7,
    /// IIS 7.5 on Windows Server 2008 R2 and Windows 7.
    #[serde(rename = "iis7.5")]
    Iis7_5,
    /// IIS 8.0 on Windows Server 2012 and Windows 8.
    #[serde(rename = "iis8")]
    Iis8,
    /// IIS 8.5 on Windows Server 2012 R2 and Windows 8.1.
    #[serde(rename = "iis8.5")]
    Iis8_5,
    /// IIS 10 on Windows Server 2016 and later and on Windows 10 and 11.
    #[serde(rename = "iis10")]
    Iis10,
    /// IIS 10 Express on a developer's machine, which runs as the developer.
    #[serde(rename = "iis-express")]
    IisExpress,
}

/// Something that not every version of IIS can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feature {
    /// `applicationHost.config`: settings by schema. IIS 6 has the metabase and `fcgiext.ini`.
    Schema,
    /// FastCGI's `stderrMode`, `monitorChangesTo` and `signalBeforeTerminateSeconds`. IIS 7.0 got them by an
    /// update (KB 980363), which not every server has.
    FastCgiUpdate,
    /// The virtual account of an application pool. IIS 7.0 got it by Service Pack 2.
    ApplicationPoolIdentity,
    /// A pool's `startMode`.
    StartMode,
    /// An application's `preloadEnabled`, and `applicationInitialization`.
    Preload,
    /// A certificate for each host name (SNI), and the central certificate store.
    Sni,
    /// Slowing a pool down by processor time.
    CpuThrottle,
    /// Paging an idle pool out.
    IdleSuspend,
}

impl Target {
    /// Every target, oldest first.
    pub const ALL: [Self; 7] = [
        Self::Iis6,
        Self::Iis7,
        Self::Iis7_5,
        Self::Iis8,
        Self::Iis8_5,
        Self::Iis10,
        Self::IisExpress,
    ];

    /// The targets that are configured by `applicationHost.config`: all but IIS 6.
    pub const WITH_SCHEMA: [Self; 6] = [
        Self::Iis7,
        Self::Iis7_5,
        Self::Iis8,
        Self::Iis8_5,
        Self::Iis10,
        Self::IisExpress,
    ];

    /// The name that specs, commands and folders use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Iis6 => "iis6",
            Self::Iis7 => "iis7",
            Self::Iis7_5 => "iis7.5",
            Self::Iis8 => "iis8",
            Self::Iis8_5 => "iis8.5",
            Self::Iis10 => "iis10",
            Self::IisExpress => "iis-express",
        }
    }

    /// The target of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.name() == name)
    }

    /// True if this version can do it as it is installed, without updates.
    #[must_use]
    pub fn has(self, feature: Feature) -> bool {
        // The extension for IIS 6 is version 1.5, which brought what IIS 7.0 lacks.
        let extension = self == Self::Iis6 && feature == Feature::FastCgiUpdate;
        extension || self >= feature.since()
    }
}

impl Feature {
    /// The first version of IIS 7 and later that has it.
    #[must_use]
    pub const fn since(self) -> Target {
        match self {
            Self::Schema => Target::Iis7,
            Self::FastCgiUpdate | Self::ApplicationPoolIdentity | Self::StartMode => Target::Iis7_5,
            Self::Preload | Self::Sni | Self::CpuThrottle => Target::Iis8,
            Self::IdleSuspend => Target::Iis8_5,
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_of_iis_6_can_what_iis_7_lacks() {
        assert!(Target::Iis6.has(Feature::FastCgiUpdate));
        assert!(!Target::Iis7.has(Feature::FastCgiUpdate));
        assert!(Target::Iis7_5.has(Feature::FastCgiUpdate));
        assert!(!Target::Iis6.has(Feature::Preload));
    }

    #[test]
    fn names_are_read_back() {
        for target in Target::ALL {
            assert_eq!(Target::from_name(target.name()), Some(target));
        }
    }
}
