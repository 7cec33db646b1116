//! Where an entry applies.

use std::fmt;

/// Where an entry of a folder's list applies; prints as SDDL's flags (`OICIIO`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inheritance {
    /// In the folder itself; not so with `IO`.
    pub this_folder: bool,
    /// In the folders below it (`CI`).
    pub subfolders: bool,
    /// In the files below it (`OI`).
    pub files: bool,
    /// Of what is below, only directly in the folder (`NP`).
    pub one_level: bool,
}

impl Inheritance {
    /// The folder, subfolders, and files.
    pub const EVERYWHERE: Self = Self {
        this_folder: true,
        subfolders: true,
        files: true,
        one_level: false,
    };

    /// The folder alone.
    pub const THIS_FOLDER: Self = Self {
        this_folder: true,
        subfolders: false,
        files: false,
        one_level: false,
    };

    /// The places in words: `this folder, subfolders, and files`.
    #[must_use]
    pub fn in_words(self) -> String {
        let places = match (self.this_folder, self.subfolders, self.files) {
            (true, true, true) => "this folder, subfolders, and files",
            (true, true, false) => "this folder and subfolders",
            (true, false, true) => "this folder and files",
            (true, false, false) => "this folder only",
            (false, true, true) => "subfolders and files only",
            (false, true, false) => "subfolders only",
            (false, false, true) => "files only",
            (false, false, false) => "nothing",
        };
        let depth = match self.one_level && (self.subfolders || self.files) {
            true => ", one level deep",
            false => "",
        };
        format!("{places}{depth}")
    }
}

impl fmt::Display for Inheritance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.files { "OI" } else { "" })?;
        f.write_str(if self.subfolders { "CI" } else { "" })?;
        f.write_str(if self.one_level { "NP" } else { "" })?;
        f.write_str(if self.this_folder { "" } else { "IO" })
    }
}
