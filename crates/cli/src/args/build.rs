//! What can be typed behind `iisc build` and `iisc dev`.

use std::net::SocketAddr;
use std::path::PathBuf;

use iisc_spec::Target;

use super::{ViewArgs, parse_target};

/// Arguments of `iisc build`.
#[derive(Debug, clap::Args)]
#[command(after_help = BUILD_EXAMPLES)]
pub(crate) struct BuildArgs {
    /// Specs, and folders that are searched for specs [default: app.iis.yaml, else all below this folder]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Write for this version of IIS; may be given several times [default: the spec's `targets`]
    #[arg(long = "target", value_name = "TARGET", value_parser = parse_target)]
    pub(crate) targets: Vec<Target>,

    #[command(flatten)]
    pub(crate) view: ViewArgs,

    /// Write this one of the spec's applications; may be given several times [default: all]
    #[arg(long = "application", value_name = "NAME")]
    pub(crate) applications: Vec<String>,

    /// Write into this folder, of several specs each into one of its own [default: `build` beside each spec]
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,

    /// Write one ZIP archive with everything in it instead of a folder; the same bytes on every system
    #[arg(long, value_name = "ZIP", conflicts_with = "output")]
    pub(crate) archive: Option<PathBuf>,

    /// Say in comments of the files which lines of the spec made what
    #[arg(long)]
    pub(crate) source_map: bool,

    /// Overwrite files that iisc did not write
    #[arg(long)]
    pub(crate) force: bool,
}

/// Arguments of `iisc dev`.
#[derive(Debug, clap::Args)]
pub(crate) struct DevArgs {
    /// The spec, as a rule app.iis.yaml
    pub(crate) file: PathBuf,

    #[command(flatten)]
    pub(crate) view: ViewArgs,

    /// Play this version of IIS
    #[arg(long, value_name = "TARGET", value_parser = parse_target, default_value = "iis10")]
    pub(crate) target: Target,

    /// Serve this one of the spec's applications; may be given several times [default: all]
    #[arg(long = "application", value_name = "NAME")]
    pub(crate) applications: Vec<String>,

    /// Address to serve on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,

    /// Folder that stands for the spec's `root` [default: the spec's folder]
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,

    /// Python that stands for the spec's interpreter [default: the active virtual environment, else the
    /// nearest one named env, venv or .venv]
    #[arg(long, value_name = "PYTHON")]
    pub(crate) interpreter: Option<PathBuf>,

    /// Build into this folder [default: `build` beside the spec]
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,

    /// Play the files as they lie in that folder, edited or not, without building
    #[arg(long, conflicts_with_all = ["profile", "set", "set_file"])]
    pub(crate) no_build: bool,
}

const BUILD_EXAMPLES: &str = "\
Examples:
  iisc build                                            app.iis.yaml, for each of its targets and applications
  iisc build --profile staging                          what staging gets
  iisc build --set APPROOT=E:\\apps\\shop                 with another value of a variable
  iisc build --application admin                        one of several applications
  iisc build app.iis.yaml --target iis10 -o out         for one version of IIS, into another folder
  iisc build apps --archive release.zip                 all specs below a folder, as one file
  iisc build app.iis.yaml --archive shop.zip            as one file, for a release
  iisc build app.iis.yaml --source-map -o explained     with comments that name lines of the spec";
