//! References: `&amp;` and its like.

use super::read::XML_SYNTAX;
use crate::diag::{Diagnostic, Fix};
use crate::source::Span;

/// What an `&` begins.
pub(super) enum Reference {
    /// A character, and the length of the reference.
    Known(char, usize),
    /// Nothing that XML knows, and its length.
    Unknown(usize),
}

/// Reads the reference that `text` begins with.
pub(super) fn reference(text: &str) -> Reference {
    let name_end = text
        .char_indices()
        .skip(1)
        .find(|(_, c)| !c.is_alphanumeric() && *c != '#');
    let name = match name_end {
        Some((at, ';')) => text.get(1..at).unwrap_or_default(),
        Some(_) | None => return Reference::Unknown(1),
    };
    let length = name.len() + 2;
    let number = name
        .strip_prefix('#')
        .and_then(|digits| match digits.strip_prefix('x') {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => digits.parse().ok(),
        });
    let known = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => number.and_then(char::from_u32).filter(|c| is_xml(*c)),
    };
    known.map_or(Reference::Unknown(length), |c| Reference::Known(c, length))
}

/// True for a character that XML 1.0 can hold.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r')
        || !c.is_ascii_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

/// Says that an `&` begins no reference, or one that XML does not know.
pub(super) fn unknown_reference(text: &str, place: usize, length: usize) -> Diagnostic {
    let span = Span::new(place, place + length);
    let written = text.get(..length).unwrap_or_default();
    let alone = length == 1;
    let message = match alone {
        true => "`&` stands alone".to_owned(),
        false => format!("`{written}` is no character that XML knows"),
    };
    let problem = XML_SYNTAX.problem(message).at(span, "");
    match alone {
        true => problem
            .help("write `&amp;`")
            .fix(Fix::safe("write `&amp;`", span, "&amp;")),
        false => problem.help("write the character itself, or `&amp;` for `&`"),
    }
}
