//! Reads a spec whole, and writes artifacts whole or not at all.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use iisc_compile::{Artifact, MARKER};
use tempfile::{NamedTempFile, TempPath};

use crate::world::folder_of;

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

    fn with_help(mut self, help: &'static str) -> Self {
        self.help = Some(help);
        self
    }

    fn io(path: &Path, doing: &str, error: &io::Error) -> Self {
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

/// Reads a spec; of a file past the size that a spec may have only as much as it takes to say so.
pub(crate) fn read_spec(path: &Path) -> Result<Vec<u8>, DiskError> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::IsADirectory => DiskError::io(path, "read", &error)
            .with_help("name the spec in it, as a rule app.iis.yaml"),
        _ => DiskError::io(path, "read", &error),
    };
    let mut bytes = Vec::new();
    let limit = iisc_spec::MAX_BYTES as u64 + 1;
    File::open(path)
        .and_then(|file| file.take(limit).read_to_end(&mut bytes))
        .map_err(failed)?;
    Ok(bytes)
}

/// Which existing files may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Overwrite {
    /// Those with our marker in them (C36).
    OwnFiles,
    /// All.
    Anything,
}

/// What became of an artifact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// The file is new or has changed.
    Written,
    /// The file had these bytes already and was not touched: IIS restarts an application whenever its
    /// `Web.config` is written (C37).
    Unchanged,
}

impl Written {
    /// The word for it in the command's output.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Unchanged => "unchanged",
        }
    }
}

/// Writes a file that is the user's from then on. One that is there already is only replaced if anything may be.
pub(crate) fn create(path: &Path, bytes: &[u8], overwrite: Overwrite) -> Result<(), DiskError> {
    let present = fs::symlink_metadata(path);
    if present.as_ref().is_ok_and(|metadata| metadata.is_symlink()) {
        return Err(DiskError::new(
            path,
            "this is a link, and iisc does not write through links",
        )
        .with_help("name the file that the link leads to with -o"));
    }
    if present.is_ok() && overwrite == Overwrite::OwnFiles {
        return Err(
            DiskError::new(path, "this file is there already, and would be overwritten")
                .with_help("write another with -o, or overwrite it with --force"),
        );
    }
    let folder = folder_of(path);
    fs::create_dir_all(&folder).map_err(|error| DiskError::io(&folder, "make", &error))?;
    let write = || {
        let mut file = temporary_in(&folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)
    };
    match write() {
        Ok(_) => Ok(()),
        Err(error) => Err(DiskError::io(path, "write", &error)),
    }
}

/// Writes the artifacts below a folder, and says what became of each.
///
/// Everything is looked at first, then written to private temporary files, and only then renamed into place,
/// so that an error leaves the old files as they were (C34, C35).
pub(crate) fn write(
    folder: &Path,
    artifacts: &[Artifact],
    overwrite: Overwrite,
) -> Result<Vec<Written>, DiskError> {
    let states = artifacts
        .iter()
        .map(|artifact| state(folder, artifact, overwrite))
        .collect::<Result<Vec<_>, _>>()?;
    let changed = artifacts
        .iter()
        .zip(&states)
        .filter(|(_, state)| **state == Written::Written);
    let staged = changed
        .map(|(artifact, _)| Ok((stage(folder, artifact)?, folder.join(&artifact.path))))
        .collect::<Result<Vec<_>, DiskError>>()?;
    let mut replaced: Vec<PathBuf> = Vec::new();
    for (temporary, path) in staged {
        temporary
            .persist(&path)
            .map_err(|error| failed_midway(&path, &error.error, &replaced))?;
        replaced.push(path);
    }
    Ok(states)
}

fn failed_midway(path: &Path, error: &io::Error, replaced: &[PathBuf]) -> DiskError {
    let mut failure = DiskError::io(path, "replace", error);
    for path in replaced {
        failure
            .what
            .push_str(&format!("\n  already replaced: {}", path.display()));
    }
    failure.with_help("remove the obstacle and build again")
}

/// Compares an artifact with what is on the disk, and refuses what must not be replaced.
fn state(folder: &Path, artifact: &Artifact, overwrite: Overwrite) -> Result<Written, DiskError> {
    refuse_links(folder, &artifact.path)?;
    let path = folder.join(&artifact.path);
    match fs::read(&path) {
        Ok(bytes) if bytes == artifact.bytes() => Ok(Written::Unchanged),
        Ok(bytes) if overwrite == Overwrite::OwnFiles && !is_ours(&bytes) => Err(DiskError::new(
            &path,
            "this file was not written by iisc, and would be overwritten",
        )
        .with_help("build into another folder with -o, or overwrite it with `iisc build --force`")),
        Ok(_) => Ok(Written::Written),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Written::Written),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            Err(DiskError::new(&path, "one of its folders is a file")
                .with_help("build into another folder with -o"))
        }
        Err(error) => Err(DiskError::io(&path, "read", &error)),
    }
}

fn is_ours(bytes: &[u8]) -> bool {
    bytes
        .windows(MARKER.len())
        .any(|window| window == MARKER.as_bytes())
}

/// A link below the output folder could lead a write anywhere (C33).
fn refuse_links(folder: &Path, relative: &str) -> Result<(), DiskError> {
    let mut path = folder.to_path_buf();
    for part in relative.split('/') {
        path.push(part);
        if fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink()) {
            return Err(DiskError::new(
                &path,
                "this is a link, and iisc does not write through links",
            )
            .with_help("remove the link, or build into the folder it leads to with -o"));
        }
    }
    Ok(())
}

/// Writes an artifact to a temporary file in its own folder.
fn stage(folder: &Path, artifact: &Artifact) -> Result<TempPath, DiskError> {
    let path = folder.join(&artifact.path);
    let parent = path.parent().unwrap_or(folder);
    fs::create_dir_all(parent).map_err(|error| DiskError::io(parent, "make", &error))?;
    let write = || {
        let mut file = temporary_in(parent)?;
        file.write_all(&artifact.bytes())?;
        file.as_file().sync_all()?;
        Ok(file.into_temp_path())
    };
    write().map_err(|error| DiskError::io(&path, "write", &error))
}

/// A temporary file that, once renamed, has the permissions of any new file.
fn temporary_in(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".iisc-").suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}
