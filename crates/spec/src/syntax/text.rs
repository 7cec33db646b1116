//! Bytes to text: UTF-8 and nothing else.

use crate::diag::Diagnostic;
use crate::rules::{Phase, Rule};
use crate::source::{SourceFile, Span};

pub(crate) static FILE_ENCODING: Rule = Rule::error(
    1,
    "file-encoding",
    include_str!("file-encoding.md"),
    Phase::Text,
);

pub(crate) static SIZE_LIMIT: Rule =
    Rule::error(2, "size-limit", include_str!("size-limit.md"), Phase::Text);

/// Largest file that is read, in bytes (`C9`).
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Takes the text out of a file's bytes, or says why there is none.
///
/// The source is made in every case, so that a place can be shown: for bytes that are no UTF-8 it holds a
/// replacement character, for another encoding it is empty.
pub(crate) fn read(name: &str, bytes: &[u8]) -> (SourceFile, Option<Diagnostic>) {
    let whole = |problem| (SourceFile::new(name, ""), Some(problem));
    if bytes.len() > MAX_BYTES {
        return whole(too_large());
    }
    if let Some(encoding) = other_encoding(bytes) {
        return whole(wrong_encoding(encoding));
    }
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mark = bytes.len() - body.len();
    match std::str::from_utf8(body) {
        Ok(text) => {
            let problem = control_character(text, mark);
            (SourceFile::new(name, text), problem)
        }
        Err(error) => {
            let at = error.valid_up_to();
            let problem = invalid_byte(at, mark, body.get(at).copied().unwrap_or_default());
            (
                SourceFile::new(name, String::from_utf8_lossy(body)),
                Some(problem),
            )
        }
    }
}

/// Says that a file is beyond [`MAX_BYTES`].
pub(crate) fn too_large() -> Diagnostic {
    SIZE_LIMIT
        .problem("the file is larger than 4 MiB")
        .help("check that this is the right file")
}

/// UTF-16 by its byte order mark, or by a zero in every second byte at the start.
fn other_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Some("UTF-32"),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Some("UTF-16"),
        _ => (zeros(bytes, 0) != zeros(bytes, 1)).then_some("UTF-16"),
    }
}

/// True if the first two of every second byte are zero, as one half of each Latin letter in UTF-16 is.
fn zeros(bytes: &[u8], first: usize) -> bool {
    bytes.len() >= 2
        && bytes
            .iter()
            .skip(first)
            .step_by(2)
            .take(2)
            .all(|byte| *byte == 0)
}

fn wrong_encoding(encoding: &str) -> Diagnostic {
    FILE_ENCODING
        .problem(format!("the file is in {encoding}, not in UTF-8"))
        .help(
            "save it as UTF-8; what Notepad calls \"Unicode\" or PowerShell's `>` writes is UTF-16",
        )
}

/// Says where a file stops being UTF-8; `mark` is the length of its byte order mark.
pub(crate) fn invalid_byte(at: usize, mark: usize, byte: u8) -> Diagnostic {
    let replacement = '\u{FFFD}'.len_utf8();
    FILE_ENCODING
        .problem(format!(
            "the file is not UTF-8: byte 0x{byte:02X} at offset {}",
            at + mark
        ))
        .at(Span::new(at, at + replacement), old_encoding(byte))
        .help("save the file as UTF-8")
}

/// What the byte most likely was meant to be: western European Windows is nearly Latin-1.
fn old_encoding(byte: u8) -> String {
    match byte {
        0xA1..=0xFF => format!("`{}` in Windows-1252", char::from(byte)),
        _ => "not a character".to_owned(),
    }
}

/// The first character that no text file holds; YAML forbids it too.
pub(crate) fn control_character(text: &str, mark: usize) -> Option<Diagnostic> {
    let harmless = |c: char| !c.is_ascii_control() || matches!(c, '\t' | '\n' | '\r');
    let (at, c) = text.char_indices().find(|(_, c)| !harmless(*c))?;
    let (name, code) = if c == '\0' {
        ("NUL", 0)
    } else {
        ("control character", u32::from(c))
    };
    let problem = FILE_ENCODING
        .problem(format!("{name} U+{code:04X} at offset {}", at + mark))
        .at(
            Span::new(at, at + c.len_utf8()),
            "not allowed in a text file",
        )
        .help("remove it; if the file was saved in another encoding, save it as UTF-8");
    Some(problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bytes: &[u8]) -> String {
        let (source, problem) = read("f", bytes);
        problem
            .map(|problem| problem.short(&source))
            .unwrap_or_default()
    }

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn utf_16_is_recognised_with_and_without_a_mark() {
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            for text in ["\u{FEFF}name: é\n", "name: é\n", "#"] {
                let found = message(&utf16(text, order));
                assert_eq!(
                    found, "f: error[IISC0001]: the file is in UTF-16, not in UTF-8",
                    "{text:?}"
                );
            }
        }
    }

    #[test]
    fn a_byte_order_mark_is_dropped() {
        let (source, problem) = read("f", b"\xEF\xBB\xBFname: x\n");
        assert_eq!((source.text(), problem), ("name: x\n", None));
    }

    #[test]
    fn offsets_are_those_of_the_file_and_columns_those_of_the_text() {
        assert_eq!(
            message(b"\xEF\xBB\xBFa: caf\xE9"),
            "f:1:7: error[IISC0001]: the file is not UTF-8: byte 0xE9 at offset 9"
        );
        assert_eq!(
            message(b"a: x\0y"),
            "f:1:5: error[IISC0001]: NUL U+0000 at offset 4"
        );
        assert_eq!(
            message(b"a: \x07"),
            "f:1:4: error[IISC0001]: control character U+0007 at offset 3"
        );
    }

    #[test]
    fn a_file_of_four_mebibytes_is_read_and_one_byte_more_is_not() {
        let mut bytes = vec![b'#'; MAX_BYTES];
        assert_eq!(message(&bytes), "");
        bytes.push(b'#');
        assert_eq!(
            message(&bytes),
            "f: error[IISC0002]: the file is larger than 4 MiB"
        );
    }
}
