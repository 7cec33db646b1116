//! `iisc build`: the files of each target.

use std::path::{Path, PathBuf};

use iisc_compile::Input;
use iisc_spec::Target;

use crate::args::BuildArgs;
use crate::commands::check::check;
use crate::disk::{self, Overwrite, Written};
use crate::exit::Exit;
use crate::terminal::{err, out};

pub(crate) fn run(args: &BuildArgs) -> Exit {
    let output = output_folder(&args.file, args.output.as_deref());
    let overwrite = if args.force {
        Overwrite::Anything
    } else {
        Overwrite::OwnFiles
    };
    match build(&args.file, &args.targets, &output, overwrite) {
        Ok(files) => {
            for (path, written) in files {
                out(format_args!(
                    "{:<9}  {}",
                    written.word(),
                    output.join(path).display()
                ));
            }
            Exit::Clean
        }
        Err(exit) => exit,
    }
}

/// The folder given, else `build` beside the spec.
pub(crate) fn output_folder(file: &Path, given: Option<&Path>) -> PathBuf {
    given.map_or_else(
        || file.parent().unwrap_or(Path::new("")).join("build"),
        Path::to_path_buf,
    )
}

/// Checks and compiles a spec, for its own targets if none is given, writes its files, and tells what became of
/// each.
pub(crate) fn build(
    file: &Path,
    targets: &[Target],
    output: &Path,
    overwrite: Overwrite,
) -> Result<Vec<(String, Written)>, Exit> {
    let spec = check(file, targets)?;
    let valid = spec.checked.applications.first().ok_or(Exit::Problems)?;
    let file_name = file.file_name().unwrap_or_default().to_string_lossy();
    let input = Input {
        file_name: &file_name,
        bytes: &spec.bytes,
    };
    let artifacts = iisc_compile::compile(valid, &input).map_err(|error| {
        err(format_args!("iisc: {error}\nThis is a bug in iisc: its checks should have refused that value. Please report it."));
        Exit::Internal
    })?;
    let written = disk::write(output, &artifacts, overwrite).map_err(|error| {
        err(format_args!("iisc: {error}"));
        Exit::Io
    })?;
    let paths = artifacts.into_iter().map(|artifact| artifact.path);
    Ok(paths.zip(written).collect())
}
