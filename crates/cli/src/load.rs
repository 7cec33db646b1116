//! One spec for a command that makes something of it.

use std::path::Path;

use iisc_spec::{Checked, Level, Options, Profiled, Target, ValidSpec};

use crate::args::ViewArgs;
use crate::examine::{Profiles, Settings, examine};
use crate::exit::Exit;
use crate::given::Given;
use crate::input::Input;
use crate::render;

/// A spec without errors, as it is with one profile or none.
#[derive(Debug)]
pub(crate) struct Spec {
    pub(crate) bytes: Vec<u8>,
    pub(crate) checked: Checked,
    /// The variables that it was given.
    pub(crate) given: Given,
    /// What it is under each of its profiles, where somebody asked for it.
    pub(crate) profiles: Vec<Profiled>,
}

impl Spec {
    /// Reads and checks a spec, for its own targets if none is given, and shows what was found.
    pub(crate) fn load(file: &Path, targets: &[Target], view: &ViewArgs) -> Result<Self, Exit> {
        let given = Given::of(view)?;
        let input = Input::File(file.to_path_buf());
        let bytes = input.read().map_err(Exit::unusable)?;
        let settings = Settings {
            targets: targets.to_vec(),
            profiles: view.profile.clone().map_or(Profiles::Base, Profiles::One),
            variables: given.values.clone(),
        };
        let checked = examine(&input, &bytes, &settings);
        render::show(&checked);
        if checked.applications.is_empty() {
            return Err(without_application(&checked));
        }
        given.refuse_undeclared(std::slice::from_ref(&checked))?;
        Ok(Self {
            bytes,
            checked,
            given,
            profiles: Vec::new(),
        })
    }

    /// The spec with what it is under each of its profiles.
    pub(crate) fn with_profiles(mut self, targets: &[Target]) -> Self {
        // To read a file without profiles once more would take half as long as all the rest.
        if !self.checked.profiles.is_empty() {
            let options = Options {
                targets,
                variables: Some(&self.given.values),
                ..Options::default()
            };
            self.profiles = iisc_spec::profiles(self.checked.source.name(), &self.bytes, &options);
        }
        self
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
