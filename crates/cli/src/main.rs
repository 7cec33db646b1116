//! `iisc`: compiles `app.iis.yaml` into everything that IIS needs to serve a Python app.
//!
//! The only crate that touches disk and terminal:
//!
//! ```text
//! args ─→ commands/<name> ─→ find ─→ disk (read) ─→ examine ─→ report ─→ render (terminal)
//!                                                     │  └→ mend ─→ disk (write)
//!                                                     └→ iisc_compile::compile ─→ disk (write)
//!                                                                           └→ iisc_emulator (dev)
//! ```
//!
//! - [`args`] what can be typed; [`exit`] what the exit codes mean; they are a contract with pipelines.
//! - [`commands`] one file per command, each a function from its arguments to an [`exit::Exit`].
//! - [`find`] which files are specs, [`input`] one of them, [`changed`] which of them differ from a commit.
//! - [`examine`] the one place that asks what is wrong with a file; [`variables`] what it is told from outside.
//! - [`visit`] one input from reading to writing; [`mend`] applies the fixes of a text, [`baseline`] knows the problems
//!   that were put off.
//! - [`given`] the variables of a command, [`load`] the spec of one that makes something of it.
//! - [`report`] what a run found; [`render`] that as text: for people, and a file for each other format.
//! - [`parallel`] many files at once, [`progress`] how far that is, [`relative`] paths for other machines.
//! - [`terminal`] standard output and error, whose readers may leave.
//! - [`disk`] reads a spec whole, and writes artifacts and mended specs whole or not at all.
//! - [`watched`] which files restart an application.
//! - [`world`] answers what rules ask about the folder that a spec lies in.
//!
//! What a command prints about the user's files for people goes to standard error; what the user asked for, such as
//! a schema, a report for a program or the list of files written, goes to standard output.
#![expect(
    clippy::disallowed_methods,
    reason = "this crate is the outside: files, environment, terminal"
)]

mod args;
mod baseline;
mod changed;
mod commands;
mod disk;
mod examine;
mod exit;
mod find;
mod given;
mod input;
mod load;
mod mend;
mod parallel;
mod placing;
mod progress;
mod relative;
mod render;
mod report;
mod terminal;
mod variables;
mod visit;
mod watched;
mod world;

use std::process::ExitCode;

use clap::Parser;

use self::args::{Args, Command};
use self::exit::Exit;
use self::terminal::err;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        err(format_args!("iisc: internal error: {panic}"));
        err(format_args!(
            "This is a bug in iisc. Please report it together with the file that it was given."
        ));
    }));
    let args = Args::parse();
    let run = || match &args.command {
        Command::Init(args) => commands::init::run(args),
        Command::Check(args) => commands::check::run(args),
        Command::Build(args) => commands::build::run(args),
        Command::Dev(args) => commands::dev::run(args),
        Command::Render(args) => commands::render::run(args),
        Command::Schema => commands::schema::run(),
        Command::Explain(args) => commands::explain::run(args),
        Command::Completions(args) => commands::completions::run(args),
    };
    std::panic::catch_unwind(run)
        .unwrap_or(Exit::Internal)
        .into()
}
