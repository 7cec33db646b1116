//! What can be typed.

mod build;
mod check;
mod init;
mod render;
mod view;

use clap::{Parser, Subcommand};
use iisc_spec::Target;

pub(crate) use self::build::{BuildArgs, DevArgs};
pub(crate) use self::check::{CheckArgs, Deny, Format};
pub(crate) use self::init::InitArgs;
pub(crate) use self::render::RenderArgs;
pub(crate) use self::view::ViewArgs;

/// Compiles app.iis.yaml into everything that IIS needs to serve a Python app.
///
/// A spec says once what ten manual steps on a server have to agree on: the interpreter, the application in
/// it, the site, the processes, the folders. iisc checks it, and writes Web.config, the FastCGI registration
/// and the permissions. It needs no Windows and no IIS.
#[derive(Debug, Parser)]
#[command(name = "iisc", version, max_term_width = 100, after_help = EXIT_CODES)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  a spec has errors, or problems of the level that --deny names
  2  the command line makes no sense
  3  a file could not be read or written, or there is none
  4  a bug in iisc";

/// One command.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write a first spec from what a project's folder shows
    Init(InitArgs),
    /// Check specs and show every problem in them
    Check(CheckArgs),
    /// Check a spec and write the files for each target
    Build(BuildArgs),
    /// Build a spec and serve it on this machine, playing IIS
    Dev(DevArgs),
    /// Print what a spec comes to: every default, and where each value is from
    Render(RenderArgs),
    /// Print the JSON Schema of app.iis.yaml, for editors
    Schema,
    /// Explain a code of iisc, or an error of IIS, Windows or Python
    Explain(ExplainArgs),
    /// Print a script that completes iisc's commands in a shell
    Completions(CompletionsArgs),
}

fn parse_target(text: &str) -> Result<Target, String> {
    Target::from_name(text).ok_or_else(|| {
        let names: Vec<_> = Target::ALL.iter().map(|target| target.name()).collect();
        format!("the targets are {}", names.join(" and "))
    })
}

/// Arguments of `iisc explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub(crate) struct ExplainArgs {
    /// What a message or an error page shows: a code, a number, or words of its text; or what `cacls /S` takes
    /// [default: list all]
    #[arg(value_name = "CODE", allow_negative_numbers = true)]
    pub(crate) code: Vec<String>,
}

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  iisc explain IISC0203                 a problem in a spec, by its code
  iisc explain restart-pattern          the same, by its name
  iisc explain 500.19                   status and substatus of an error page of IIS
  iisc explain 0x80070021               its error code; in decimal too, -2147024863
  iisc explain WinError 6               an exception of Python
  iisc explain exited unexpectedly      words of any error text
  iisc explain \"D:PAI(A;;FA;;;BA)\"      who may do what, by a security descriptor";

/// Arguments of `iisc completions`.
#[derive(Debug, clap::Args)]
#[command(after_help = COMPLETIONS_EXAMPLES)]
pub(crate) struct CompletionsArgs {
    /// The shell to write for
    pub(crate) shell: clap_complete::Shell,
}

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  bash        iisc completions bash > ~/.local/share/bash-completion/completions/iisc
  zsh         iisc completions zsh > ~/.zfunc/_iisc      (a folder of $fpath)
  fish        iisc completions fish > ~/.config/fish/completions/iisc.fish
  PowerShell  iisc completions powershell | Out-String | Invoke-Expression      (in $PROFILE)
  elvish      eval (iisc completions elvish | slurp)      (in rc.elv)";
