//! Bytes to text: UTF-8 or UTF-16, as the byte order mark or the XML declaration says (`C10`).

use super::Kind;
use crate::diag::{Diagnostic, Fix};
use crate::source::{SourceFile, Span};
use crate::syntax::{FILE_ENCODING, MAX_BYTES, control_character, invalid_byte, too_large};

/// The text of a file.
pub(super) struct Text {
    pub(super) source: SourceFile,
    pub(super) problems: Vec<Diagnostic>,
    /// True if an offset in the text is one in the file, so that edits can be written back.
    pub(super) is_utf8: bool,
    /// True if the text is all there and worth reading.
    pub(super) is_readable: bool,
}

/// Takes the text out of a file's bytes.
pub(super) fn read(kind: Kind, name: &str, bytes: &[u8]) -> Text {
    if bytes.len() > MAX_BYTES {
        return unreadable(SourceFile::new(name, ""), too_large());
    }
    let (text, is_utf8) = match decode(kind, bytes) {
        Ok(decoded) => decoded,
        Err(problem) => {
            let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            let source = SourceFile::new(name, String::from_utf8_lossy(body));
            return unreadable(source, *problem);
        }
    };
    let mut problems = Vec::new();
    problems.extend(control_character(&text, 0));
    if kind.is_xml() {
        problems.extend(declaration(&text, is_utf8));
    }
    Text {
        source: SourceFile::new(name, text),
        problems,
        is_utf8,
        is_readable: true,
    }
}

fn unreadable(source: SourceFile, problem: Diagnostic) -> Text {
    Text {
        source,
        problems: vec![problem],
        is_utf8: false,
        is_readable: false,
    }
}

/// The text without its byte order mark, and whether it is in UTF-8.
fn decode(kind: Kind, bytes: &[u8]) -> Result<(String, bool), Box<Diagnostic>> {
    match bytes {
        [0xFF, 0xFE, body @ ..] => utf16(body, u16::from_le_bytes),
        [0xFE, 0xFF, body @ ..] => utf16(body, u16::from_be_bytes),
        [b'<' | b'[' | b';', 0, ..] => utf16(bytes, u16::from_le_bytes),
        [0, b'<' | b'[' | b';', ..] => utf16(bytes, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, body @ ..] | body => {
            let mark = bytes.len() - body.len();
            match std::str::from_utf8(body) {
                Ok(text) => Ok((text.to_owned(), true)),
                // Nothing declares the encoding of an INI file; IIS 6 reads it in the server's own code page.
                Err(_) if !kind.is_xml() => {
                    Ok((body.iter().copied().map(char::from).collect(), false))
                }
                Err(error) => {
                    let at = error.valid_up_to();
                    let byte = body.get(at).copied().unwrap_or_default();
                    Err(Box::new(invalid_byte(at, mark, byte)))
                }
            }
        }
    }
}

fn utf16(body: &[u8], unit: fn([u8; 2]) -> u16) -> Result<(String, bool), Box<Diagnostic>> {
    let (pairs, rest) = body.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    match String::from_utf16(&units) {
        Ok(text) if rest.is_empty() => Ok((text, false)),
        Ok(_) | Err(_) => {
            let problem = FILE_ENCODING
                .problem("the file starts as UTF-16 and does not go on so")
                .help("save the file as UTF-8");
            Err(Box::new(problem))
        }
    }
}

/// Judges the encoding that the XML declaration names.
///
/// A name that is not UTF-8 is of no consequence while all characters are ASCII.
fn declaration(text: &str, is_utf8: bool) -> Option<Diagnostic> {
    let declaration = text.strip_prefix("<?xml")?.split_once("?>")?.0;
    let (before, after) = declaration.split_once("encoding")?;
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let name = value.get(1..)?.split(quote).next()?;
    let start = "<?xml".len() + before.len() + "encoding".len() + (after.len() - value.len()) + 1;
    let span = Span::new(start, start + name.len());
    let upper = name.to_ascii_uppercase();
    let problem = match (upper.as_str(), is_utf8) {
        ("UTF-8" | "UTF8", true) => return None,
        (upper, false) if upper.starts_with("UTF-16") => return None,
        (upper, true) if !upper.starts_with("UTF-16") && text.is_ascii() => return None,
        (_, true) => FILE_ENCODING
            .problem(format!(
                "the declaration names `{name}`, but the file is in UTF-8"
            ))
            .at(span, "not the encoding of the file")
            .fix(Fix::safe("write `utf-8`", span, "utf-8"))
            .help("write `utf-8`"),
        (_, false) => FILE_ENCODING
            .problem(format!(
                "the declaration names `{name}`, but the file is in UTF-16"
            ))
            .at(span, "not the encoding of the file")
            .help("save the file as UTF-8"),
    };
    Some(problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bytes: &[u8]) -> String {
        let text = read(Kind::WebConfig, "f", bytes);
        text.problems
            .iter()
            .map(|problem| problem.short(&text.source))
            .collect()
    }

    #[test]
    fn both_encodings_are_read_with_and_without_a_mark() {
        for text in ["\u{FEFF}<a b='é'/>", "<a b='é'/>"] {
            for bytes in [
                text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
                text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
                text.as_bytes().to_vec(),
            ] {
                let read = read(Kind::WebConfig, "f", &bytes);
                assert_eq!(read.source.text(), "<a b='é'/>");
                assert!(read.problems.is_empty());
            }
        }
    }

    #[test]
    fn an_encoding_that_is_not_the_files_is_told() {
        let declared = |name: &str, text: &str| {
            format!("<?xml version=\"1.0\" encoding='{name}'?><a b='{text}'/>")
        };
        for (name, text) in [("utf-8", "é"), ("UTF8", "é"), ("windows-1252", "e")] {
            assert_eq!(message(declared(name, text).as_bytes()), "");
        }
        assert_eq!(
            message(declared("utf-16", "e").as_bytes()),
            "f:1:31: error[IISC0001]: the declaration names `utf-16`, but the file is in UTF-8"
        );
        assert!(message(declared("iso-8859-1", "é").as_bytes()).contains("`iso-8859-1`"));
        let utf16 =
            |text: String| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        assert_eq!(message(&utf16(declared("UTF-16", "é"))), "");
        assert!(message(&utf16(declared("utf-8", "é"))).contains("is in UTF-16"));
    }

    #[test]
    fn bytes_that_are_no_text_are_told() {
        assert!(message(b"<a b='\xE9'/>").contains("byte 0xE9 at offset 6"));
        assert!(message(b"\xFF\xFE<").contains("UTF-16"));
        assert!(message(b"<a>\0</a>").contains("NUL"));
    }

    #[test]
    fn an_ini_file_in_a_code_page_is_read() {
        let text = read(Kind::FcgiExt, "f", b"; caf\xE9\n");
        assert_eq!(text.source.text(), "; café\n");
        assert!(text.problems.is_empty() && !text.is_utf8);
    }
}
