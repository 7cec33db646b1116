//! What a check is told beside the file.

use std::collections::BTreeMap;

use crate::target::Target;
use crate::world::World;

/// What a check is told beside the file. The default checks all of a file, for its own targets, and asks nothing
/// about the project's folder.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    /// Targets that take the place of the spec's own, unless empty.
    pub targets: &'a [Target],
    /// Which profiles are looked at.
    pub scope: Scope<'a>,
    /// Values for variables. One that the file does not declare is ignored: see
    /// [`Checked::variables`](crate::Checked::variables).
    pub variables: Option<&'a BTreeMap<String, String>>,
    /// The folder that the file lies in.
    pub world: Option<&'a dyn World>,
}

impl Options<'_> {
    /// True if every rule looks at every profile, with the targets of the file.
    pub(crate) fn is_complete(&self) -> bool {
        self.scope == Scope::Everything && self.targets.is_empty() && self.world.is_some()
    }
}

/// Which profiles of a file are looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scope<'a> {
    /// The file alone, and with each of its profiles.
    #[default]
    Everything,
    /// The file alone.
    Base,
    /// The file with this profile; a file that has no profiles at all, alone.
    Profile(&'a str),
}
