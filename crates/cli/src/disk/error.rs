//! A file operation that failed.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A file operation that failed, in words.
#[derive(Debug)]
pub(crate) struct DiskError {
    path: PathBuf,
    what: String,
    /// What the user can do, if it is not plain.
    help: Option<&'static str>,
}

impl DiskError {
    /// A failure of the file, in words that go behind its name.
    pub(crate) fn new(path: &Path, what: impl Into<String>) -> Self {
        Self {
            path: path.to_path_buf(),
            what: what.into(),
            help: None,
        }
    }

    /// Adds what the user can do.
    pub(crate) fn with_help(mut self, help: &'static str) -> Self {
        self.help = Some(help);
        self
    }

    /// Adds to what failed.
    pub(super) fn and_told(mut self, more: &str) -> Self {
        self.what.push_str(more);
        self
    }

    /// The file this is about.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// What failed, without the name of the file.
    pub(crate) fn reason(&self) -> &str {
        &self.what
    }

    /// A failure of the system while it was doing that.
    pub(crate) fn io(path: &Path, doing: &str, error: &io::Error) -> Self {
        let what = match error.kind() {
            io::ErrorKind::NotFound => "there is no such file".to_owned(),
            io::ErrorKind::PermissionDenied => format!("no permission to {doing} it"),
            io::ErrorKind::IsADirectory => "this is a folder, not a file".to_owned(),
            _ => format!("could not {doing} it: {error}"),
        };
        Self::new(path, what)
    }
}

impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.what)?;
        self.help
            .map_or(Ok(()), |help| write!(f, "\n  help: {help}"))
    }
}
