//! What can be typed behind every command that takes a spec, to say what the spec is looked at as.

use std::path::PathBuf;

/// The profile and the variables that a spec is looked at with.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct ViewArgs {
    /// Take the spec as this profile makes it
    #[arg(long, value_name = "PROFILE")]
    pub(crate) profile: Option<String>,

    /// Give a variable its value; goes before --set-file, and that before IISC_VAR_NAME of the environment
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) set: Vec<String>,

    /// Take variables from a file with a NAME=VALUE on each line
    #[arg(long, value_name = "FILE")]
    pub(crate) set_file: Vec<PathBuf>,
}
