//! `iisc completions`: what a shell needs to complete a command line of `iisc`.

use clap::CommandFactory;

use super::print;
use crate::args::{Args, CompletionsArgs};
use crate::exit::Exit;

pub(crate) fn run(args: &CompletionsArgs) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "iisc", &mut script);
    print(&String::from_utf8_lossy(&script))
}
