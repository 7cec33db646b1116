//! `iisc init`: a first spec from what a project's folder shows.
//!
//! ```text
//! folder ─detect, application→ Project ─spec→ text ─→ app.iis.yaml
//! ```
//!
//! A value that the folder does not show is left out, or marked in the spec as one to fill in; both are told.

mod application;
mod detect;
mod django;
mod spec;

use std::path::{Path, PathBuf};

use self::detect::Project;
use crate::args::InitArgs;
use crate::disk::{self, DiskError, Overwrite};
use crate::exit::Exit;
use crate::terminal::{err, out};
use crate::world::{DiskWorld, folder_of};

const SPEC: &str = "app.iis.yaml";
const SCHEMA: &str = "app.iis.schema.json";

pub(crate) fn run(args: &InitArgs) -> Exit {
    init(args).map_or_else(
        |error| {
            err(format_args!("iisc: {error}"));
            Exit::Io
        },
        |()| Exit::Clean,
    )
}

fn init(args: &InitArgs) -> Result<(), DiskError> {
    let folder = args.folder.clone().unwrap_or_else(|| PathBuf::from("."));
    let world =
        DiskWorld::at(&folder).ok_or_else(|| DiskError::new(&folder, "there is no such folder"))?;
    let project = Project::detect(&world, &name_of(&folder));
    let path = match (&args.output, &args.folder) {
        (Some(path), _) => path.clone(),
        (None, Some(folder)) => folder.join(SPEC),
        (None, None) => PathBuf::from(SPEC),
    };
    let overwrite = match args.force {
        true => Overwrite::Anything,
        false => Overwrite::OwnFiles,
    };
    let schema = args.schema.then_some(SCHEMA);
    let text = spec::text(&project, schema);
    disk::create(&path, text.as_bytes(), overwrite)?;
    out(format_args!("written    {}", path.display()));
    if let Some(name) = schema {
        let path = beside(&path, name);
        disk::create(&path, iisc_spec::schema_text().as_bytes(), overwrite)?;
        out(format_args!("written    {}", path.display()));
    }
    tell(&project);
    Ok(())
}

/// What was found, and what is to be filled in.
fn tell(project: &Project) {
    let found = project.found();
    if !found.is_empty() {
        err(format_args!("found: {}", found.join(", ")));
    }
    for gap in project.gaps() {
        err(format_args!("note: {gap}"));
    }
}

fn beside(path: &Path, name: &str) -> PathBuf {
    match folder_of(path) {
        folder if folder == Path::new(".") => PathBuf::from(name),
        folder => folder.join(name),
    }
}

/// The name of a folder, also of the current one.
fn name_of(folder: &Path) -> String {
    let whole = folder.canonicalize().unwrap_or_default();
    let name = whole.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests;
