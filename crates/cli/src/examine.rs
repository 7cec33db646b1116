//! The one place where the command asks what is wrong with a file.

use iisc_spec::iisfile::{self, CheckedFile};
use iisc_spec::{Checked, Options, Scope, Span, Target, World};

use crate::input::Input;
use crate::variables::Variables;
use crate::world::DiskWorld;

/// What the checks take into account besides the file.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    /// Versions of IIS; none stands for those that the spec names.
    pub(crate) targets: Vec<Target>,
    /// The profile to judge; none stands for all.
    pub(crate) profile: Option<String>,
    /// Variables that come from outside the spec.
    pub(crate) variables: Variables,
}

/// Judges the bytes of one input; called from several threads.
pub(crate) fn examine(input: &Input, bytes: &[u8], settings: &Settings) -> Checked {
    if let Some(file) = examine_file(input, bytes) {
        return file.into();
    }
    let world = match input {
        Input::File(path) => Some(DiskWorld::around(path)),
        Input::Stdin(Some(path)) => DiskWorld::of(path),
        Input::Stdin(None) => None,
    };
    let options = Options {
        targets: &settings.targets,
        scope: settings
            .profile
            .as_deref()
            .map_or(Scope::Everything, Scope::Profile),
        variables: Some(&settings.variables),
        world: world.as_ref().map(|world| world as &dyn World),
    };
    iisc_spec::check(&input.name(), bytes, &options)
}

/// Judges one of IIS's own files; `None` for a spec.
pub(crate) fn examine_file(input: &Input, bytes: &[u8]) -> Option<CheckedFile> {
    iisfile::kind_of(&input.name(), bytes).map(|_| iisfile::check(&input.name(), bytes))
}

/// The places of a file whose text must not be shown.
pub(crate) fn secrets(checked: &Checked) -> &[Span] {
    &checked.secrets
}
