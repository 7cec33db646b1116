//! Something to check: a file, or what comes in on standard input.

use std::path::{Path, PathBuf};

use crate::disk::{self, DiskError};

/// What standard input is called if nobody says otherwise.
const STDIN: &str = "<stdin>";

/// Something to check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Input {
    /// A file, by the path that the user gave or that a search came upon.
    File(PathBuf),
    /// Standard input, and the path that it stands for, if any.
    Stdin(Option<PathBuf>),
}

impl Input {
    /// The path that diagnostics print; for standard input it need not exist.
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Stdin(Some(path)) => path,
            Self::Stdin(None) => Path::new(STDIN),
        }
    }

    /// The name that diagnostics print.
    pub(crate) fn name(&self) -> String {
        self.path().display().to_string()
    }

    /// Its bytes; of a text past the size that a spec may have only as much as it takes to say so.
    pub(crate) fn read(&self) -> Result<Vec<u8>, DiskError> {
        match self {
            Self::File(path) => disk::read_spec(path),
            Self::Stdin(_) => disk::read_stdin(self.path()),
        }
    }
}
