//! Exit codes: a contract with pipelines, so a code is never given another meaning.

use std::process::ExitCode;

use crate::disk::DiskError;
use crate::terminal::err;

/// How a command ended.
/// Ordered by what goes before what if there are several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Done; there may have been warnings.
    Clean,
    /// A spec has errors, or problems of the level that `--deny` names.
    Problems,
    /// The command line makes no sense. clap ends with the same code.
    Usage,
    /// A file could not be read or written, or there is none. Goes before [`Exit::Problems`]: not all was looked at.
    Io,
    /// A bug in iisc.
    Internal,
}

impl Exit {
    /// Says what makes no sense about the command line.
    pub(crate) fn misused(what: &str) -> Self {
        err(format_args!("iisc: {what}"));
        Self::Usage
    }

    /// Says what could not be read or written.
    pub(crate) fn unusable(error: DiskError) -> Self {
        err(format_args!("iisc: {error}"));
        Self::Io
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Problems => 1,
            Exit::Usage => 2,
            Exit::Io => 3,
            Exit::Internal => 4,
        })
    }
}
