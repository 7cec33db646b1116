//! What can be typed behind `iisc check`.

use std::path::PathBuf;

use clap::ValueEnum;
use iisc_spec::{Level, Target};

use super::{ViewArgs, parse_target};

const REPAIR: &str = "Repair";
const JUDGEMENT: &str = "Judgement";
const OUTPUT: &str = "Output";

/// Arguments of `iisc check`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CheckArgs {
    /// A spec, one of IIS's own files such as Web.config, or a folder in which every *.iis.yaml and *.iis.yml is a
    /// spec; `-` is standard input [default: app.iis.yaml if there is one, else the current folder]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// What to call standard input in messages
    #[arg(long, value_name = "FILE")]
    pub(crate) stdin_filename: Option<PathBuf>,

    /// Check only specs that differ from this commit or branch, and those whose Python or requirements files do
    #[arg(long, value_name = "REF")]
    pub(crate) changed_since: Option<String>,

    /// Judge for this version of IIS; may be given several times [default: the spec's `targets`]
    #[arg(long = "target", value_name = "TARGET", value_parser = parse_target, help_heading = JUDGEMENT)]
    pub(crate) targets: Vec<Target>,

    #[command(flatten, next_help_heading = JUDGEMENT)]
    pub(crate) view: ViewArgs,

    /// The mildest level that makes the command fail
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = Deny::Error, help_heading = JUDGEMENT)]
    pub(crate) deny: Deny,

    /// Pass over the problems that this file lists
    #[arg(long, value_name = "FILE", help_heading = JUDGEMENT)]
    pub(crate) baseline: Option<PathBuf>,

    /// Write the problems there are now into the file of --baseline
    #[arg(long, requires = "baseline", conflicts_with_all = ["diff", "changed_since"], help_heading = JUDGEMENT)]
    pub(crate) update_baseline: bool,

    /// Solve problems in the file where that keeps its meaning; with `-`, print the text that comes out
    #[arg(long, help_heading = REPAIR)]
    pub(crate) fix: bool,

    /// With --fix or --diff, solve also what rests on a guess and should be looked at
    #[arg(long, help_heading = REPAIR)]
    pub(crate) unsafe_fixes: bool,

    /// Print what --fix would change as a unified diff, and change nothing
    #[arg(long, conflicts_with_all = ["format", "statistics"], help_heading = REPAIR)]
    pub(crate) diff: bool,

    /// How problems are shown
    #[arg(long, value_enum, default_value_t = Format::Human, help_heading = OUTPUT)]
    pub(crate) format: Format,

    /// List the files of the project whose change restarts the application as well
    #[arg(long, conflicts_with_all = ["format", "statistics", "diff"], help_heading = OUTPUT)]
    pub(crate) show_restart: bool,

    /// Count the problems of each kind instead of showing them
    #[arg(long, conflicts_with = "format", help_heading = OUTPUT)]
    pub(crate) statistics: bool,
}

const EXAMPLES: &str = "\
Examples:
  iisc check                              app.iis.yaml, or every spec below this folder
  iisc check --fix                        solves what keeps the meaning of the file
  iisc check --profile staging            the spec as staging gets it
  iisc check --target iis6                would it work on an old server?
  iisc check Web.config                   one of IIS's own files
  iisc check --format github              in a pipeline; --deny warning makes it fail earlier";

/// How diagnostics are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// The place in the file, underlined, with help
    Human,
    /// One line each, `file:line:column: level[code]: message`
    Short,
    /// One JSON document; docs/formats.md describes it
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// Issues of Azure Pipelines
    Azure,
    /// A test report in JUnit's XML
    Junit,
}

impl Format {
    /// True if standard output is one document of this format.
    pub(crate) const fn is_document(self) -> bool {
        match self {
            Self::Json | Self::Sarif | Self::Junit => true,
            Self::Human | Self::Short | Self::Github | Self::Azure => false,
        }
    }
}

/// The mildest level at which a command fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    /// Errors alone
    Error,
    /// Errors and warnings
    Warning,
    /// Everything
    Note,
}

impl Deny {
    /// True for a level that makes the command fail.
    pub(crate) fn includes(self, level: Level) -> bool {
        match self {
            Self::Error => level == Level::Error,
            Self::Warning => level != Level::Note,
            Self::Note => true,
        }
    }
}
