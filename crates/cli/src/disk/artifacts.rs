//! Writes what was built, whole or not at all.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use iisc_compile::{Artifact, MARKER};
use tempfile::TempPath;

use super::{DiskError, linked, replace, temporary_in};
use crate::world::folder_of;

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

/// Writes the artifacts below a folder, and says what became of each.
///
/// Everything is looked at first, then written to private temporary files, and only then renamed into place,
/// so that an error leaves the old files as they were (C34, C35).
pub(crate) fn write(
    folder: &Path,
    artifacts: &[Artifact],
    overwrite: Overwrite,
) -> Result<Vec<Written>, DiskError> {
    let folders = folders(folder, artifacts)?;
    let mut states = Vec::new();
    let mut changed = Vec::new();
    for artifact in artifacts {
        let (path, bytes) = (folder.join(&artifact.path), artifact.bytes());
        let state = match folders.get(artifact.folder()) {
            // Nothing is in a folder that is not there.
            Some(false) => Written::Written,
            Some(true) | None => state(&path, &bytes, overwrite)?,
        };
        states.push(state);
        if state == Written::Written {
            changed.push((path, bytes));
        }
    }
    let missing = folders.iter().filter(|(_, is_there)| !**is_there);
    for (name, _) in missing {
        let folder = folder.join(name);
        fs::create_dir_all(&folder).map_err(|error| DiskError::io(&folder, "make", &error))?;
    }
    persist(stage(changed)?)?;
    Ok(states)
}

/// Renames temporary files into their places.
fn persist(staged: Vec<(TempPath, PathBuf)>) -> Result<(), DiskError> {
    let mut replaced: Vec<PathBuf> = Vec::new();
    for (temporary, path) in staged {
        temporary
            .persist(&path)
            .map_err(|error| failed_midway(&path, &error.error, &replaced))?;
        replaced.push(path);
    }
    Ok(())
}

fn failed_midway(path: &Path, error: &io::Error, replaced: &[PathBuf]) -> DiskError {
    let mut failure = DiskError::io(path, "replace", error);
    for path in replaced {
        failure = failure.and_told(&format!("\n  already replaced: {}", path.display()));
    }
    failure.with_help("remove the obstacle and build again")
}

/// Writes a file of our own that is not an artifact, if it would change, and says what became of it.
pub(crate) fn write_file(
    path: &Path,
    bytes: &[u8],
    overwrite: Overwrite,
) -> Result<Written, DiskError> {
    let help = "name another file, or overwrite it with `iisc build --force`";
    let state = compared(path, bytes, overwrite, help)?;
    if state == Written::Written {
        let folder = folder_of(path);
        fs::create_dir_all(&folder).map_err(|error| DiskError::io(&folder, "make", &error))?;
        replace(path, bytes)?;
    }
    Ok(state)
}

fn state(path: &Path, bytes: &[u8], overwrite: Overwrite) -> Result<Written, DiskError> {
    if !is_there(path)? {
        return Ok(Written::Written);
    }
    let help = "build into another folder with -o, or overwrite it with `iisc build --force`";
    compared(path, bytes, overwrite, help)
}

/// Compares what is to be written with what is on the disk, and refuses what must not be replaced; `help` says what to do
/// then.
fn compared(
    path: &Path,
    bytes: &[u8],
    overwrite: Overwrite,
    help: &'static str,
) -> Result<Written, DiskError> {
    match fs::read(path) {
        Ok(old) if old == bytes => Ok(Written::Unchanged),
        Ok(old) if overwrite == Overwrite::OwnFiles && !is_ours(&old) => Err(DiskError::new(
            path,
            "this file was not written by iisc, and would be overwritten",
        )
        .with_help(help)),
        Ok(_) => Ok(Written::Written),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Written::Written),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            Err(DiskError::new(path, "one of its folders is a file")
                .with_help("build into another folder with -o"))
        }
        Err(error) => Err(DiskError::io(path, "read", &error)),
    }
}

/// True for a file with our marker. An empty one has nothing that anybody could lose, and may be what a power cut left
/// of ours ([`stage`]).
fn is_ours(bytes: &[u8]) -> bool {
    let mut windows = bytes.windows(MARKER.len());
    bytes.is_empty() || windows.any(|window| window == MARKER.as_bytes())
}

/// The folders that artifacts lie in, by their paths below the output folder, and which of them are there.
fn folders<'a>(
    output: &Path,
    artifacts: &'a [Artifact],
) -> Result<BTreeMap<&'a str, bool>, DiskError> {
    let mut folders = BTreeMap::new();
    for folder in artifacts.iter().map(Artifact::folder) {
        if !folders.contains_key(folder) {
            folders.insert(folder, is_folder_there(output, folder)?);
        }
    }
    Ok(folders)
}

fn is_folder_there(output: &Path, folder: &str) -> Result<bool, DiskError> {
    let mut path = output.to_path_buf();
    // The output folder itself may be a link.
    let mut is_all_there = path.exists();
    for name in folder.split('/').filter(|name| !name.is_empty()) {
        path.push(name);
        is_all_there = is_all_there && is_there(&path)?;
    }
    Ok(is_all_there)
}

/// Looks for something below the output folder. A link there could lead a write anywhere, and is refused (C33).
fn is_there(path: &Path) -> Result<bool, DiskError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => {
            Err(linked(path)
                .with_help("remove the link, or build into the folder it leads to with -o"))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        // What else is wrong is told by whoever reads it.
        Ok(_) | Err(_) => Ok(true),
    }
}

/// Writes each file to a temporary one in its own folder.
///
/// The disk is not waited for, file by file: artifacts can be built again. After a power cut, some may be empty; the next
/// build sees that they differ and writes them, and what was copied before that differs from the hashes in the manifest.
fn stage(files: Vec<(PathBuf, Vec<u8>)>) -> Result<Vec<(TempPath, PathBuf)>, DiskError> {
    let stage = |(path, bytes): (PathBuf, Vec<u8>)| {
        let write = || {
            let mut file = temporary_in(&folder_of(&path))?;
            file.write_all(&bytes)?;
            Ok(file.into_temp_path())
        };
        match write() {
            Ok(temporary) => Ok((temporary, path)),
            Err(error) => Err(DiskError::io(&path, "write", &error)),
        }
    };
    files.into_iter().map(stage).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn artifact(name: &str) -> Artifact {
        let text = format!("{MARKER}\n");
        Artifact::for_target(iisc_spec::Target::Iis10, name, text)
    }

    #[test]
    fn only_what_differs_is_written_and_what_is_not_ours_never() {
        let folder = tempfile::tempdir().unwrap();
        let artifacts = [artifact("a"), artifact("b"), artifact("c")];
        let write = |overwrite| write(folder.path(), &artifacts, overwrite);
        let path = |name: &str| folder.path().join("iis10").join(name);
        assert_eq!(write(Overwrite::OwnFiles).unwrap(), [Written::Written; 3]);
        // As a power cut may leave it.
        fs::write(path("b"), "").unwrap();
        fs::remove_file(path("c")).unwrap();
        let states = write(Overwrite::OwnFiles).unwrap();
        assert_eq!(
            states,
            [Written::Unchanged, Written::Written, Written::Written]
        );
        assert_eq!(fs::read(path("b")).unwrap(), artifacts[1].bytes());
        fs::write(path("b"), "theirs").unwrap();
        fs::remove_file(path("a")).unwrap();
        assert!(write(Overwrite::OwnFiles).is_err() && !path("a").exists());
        write(Overwrite::Anything).unwrap();
        assert_eq!(
            fs::read_dir(folder.path().join("iis10")).unwrap().count(),
            3
        );
    }

    #[cfg(unix)]
    #[test]
    fn no_link_below_the_output_folder_is_written_through() {
        use std::os::unix::fs::symlink;
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let link = folder.path().join("iis10");
        let artifacts = [artifact("a")];
        let write = || write(folder.path(), &artifacts, Overwrite::Anything);
        for target in [other.path(), Path::new("nowhere")] {
            symlink(target, &link).unwrap();
            assert!(write().is_err());
            fs::remove_file(&link).unwrap();
        }
        fs::create_dir(&link).unwrap();
        symlink(other.path().join("a"), link.join("a")).unwrap();
        assert!(write().is_err());
        assert_eq!(fs::read_dir(other.path()).unwrap().count(), 0);
    }
}
