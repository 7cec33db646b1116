//! What can be typed behind `iisc init`.

use std::path::PathBuf;

/// Arguments of `iisc init`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct InitArgs {
    /// Folder of the project [default: the current folder]
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,

    /// Write this file [default: app.iis.yaml in that folder]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Write the JSON Schema beside it as well, so that an editor completes and checks the spec
    #[arg(long)]
    pub(crate) schema: bool,

    /// Overwrite a spec that is there
    #[arg(long)]
    pub(crate) force: bool,
}

const EXAMPLES: &str = "\
Examples:
  iisc init                      writes app.iis.yaml for the project in this folder
  iisc init shop --schema        the same for the folder shop, with help in the editor
  iisc init -o staging.iis.yaml  under another name

The project's files are read and none of its code is run.";
