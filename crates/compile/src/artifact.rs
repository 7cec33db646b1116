//! A file to be written, without knowing of any disk.

use iisc_spec::Target;
use memchr::memchr_iter;

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

    /// Path of the folder that the file lies in; empty for the output folder.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The bytes of the file.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        match self.line_ending {
            LineEnding::Lf => self.text.clone().into_bytes(),
            LineEnding::CrLf => with_carriage_returns(&self.text),
        }
    }
}

/// A build turns some hundred thousand lines a second around, so that this is worth more than a `replace`.
fn with_carriage_returns(text: &str) -> Vec<u8> {
    let text = text.as_bytes();
    let ends = || memchr_iter(b'\n', text);
    let mut bytes = Vec::with_capacity(text.len() + ends().count());
    let mut start = 0;
    for end in ends() {
        bytes.extend_from_slice(text.get(start..end).unwrap_or_default());
        bytes.extend_from_slice(b"\r\n");
        start = end + 1;
    }
    bytes.extend_from_slice(text.get(start..).unwrap_or_default());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_ends_as_the_file_has_it() {
        for (text, expected) in [("", ""), ("a\n\nb", "a\r\n\r\nb"), ("\né\n", "\r\né\r\n")] {
            let artifact = Artifact::for_target(Target::Iis10, "x", text.to_owned());
            assert_eq!(artifact.bytes(), expected.as_bytes());
            assert_eq!(artifact.folder(), "iis10");
            let line_ending = LineEnding::Lf;
            let artifact = Artifact {
                line_ending,
                ..artifact
            };
            assert_eq!(artifact.bytes(), text.as_bytes());
        }
    }
}
