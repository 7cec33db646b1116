//! The variables that a command was given, and by what.

use std::collections::BTreeMap;
use std::path::Path;

use iisc_spec::Checked;

use crate::args::ViewArgs;
use crate::exit::Exit;
use crate::variables::{self, Variables};

/// The variables that a command was given.
#[derive(Debug, Default)]
pub(crate) struct Given {
    pub(crate) values: Variables,
    /// What gave each its value, in words: `--set APPROOT`.
    pub(crate) by: BTreeMap<String, String>,
    /// Those of the command line, which a spec must know.
    set: Variables,
}

impl Given {
    /// Collects them from the environment, from files and from the command line, each before the one before.
    pub(crate) fn of(args: &ViewArgs) -> Result<Self, Exit> {
        let misused = |reason: String| Exit::misused(&reason);
        let mut given = Self::default();
        let mut own = Variables::new();
        variables::from_environment(std::env::vars_os(), &mut own).map_err(misused)?;
        given.add(own, |name| format!("environment variable IISC_VAR_{name}"));
        for file in &args.set_file {
            let mut own = Variables::new();
            variables::from_file(file, &mut own).map_err(Exit::unusable)?;
            given.add(own, |_| format!("--set-file {}", base_name(file)));
        }
        variables::from_arguments(&args.set, &mut given.set).map_err(misused)?;
        given.add(given.set.clone(), |name| format!("--set {name}"));
        Ok(given)
    }

    /// Adds the variables of one place, which goes before those that came earlier.
    fn add(&mut self, own: Variables, by: impl Fn(&str) -> String) {
        self.by
            .extend(own.keys().map(|name| (name.clone(), by(name))));
        self.values.extend(own);
    }

    /// Refuses a variable of the command line that no spec declares: a misspelt name would leave the variable as it
    /// was without a word. Which variables a spec has is not known for sure while it has errors.
    pub(crate) fn refuse_undeclared<'a>(
        &self,
        specs: impl IntoIterator<Item = &'a Checked>,
    ) -> Result<(), Exit> {
        let specs: Vec<&Checked> = specs.into_iter().collect();
        let is_known = |name: &String| specs.iter().any(|spec| spec.variables.contains(name));
        let Some(name) = self.set.keys().find(|name| !is_known(name)) else {
            return Ok(());
        };
        let what = match specs.as_slice() {
            [spec] => {
                let known = match spec.variables.as_slice() {
                    [] => "it has none".to_owned(),
                    names => format!("its variables: {}", names.join(", ")),
                };
                format!("no variable `{name}` in {}; {known}", spec.source.name())
            }
            _ => format!("no variable `{name}` in any spec"),
        };
        Err(Exit::misused(&format!("--set: there is {what}")))
    }
}

fn base_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
