//! Texts of a user's file made fit for other eyes and parsers: no control characters, no secrets.

use std::iter::repeat_n;

use iisc_spec::Span;

/// The text with each control character replaced by something of the same length in bytes, so that a file
/// cannot command the terminal it is shown on and spans stay where they are (C40).
pub(crate) fn in_place(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => shown.push(c),
            '\r' => shown.push(' '),
            c if c.is_control() => shown.extend(repeat_n('?', c.len_utf8())),
            c if is_invisible(c) => shown.push('\u{FFFD}'),
            c => shown.push(c),
        }
    }
    shown
}

/// The text with each control character replaced by the picture of it, such as `␛`, also where it is valid in the
/// format; line breaks stay.
pub(super) fn pictured(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' => c,
        '\0'..='\u{1F}' => char::from_u32(u32::from(c) + 0x2400).unwrap_or('\u{FFFD}'),
        '\u{7F}' => '\u{2421}',
        // XML has no way to write the last two.
        c if c.is_control() || is_invisible(c) || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {
            '\u{FFFD}'
        }
        c => c,
    };
    text.chars().map(shown).collect()
}

/// True for marks that turn the direction of text around, or have no width. Each takes three bytes.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
    )
}

/// The text with `*` for each byte of these spans, line breaks excepted, so that other spans stay where they are.
pub(crate) fn masked(text: &str, secrets: &[Span]) -> String {
    if secrets.is_empty() {
        return text.to_owned();
    }
    let mut secrets = secrets.to_vec();
    secrets.sort_unstable();
    let mut secrets = secrets.into_iter().peekable();
    let mut hidden = 0;
    let mut shown = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        while let Some(span) = secrets.next_if(|span| span.start < end) {
            // Nothing is hidden by an empty span.
            hidden = hidden.max(if span.is_empty() { 0 } else { span.end });
        }
        match c {
            '\n' | '\r' => shown.push(c),
            c if at < hidden => shown.extend(repeat_n('*', c.len_utf8())),
            c => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_shown_and_offsets_stay() {
        let text = "a\u{1b}[2J\u{85}\u{202e}b\tc\r\n";
        assert_eq!(in_place(text).len(), text.len());
        assert!(!in_place(text).contains(['\u{1b}', '\u{85}', '\u{202e}', '\r']));
    }

    #[test]
    fn pictures_stand_for_control_characters() {
        assert_eq!(
            pictured("a\u{1b}\0\t\r\n\u{7f}\u{85}\u{202e}\u{ffff}é😀"),
            "a␛␀␉␍\n␡\u{fffd}\u{fffd}\u{fffd}é😀"
        );
    }

    #[test]
    fn no_byte_of_a_secret_is_left_and_offsets_stay() {
        let text = "a: sécret😀\r\nb: x\n";
        let at = text.find('s').unwrap();
        let end = text.find('\r').unwrap();
        let shown = masked(text, &[Span::new(at, end)]);
        assert_eq!(shown, "a: ***********\r\nb: x\n");
        assert_eq!(shown.len(), text.len());
        // A span that ends within a character hides it.
        assert_eq!(masked("é!", &[Span::new(1, 2)]), "**!");
        assert_eq!(masked("x\ny", &[Span::new(0, 3)]), "*\n*");
        assert_eq!(masked("xy", &[Span::empty(1), Span::new(7, 9)]), "xy");
    }
}
