//! The one place where the command asks what is wrong with a file.

use std::rc::Rc;

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
    /// The profiles to judge.
    pub(crate) profiles: Profiles,
    /// Variables that come from outside the spec.
    pub(crate) variables: Variables,
}

/// Which of a spec's profiles are judged.
#[derive(Debug, Default)]
pub(crate) enum Profiles {
    /// The spec as it stands, and with each of its profiles.
    #[default]
    All,
    /// The spec as it stands.
    Base,
    /// The spec with this profile.
    One(String),
}

impl Profiles {
    fn scope(&self) -> Scope<'_> {
        match self {
            Self::All => Scope::Everything,
            Self::Base => Scope::Base,
            Self::One(name) => Scope::Profile(name),
        }
    }
}

/// Judges the bytes of one input; called from several threads.
pub(crate) fn examine(input: &Input, bytes: &[u8], settings: &Settings) -> Checked {
    if let Some(file) = examine_file(input, bytes) {
        return file.into();
    }
    let world = match input {
        Input::File(path) => Some(DiskWorld::around(path)),
        Input::Stdin(Some(path)) => DiskWorld::of(path).map(Rc::new),
        Input::Stdin(None) => None,
    };
    let options = Options {
        targets: &settings.targets,
        scope: settings.profiles.scope(),
        variables: Some(&settings.variables),
        world: world.as_deref().map(|world| world as &dyn World),
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
