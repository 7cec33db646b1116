//! Scripts for `cmd.exe`, where a value passes two parsers: cmd's own, and the one of the program that is called.
//!
//! `quote` is the one routine that writes a value for both; `script` arranges lines of which everything but such
//! values is text of ours. Delayed expansion is off wherever a value is read from the script, so `!` means nothing.

mod quote;
mod script;

pub use self::quote::Reader;
pub use self::script::{CommandLine, Executable, Output, Script, Word, labels};

use super::Unsayable;

fn unsayable(value: &str, reason: &'static str) -> Unsayable {
    Unsayable {
        format: "a cmd.exe script",
        value: value.to_owned(),
        reason,
    }
}
