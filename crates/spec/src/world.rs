//! What a rule may ask about the project's folder.

use std::collections::BTreeMap;

/// Read-only questions about the folder that the spec lies in, which holds what the spec's `root` will hold on
/// the server.
///
/// Paths are relative to that folder, with `/` between names. Nothing else of the build machine may be asked:
/// its IIS, its Python and its paths say nothing about the server's.
pub trait World {
    /// What is at a path; `None` if nothing is there, or it may not be looked at.
    fn kind(&self, path: &str) -> Option<Kind>;

    /// The text of a file; `None` if there is none, or it is no text, or too long to be what a rule looks for.
    fn read(&self, path: &str) -> Option<String>;

    /// Every file of the folder and below it, sorted; without what version control and package managers
    /// keep there.
    fn files(&self) -> Vec<String>;
}

/// What is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
}

/// A folder that exists only in memory: for tests, and for what an editor has not saved yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemoryWorld(BTreeMap<String, String>);

impl MemoryWorld {
    /// A folder with these files.
    #[must_use]
    pub fn new<P: Into<String>, T: Into<String>>(files: impl IntoIterator<Item = (P, T)>) -> Self {
        let files = files.into_iter();
        Self(
            files
                .map(|(path, text)| (path.into(), text.into()))
                .collect(),
        )
    }
}

impl World for MemoryWorld {
    fn kind(&self, path: &str) -> Option<Kind> {
        let folder = format!("{path}/");
        match self.0.contains_key(path) {
            true => Some(Kind::File),
            false => self
                .0
                .keys()
                .any(|other| other.starts_with(&folder))
                .then_some(Kind::Folder),
        }
    }

    fn read(&self, path: &str) -> Option<String> {
        self.0.get(path).cloned()
    }

    fn files(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_there_because_of_its_files() {
        let world = MemoryWorld::new([("shop/app.py", "app = 1")]);
        assert_eq!(world.kind("shop"), Some(Kind::Folder));
        assert_eq!(world.kind("shop/app.py"), Some(Kind::File));
        assert_eq!(world.kind("sho"), None);
        assert_eq!(world.read("shop/app.py").as_deref(), Some("app = 1"));
    }
}
