//! `iisc render`: what a spec comes to, with every default written out.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use iisc_spec::resolved::Words;
use iisc_spec::{Checked, Options, Scope, ValidSpec, World};

use super::print;
use crate::args::RenderArgs;
use crate::disk::DiskError;
use crate::exit::Exit;
use crate::terminal::err;
use crate::variables::{self, Variables};
use crate::world::DiskWorld;
use crate::{disk, render};

pub(crate) fn run(args: &RenderArgs) -> Exit {
    shown(args).map_or_else(|exit| exit, |text| print(&text))
}

fn shown(args: &RenderArgs) -> Result<String, Exit> {
    let given = Given::of(args)?;
    let bytes = disk::read_spec(&args.file).map_err(unusable)?;
    let world = DiskWorld::of(&args.file);
    let options = Options {
        targets: &args.targets,
        scope: args.profile.as_deref().map_or(Scope::Base, Scope::Profile),
        variables: Some(&given.values),
        world: world.as_ref().map(|world| world as &dyn World),
    };
    let checked = iisc_spec::check(&args.file.display().to_string(), &bytes, &options);
    render::show(&checked);
    let application = chosen(&checked, args)?;
    refuse_undeclared(&checked, args)?;
    Ok(text(&checked, application, args, &given.by))
}

/// The application that was asked for, else the one that the file itself is.
fn chosen<'a>(checked: &'a Checked, args: &RenderArgs) -> Result<&'a ValidSpec, Exit> {
    let first = checked.applications.first().ok_or(Exit::Problems)?;
    let Some(name) = &args.application else {
        return Ok(first);
    };
    let names = |application: &&ValidSpec| application.name.as_str() == name.as_str();
    checked.applications.iter().find(names).ok_or_else(|| {
        let known: Vec<_> = checked.applications.iter().map(name_of).collect();
        misused(&format!(
            "--application: there is no application `{name}` in {}; its applications: {}",
            args.file.display(),
            known.join(", ")
        ))
    })
}

/// A misspelt name would leave the variable as it was without a word.
fn refuse_undeclared(checked: &Checked, args: &RenderArgs) -> Result<(), Exit> {
    let mut set = Variables::new();
    variables::from_arguments(&args.set, &mut set).map_err(|reason| misused(&reason))?;
    let known = &checked.variables;
    match set.keys().find(|name| !known.contains(name)) {
        Some(name) => {
            let file = args.file.display();
            let known = match known.is_empty() {
                true => "it has none".to_owned(),
                false => format!("its variables: {}", known.join(", ")),
            };
            Err(misused(&format!(
                "--set: there is no variable `{name}` in {file}; {known}"
            )))
        }
        None => Ok(()),
    }
}

fn text(
    checked: &Checked,
    application: &ValidSpec,
    args: &RenderArgs,
    given: &BTreeMap<String, String>,
) -> String {
    let name = args.file.file_name().unwrap_or_default().to_string_lossy();
    let resolved = application.resolved(&checked.source);
    let mut text = format!("# What {name} comes to");
    if let Some(profile) = application.profile() {
        let _ = write!(text, " with profile {profile}");
    }
    text.push_str(", and where each value is from.\n");
    let others = checked.applications.iter().skip(1).map(name_of);
    let others: Vec<&str> = others.collect();
    if args.application.is_none() && !others.is_empty() {
        let _ = writeln!(
            text,
            "# Others are shown with --application: {}",
            others.join(", ")
        );
    }
    if resolved.hides() {
        text.push_str(
            "# What may be a secret is not shown, so that this is no spec to build from.\n",
        );
    }
    let words = Words { file: &name, given };
    text + &resolved.to_yaml(&words)
}

fn name_of(application: &ValidSpec) -> &str {
    application.name.as_str()
}

/// Variables that come from outside the spec.
struct Given {
    values: Variables,
    /// What gave each its value.
    by: BTreeMap<String, String>,
}

impl Given {
    fn of(args: &RenderArgs) -> Result<Self, Exit> {
        let mut given = Self {
            values: Variables::new(),
            by: BTreeMap::new(),
        };
        given.add(
            |variables| {
                let all = variables::from_environment(std::env::vars_os(), variables);
                all.map_err(|reason| misused(&reason))
            },
            |name| format!("environment variable IISC_VAR_{name}"),
        )?;
        for file in &args.set_file {
            given.add(
                |variables| variables::from_file(file, variables).map_err(unusable),
                |_| format!("--set-file {}", base_name(file)),
            )?;
        }
        given.add(
            |variables| {
                let all = variables::from_arguments(&args.set, variables);
                all.map_err(|reason| misused(&reason))
            },
            |name| format!("--set {name}"),
        )?;
        Ok(given)
    }

    /// Adds the variables of one place, which goes before those that came earlier.
    fn add(
        &mut self,
        read: impl FnOnce(&mut Variables) -> Result<(), Exit>,
        by: impl Fn(&str) -> String,
    ) -> Result<(), Exit> {
        let mut own = Variables::new();
        read(&mut own)?;
        self.by
            .extend(own.keys().map(|name| (name.clone(), by(name))));
        self.values.extend(own);
        Ok(())
    }
}

fn base_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn misused(what: &str) -> Exit {
    err(format_args!("iisc: {what}"));
    Exit::Usage
}

fn unusable(error: DiskError) -> Exit {
    err(format_args!("iisc: {error}"));
    Exit::Io
}
