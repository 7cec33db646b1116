//! `cargo xtask`: sets up and runs everything on a machine that has Rust and Python, and nothing else of ours.
//!
//! ```text
//! demo:  python ─→ venv ─→ wheel ─→ cargo build ─→ server (iisc dev) ─→ visit
//! test:  debian ─→ editor ─→ cargo fmt, clippy, test, doc ─→ fuzz ─→ venv ─→ wheel ─→ pytest ─→ demo --once ─→ tally
//! bench: cargo build ─→ venv ─→ iisc, yamllint and check-jsonschema by turns
//! ```
//!
//! - [`workspace`] where things are; all that is made lies under the target folder, system packages excepted.
//! - [`python`], [`venv`], [`wheel`] an interpreter, an environment of our own, the gateway in it. Each finds
//!   its work of last time, by a [`stamp`], and does only what changed.
//! - [`server`], [`http`], [`visit`] a running `iisc dev`, a question to it, what the answer must
//!   be, and which way it came.
//! - [`step`] runs a program under a heading, keeps its output, and shows it if it fails.
//! - [`editor`] the language server that a test talks to.
//! - [`mod@bench`] processes against the clock.
//! - [`fuzz`] the fuzz targets, for some seconds each.
//! - [`suite`], [`tally`] the steps of a test run, and how many tests passed in them.
//!
//! Programs are found through `PATH`, except cargo, which says where it is. Only the standard library is used:
//! this package is compiled before anything can be shown.
#![expect(
    clippy::disallowed_methods,
    reason = "this crate is the outside: files, environment, clock"
)]
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the tasks report to a terminal"
)]

mod args;
mod bench;
mod debian;
mod demo;
mod editor;
mod failure;
mod fuzz;
mod http;
mod python;
mod server;
mod stamp;
mod step;
mod suite;
mod tally;
mod venv;
mod visit;
mod wheel;
mod workspace;

use std::process::ExitCode;

use self::args::Task;
use self::failure::Failure;
use self::workspace::Workspace;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let task = match args::parse(&arguments) {
        Ok(task) => task,
        Err(problem) => {
            eprintln!("{problem}\n\n{}", args::HELP);
            return ExitCode::from(2);
        }
    };
    run(&task).unwrap_or_else(|failure| {
        eprintln!("\n{failure}");
        ExitCode::FAILURE
    })
}

fn run(task: &Task) -> Result<ExitCode, Failure> {
    match task {
        Task::Help => println!("{}", args::HELP),
        Task::Bench => bench::run(&Workspace::find()?)?,
        Task::Demo(demo) => demo::run(&Workspace::find()?, demo)?,
        Task::Test { full } => return suite::run(&Workspace::find()?, *full),
    }
    Ok(ExitCode::SUCCESS)
}
