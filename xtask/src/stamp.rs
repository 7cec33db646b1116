//! What was made last time, and from what.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// Remembers, inside a folder, from what a part of it was made. Goes away together with it.
pub(crate) struct Stamp {
    file: PathBuf,
    text: String,
}

impl Stamp {
    /// Names a part of a folder, and what it is made from.
    pub(crate) fn new(folder: &Path, name: &str, text: String) -> Self {
        Self {
            file: folder.join(format!("xtask-{name}.txt")),
            text,
        }
    }

    /// True if the part was made from just that.
    pub(crate) fn holds(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|text| text == self.text)
    }

    /// Notes that the part has been made.
    pub(crate) fn set(&self) -> Result<(), Failure> {
        fs::write(&self.file, &self.text).map_err(Failure::io(self.file.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_holds_for_exactly_what_was_set() {
        let folder = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let stamp = |text: &str| Stamp::new(&folder, "test", text.to_owned());
        assert!(!stamp("3.11").holds());
        stamp("3.11").set().unwrap();
        assert!(stamp("3.11").holds());
        assert!(!stamp("3.12").holds());
        fs::remove_dir_all(&folder).unwrap();
    }
}
