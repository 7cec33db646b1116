//! One spec for a command that makes something of it.

use std::path::{Path, PathBuf};

use iisc_spec::{Checked, Level, Options, Profiled, Target, ValidSpec};

use crate::args::ViewArgs;
use crate::disk::DiskError;
use crate::examine::{Profiles, Settings, examine};
use crate::exit::Exit;
use crate::given::Given;
use crate::input::Input;
use crate::render;
use crate::variables::Variables;

/// A spec that was read and checked, whatever was found; nothing is shown yet, so that several can be read at once.
#[derive(Debug)]
pub(crate) struct Loaded {
    path: PathBuf,
    bytes: Vec<u8>,
    pub(crate) checked: Checked,
}

impl Loaded {
    /// Reads and checks a spec, for its own targets if none is given.
    pub(crate) fn read(path: &Path, settings: &Settings) -> Result<Self, DiskError> {
        let input = Input::File(path.to_path_buf());
        let bytes = input.read()?;
        let checked = examine(&input, &bytes, settings);
        Ok(Self {
            path: path.to_path_buf(),
            bytes,
            checked,
        })
    }

    /// Shows what was found, and gives the spec if nothing of it is an error.
    pub(crate) fn shown(self) -> Result<Spec, Exit> {
        render::show(&self.checked);
        if self.checked.applications.is_empty() {
            return Err(without_application(&self.checked));
        }
        Ok(Spec {
            path: self.path,
            bytes: self.bytes,
            checked: self.checked,
        })
    }
}

/// What a command takes into account that makes something of a spec: one profile, or the spec as it stands.
pub(crate) fn settings(targets: &[Target], view: &ViewArgs, given: &Given) -> Settings {
    Settings {
        targets: targets.to_vec(),
        profiles: view.profile.clone().map_or(Profiles::Base, Profiles::One),
        variables: given.values.clone(),
    }
}

/// A spec without errors, as it is with one profile or none.
#[derive(Debug)]
pub(crate) struct Spec {
    pub(crate) path: PathBuf,
    pub(crate) bytes: Vec<u8>,
    pub(crate) checked: Checked,
}

impl Spec {
    /// Reads and checks a spec, for its own targets if none is given, and shows what was found.
    pub(crate) fn load(
        file: &Path,
        targets: &[Target],
        view: &ViewArgs,
        given: &Given,
    ) -> Result<Self, Exit> {
        let loaded = Loaded::read(file, &settings(targets, view, given));
        let spec = loaded.map_err(Exit::unusable)?.shown()?;
        given.refuse_undeclared([&spec.checked])?;
        Ok(spec)
    }

    /// What the file is under each of its profiles.
    pub(crate) fn profiles(&self, targets: &[Target], variables: &Variables) -> Vec<Profiled> {
        // To read a file without profiles once more would take half as long as all the rest.
        if self.checked.profiles.is_empty() {
            return Vec::new();
        }
        let options = Options {
            targets,
            variables: Some(variables),
            ..Options::default()
        };
        iisc_spec::profiles(self.checked.source.name(), &self.bytes, &options)
    }

    /// True if the file is more than one application.
    pub(crate) fn has_several(&self) -> bool {
        self.checked.applications.len() > 1
    }

    /// The application of that name, else the one that the file itself is.
    pub(crate) fn application(&self, name: Option<&str>) -> Result<&ValidSpec, Exit> {
        let mut applications = self.checked.applications.iter();
        let found = match name {
            Some(name) => applications.find(|application| application.name.as_str() == name),
            None => applications.next(),
        };
        found.ok_or_else(|| {
            let known = self.checked.applications.iter();
            let known: Vec<_> = known.map(|application| application.name.as_str()).collect();
            Exit::misused(&format!(
                "--application: there is no application `{}` in {}; its applications: {}",
                name.unwrap_or_default(),
                self.checked.source.name(),
                known.join(", ")
            ))
        })
    }

    /// The applications of those names in the order of the file, else all.
    pub(crate) fn applications(&self, names: &[String]) -> Result<Vec<&ValidSpec>, Exit> {
        for name in names {
            self.application(Some(name))?;
        }
        let is_wanted = |application: &&ValidSpec| {
            names.is_empty() || names.iter().any(|name| application.name.as_str() == name)
        };
        Ok(self.checked.applications.iter().filter(is_wanted).collect())
    }
}

/// A spec has no application exactly if it has an error; without one this is no spec.
fn without_application(checked: &Checked) -> Exit {
    let mut found = checked.diagnostics.iter();
    match found.any(|found| found.level == Level::Error) {
        true => Exit::Problems,
        false => Exit::misused(&format!(
            "{}: this is a file of IIS and not a spec\n  help: name the spec, as a rule app.iis.yaml",
            checked.source.name()
        )),
    }
}
