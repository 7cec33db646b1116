//! Reads a spec whole, and writes artifacts and mended specs whole or not at all.

mod artifacts;
mod error;

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use tempfile::NamedTempFile;

pub(crate) use self::artifacts::{Overwrite, Written, write, write_file};
pub(crate) use self::error::DiskError;

use crate::world::folder_of;

/// Reads a spec; of a file past the size that a spec may have only as much as it takes to say so.
pub(crate) fn read_spec(path: &Path) -> Result<Vec<u8>, DiskError> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::IsADirectory => DiskError::io(path, "read", &error)
            .with_help("name the spec in it, as a rule app.iis.yaml"),
        _ => DiskError::io(path, "read", &error),
    };
    File::open(path).and_then(bounded).map_err(failed)
}

/// Reads what standard input has, as [`read_spec`] does; `name` is what an error calls it.
pub(crate) fn read_stdin(name: &Path) -> Result<Vec<u8>, DiskError> {
    bounded(io::stdin().lock()).map_err(|error| DiskError::io(name, "read", &error))
}

fn bounded(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = iisc_spec::MAX_BYTES as u64 + 1;
    reader.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a file of our own.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, DiskError> {
    fs::read(path).map_err(|error| DiskError::io(path, "read", &error))
}

/// Writes a mended spec in place of the bytes that were read, unless it has become another file since.
pub(crate) fn mend(path: &Path, read: &[u8], mended: &[u8]) -> Result<(), DiskError> {
    let current = fs::read(path).map_err(|error| DiskError::io(path, "read", &error))?;
    if current != read {
        return Err(
            DiskError::new(path, "somebody else has changed it meanwhile")
                .with_help("run the command again"),
        );
    }
    replace(path, mended)
}

/// Writes a file as a whole. One that exists keeps its permissions; a link is refused, and so is a file that
/// nobody may write.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let permissions = match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => {
            return Err(linked(path).with_help("name the file that the link leads to"));
        }
        Ok(metadata) if metadata.permissions().readonly() => {
            return Err(DiskError::new(path, "this file is write-protected"));
        }
        Ok(metadata) => Some(metadata.permissions()),
        Err(_) => None,
    };
    let folder = folder_of(path);
    let write = || {
        let mut file = temporary_in(&folder)?;
        file.write_all(bytes)?;
        if let Some(permissions) = permissions {
            file.as_file().set_permissions(permissions)?;
        }
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)
    };
    match write() {
        Ok(_) => Ok(()),
        Err(error) => Err(DiskError::io(path, "write", &error)),
    }
}

fn linked(path: &Path) -> DiskError {
    DiskError::new(
        path,
        "this is a link, and iisc does not write through links",
    )
}

/// Writes a file that is the user's from then on. One that is there already is only replaced if anything may be.
pub(crate) fn create(path: &Path, bytes: &[u8], overwrite: Overwrite) -> Result<(), DiskError> {
    if overwrite == Overwrite::OwnFiles && fs::symlink_metadata(path).is_ok() {
        return Err(
            DiskError::new(path, "this file is there already, and would be overwritten")
                .with_help("write another with -o, or overwrite it with --force"),
        );
    }
    let folder = folder_of(path);
    fs::create_dir_all(&folder).map_err(|error| DiskError::io(&folder, "make", &error))?;
    replace(path, bytes)
}

/// A temporary file that, once renamed, has the permissions of any new file.
fn temporary_in(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".iisc-").suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spec_that_somebody_else_has_changed_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("app.iis.yaml");
        fs::write(&path, "theirs").unwrap();
        assert!(mend(&path, b"read", b"mended").is_err());
        assert_eq!(fs::read(&path).unwrap(), b"theirs");
        mend(&path, b"theirs", b"mended").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"mended");
    }

    #[cfg(unix)]
    #[test]
    fn a_replaced_file_keeps_its_permissions_and_a_protected_one_is_left_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("app.iis.yaml");
        fs::write(&path, "old").unwrap();
        let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        replace(&path, b"new").unwrap();
        assert_eq!((fs::read(&path).unwrap(), mode()), (b"new".to_vec(), 0o640));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
        assert!(replace(&path, b"newer").is_err());
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
