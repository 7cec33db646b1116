//! What lies under a URL on this machine.

use std::path::{Path, PathBuf};

use crate::config::Kind;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    File(PathBuf),
    Folder(PathBuf),
    Nothing,
}

impl Found {
    pub(crate) const fn kind(&self) -> Kind {
        match self {
            Self::File(_) => Kind::File,
            Self::Folder(_) => Kind::Directory,
            Self::Nothing => Kind::Nothing,
        }
    }
}

/// Finds what a decoded path names below a folder. As on Windows, case does not count; a name that Windows would read
/// as another one, or as more than a name, finds nothing. Neither does a link that leads out of the folder.
pub(crate) fn find(folder: &Path, below: &[u8]) -> Found {
    let Ok(below) = std::str::from_utf8(below) else {
        return Found::Nothing;
    };
    let mut names = below.split('/').filter(|name| !name.is_empty());
    let Some(path) = names.try_fold(folder.to_owned(), |path, name| enter(&path, name)) else {
        return Found::Nothing;
    };
    let (Ok(real), Ok(top)) = (path.canonicalize(), folder.canonicalize()) else {
        return Found::Nothing;
    };
    match real {
        real if !real.starts_with(&top) => Found::Nothing,
        real if real.is_dir() => Found::Folder(path),
        real if real.is_file() && !below.ends_with('/') => Found::File(path),
        _ => Found::Nothing,
    }
}

/// The entry of a folder; the one of exactly that name before one that differs in case.
fn enter(folder: &Path, name: &str) -> Option<PathBuf> {
    if !is_plain(name) {
        return None;
    }
    let exact = folder.join(name);
    if exact.exists() {
        return Some(exact);
    }
    let wanted = name.to_lowercase();
    let entries = folder.read_dir().ok()?.filter_map(Result::ok);
    let mut alike: Vec<_> = entries
        .filter(|entry| entry.file_name().to_string_lossy().to_lowercase() == wanted)
        .map(|entry| entry.path())
        .collect();
    alike.sort();
    alike.into_iter().next()
}

/// Windows cuts dots and blanks from the end of a name, and sees a stream or a drive behind a colon.
fn is_plain(name: &str) -> bool {
    let is_forbidden = |c: char| c.is_control() || r#"\:*?"<>|"#.contains(c);
    !name.ends_with(['.', ' ']) && !name.contains(is_forbidden)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_windows_reads_otherwise_are_none() {
        for name in [
            "..", ".", "a.", "a ", "a::$DATA", "C:", r"a\b", "a*", "a?", "a\u{1}",
        ] {
            assert!(!is_plain(name), "{name}");
        }
        for name in ["a", ".a", "a b.css", "..a", "~1", "é"] {
            assert!(is_plain(name), "{name}");
        }
    }
}
