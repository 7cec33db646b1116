//! `iisc build`: the files of each application and target.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use iisc_compile::{Artifact, Input, Layout, written};
use iisc_spec::ValidSpec;

use crate::args::BuildArgs;
use crate::disk::{self, Overwrite, Written};
use crate::exit::Exit;
use crate::load::Spec;
use crate::terminal::{err, out};

pub(crate) fn run(args: &BuildArgs) -> Exit {
    match build(args) {
        Ok(()) => Exit::Clean,
        Err(exit) => exit,
    }
}

fn build(args: &BuildArgs) -> Result<(), Exit> {
    let output = output_folder(&args.file, args.output.as_deref());
    let overwrite = if args.force {
        Overwrite::Anything
    } else {
        Overwrite::OwnFiles
    };
    let spec = Spec::load(&args.file, &args.targets, &args.view)?;
    let applications = spec.applications(&args.applications)?;
    for (path, written) in write(&args.file, &spec, &applications, &output, overwrite)? {
        out(format_args!(
            "{:<9}  {}",
            written.word(),
            output.join(path).display()
        ));
    }
    Ok(())
}

/// The folder given, else `build` beside the spec.
pub(crate) fn output_folder(file: &Path, given: Option<&Path>) -> PathBuf {
    given.map_or_else(
        || file.parent().unwrap_or(Path::new("")).join("build"),
        Path::to_path_buf,
    )
}

/// Compiles applications of a spec, tells what no file says of them yet, and writes their files, all or none. Gives
/// what became of each file.
pub(crate) fn write(
    file: &Path,
    spec: &Spec,
    applications: &[&ValidSpec],
    output: &Path,
    overwrite: Overwrite,
) -> Result<Vec<(String, Written)>, Exit> {
    let artifacts = compile(file, spec, applications)?;
    let written = disk::write(output, &artifacts, overwrite).map_err(Exit::unusable)?;
    tell_unwritten(applications);
    let paths = artifacts.into_iter().map(|artifact| artifact.path);
    Ok(paths.zip(written).collect())
}

fn compile(file: &Path, spec: &Spec, applications: &[&ValidSpec]) -> Result<Vec<Artifact>, Exit> {
    let file_name = file.file_name().unwrap_or_default().to_string_lossy();
    let input = Input {
        file_name: &file_name,
        bytes: &spec.bytes,
    };
    let layout = match spec.has_several() {
        true => Layout::ByApplication,
        false => Layout::Flat,
    };
    iisc_compile::compile(applications, layout, &input).map_err(|error| {
        err(format_args!("iisc: {error}\nThis is a bug in iisc: its checks should have refused that value. Please report it."));
        Exit::Internal
    })
}

/// What a spec says and no file does, so that nobody relies on it; once for all applications.
fn tell_unwritten(applications: &[&ValidSpec]) {
    let mut told = BTreeSet::new();
    for application in applications {
        for key in written::unwritten(application) {
            if told.insert(key) {
                err(format_args!("note: `{key}` is checked but not written yet"));
            }
        }
    }
}
