//! `iisc check`: every problem of a spec.

use std::path::Path;

use iisc_spec::{Checked, Options, Target};

use crate::args::{CheckArgs, Format};
use crate::exit::Exit;
use crate::terminal::{err, out};
use crate::{disk, render};

pub(crate) fn run(args: &CheckArgs) -> Exit {
    match check(&args.file, &[], args.format) {
        Ok(Spec { checked, .. }) if !checked.applications.is_empty() => {
            out(format_args!("{}: no errors", args.file.display()));
            Exit::Clean
        }
        Ok(_) => Exit::Problems,
        Err(exit) => exit,
    }
}

/// A spec as read, and what was found in it.
pub(crate) struct Spec {
    pub(crate) bytes: Vec<u8>,
    pub(crate) checked: Checked,
}

/// Reads and checks a spec, for its own targets if none is given, and shows what was found.
pub(crate) fn check(file: &Path, targets: &[Target], format: Format) -> Result<Spec, Exit> {
    let bytes = disk::read_spec(file).map_err(|error| {
        err(format_args!("iisc: {error}"));
        Exit::Io
    })?;
    let checked = iisc_spec::check(
        &file.display().to_string(),
        &bytes,
        &Options {
            targets,
            ..Options::default()
        },
    );
    render::show(&checked, format);
    Ok(Spec { bytes, checked })
}
