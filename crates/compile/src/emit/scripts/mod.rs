//! The scripts that an administrator runs: `install.cmd`, its three parts, and `uninstall.cmd`.
//!
//! A script is a head, its steps one below the other, and below them the subroutines (`lines/*.cmd`) that they
//! share, so that a step is short and reads from top to bottom. Values stand in the steps alone; a subroutine is
//! given them in variables, as an argument of `call` would be parsed once more. What `cmd.exe` cannot be relied on
//! to do (`||` after `call`, redirected blocks, pipes with a value) is not used.
//!
//! `/plan` prints exactly the commands that a run runs: `%$RUN%` in front of a command is empty, or else an `echo`.

mod command;
mod frame;
mod install;
mod part;
mod question;
mod step;
#[cfg(test)]
mod tests;
mod uninstall;

pub(super) use self::install::INSTALL;
pub(super) use self::part::{ACL, PROVISION, REGISTER};
pub(super) use self::uninstall::UNINSTALL;
