//! A text in which a broken value is passed over, so that a file with several is told of all of them in one run.

use crate::source::{SourceFile, Span};

/// Broken values that are passed over; a text with more is another kind of file.
pub(super) const MOST: usize = 20;

/// Bytes of a text that is worth reading so often.
const LONGEST: usize = 256 * 1024;

/// Bytes of a value that somebody wrote by hand.
const LONGEST_VALUE: usize = 4 * 1024;

/// The text with `x` in place of each byte of the value that lies around a place, so that all places stay what
/// they are.
///
/// `None` unless that value is the whole rest of its line behind a key or `- `, and no line below belongs to it:
/// only then is the rest of the text certain to mean what it says.
pub(super) fn without_value(source: &SourceFile, place: Span) -> Option<SourceFile> {
    let line = source.position(place.start).line;
    let whole = source.line_span(line);
    let text = source.slice(whole);
    let value = Span::new(whole.start + value_start(text)?, whole.end);
    let encloses = value.start <= place.start && place.end <= value.end;
    let below = source.text().get(whole.end..)?.lines();
    let next = below.map(margin).find(|(_, code)| !code.is_empty());
    let stands_alone = next.is_none_or(|(indent, _)| indent <= margin(text).0);
    let is_long = source.text().len() > LONGEST || value.len() > LONGEST_VALUE;
    if !encloses || !stands_alone || is_long {
        return None;
    }
    let mut patched = source.text().to_owned();
    patched.replace_range(value.range(), &"x".repeat(value.len()));
    Some(SourceFile::new(source.name(), patched))
}

/// Where the value of a line begins: behind `key: `, or else behind `- `.
fn value_start(line: &str) -> Option<usize> {
    let (indent, code) = margin(line);
    let items = code.len() - code.trim_start_matches("- ").len();
    let rest = code.get(items..)?;
    let key = rest.split_once(": ").map(|(key, _)| key);
    let is_name = |key: &&str| {
        let mut characters = key.chars();
        characters.all(|c| c.is_alphanumeric() || "_-./".contains(c))
    };
    let behind_key = key.filter(is_name).map(|key| key.len() + 2);
    let start = behind_key.or((items > 0).then_some(0))?;
    let blanks = rest.get(start..)?;
    let blanks = blanks.len() - blanks.trim_start().len();
    Some(indent + items + start + blanks)
}

/// The width of a line's indentation, and what stands behind it; nothing for a comment.
fn margin(line: &str) -> (usize, &str) {
    let code = line.trim_start_matches(' ');
    let shown = match code.starts_with('#') {
        true => "",
        false => code.trim_end(),
    };
    (line.len() - code.len(), shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str, part: &str) -> Option<String> {
        let start = text.find(part).unwrap();
        let source = SourceFile::new("f", text);
        let patched = without_value(&source, Span::new(start, start + part.len()));
        patched.map(|patched| patched.text().to_owned())
    }

    #[test]
    fn a_value_alone_on_its_line_is_passed_over() {
        assert_eq!(
            without("a: \"\\é\"\nb: 1\n", "\\"),
            Some("a: xxxxx\nb: 1\n".into())
        );
        assert_eq!(without("l:\n  - @x\n", "@"), Some("l:\n  - xx\n".into()));
        assert_eq!(without("l:\n  - k: @x", "@"), Some("l:\n  - k: xx".into()));
    }

    #[test]
    fn what_others_may_hang_on_is_not() {
        for (text, part) in [
            ("a: @x\n  b: 1\n", "@"),
            ("@x\n", "@"),
            ("a b: @x\n", "a"),
            ("a: x\n", "a"),
        ] {
            assert_eq!(without(text, part), None, "{text}");
        }
    }
}
