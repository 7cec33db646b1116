//! What can be typed behind `iisc render`.

use std::path::PathBuf;

use iisc_spec::Target;

use super::{ViewArgs, parse_target};

/// Arguments of `iisc render`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RenderArgs {
    /// The spec, as a rule app.iis.yaml
    pub(crate) file: PathBuf,

    /// Show this one of the spec's `applications` [default: the application that the spec itself is]
    #[arg(long, value_name = "NAME")]
    pub(crate) application: Option<String>,

    #[command(flatten)]
    pub(crate) view: ViewArgs,

    /// Show it for this version of IIS; may be given several times [default: the spec's `targets`]
    #[arg(long = "target", value_name = "TARGET", value_parser = parse_target)]
    pub(crate) targets: Vec<Target>,
}

const EXAMPLES: &str = "\
Examples:
  iisc render app.iis.yaml                               every default, and where values are from
  iisc render app.iis.yaml --profile staging             what staging gets
  iisc render app.iis.yaml --set APPROOT=E:\\apps\\shop    with another value of a variable
  iisc render app.iis.yaml --application admin           one of several applications
  iisc render app.iis.yaml --target iis6                 on an old server";
