//! `iisc`: compiles `app.iis.yaml` into everything that IIS needs to serve a Python app.
//!
//! The only crate that touches disk and terminal:
//!
//! ```text
//! args ─→ commands/<name> ─→ disk (read) ─→ iisc_spec::check ─→ render (stderr)
//!                                               └→ iisc_compile::compile ─→ disk (write)
//!                                                                     └→ iisc_emulator (dev)
//! ```
//!
//! - [`args`] what can be typed; [`exit`] what the exit codes mean; they are a contract with pipelines.
//! - [`commands`] one file per command, each a function from its arguments to an [`exit::Exit`].
//! - [`render`] a diagnostic as text: `human` with a frame around the place, `short` in one line.
//! - [`terminal`] standard output and error, whose readers may leave.
//! - [`disk`] reads a spec whole, and writes artifacts whole or not at all.
//!
//! What a command prints about the user's files goes to standard error; what the user asked for, such as a
//! schema or the list of files written, goes to standard output.
#![expect(
    clippy::disallowed_methods,
    reason = "this crate is the outside: files, environment, terminal"
)]

mod args;
mod commands;
mod disk;
mod exit;
mod render;
mod terminal;

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
        Command::Check(args) => commands::check::run(args),
        Command::Build(args) => commands::build::run(args),
        Command::Dev(args) => commands::dev::run(args),
        Command::Schema => commands::schema::run(),
        Command::Explain(args) => commands::explain::run(args),
        Command::Completions(args) => commands::completions::run(args),
    };
    std::panic::catch_unwind(run)
        .unwrap_or(Exit::Internal)
        .into()
}
