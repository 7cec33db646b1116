//! A file to be written, without knowing of any disk.

use iisc_spec::Target;

/// How lines end in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnding {
    /// `\n`
    Lf,
    /// `\r\n`, for what Windows programs read line by line
    CrLf,
}

/// A file to be written: where, and what. UTF-8 without a byte order mark, which would break the first
/// command of a script (C25).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Path below the output folder, with `/` between folders on every system.
    pub path: String,
    /// The text, with `\n` at the end of each line.
    pub text: String,
    /// How lines end in the file.
    pub line_ending: LineEnding,
}

impl Artifact {
    /// An artifact in the folder of its target, read by Windows programs.
    #[must_use]
    pub fn for_target(target: Target, name: &str, text: String) -> Self {
        Self {
            path: format!("{target}/{name}"),
            text,
            line_ending: LineEnding::CrLf,
        }
    }

    /// The bytes of the file.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        match self.line_ending {
            LineEnding::Lf => self.text.clone().into_bytes(),
            LineEnding::CrLf => self.text.replace('\n', "\r\n").into_bytes(),
        }
    }
}
