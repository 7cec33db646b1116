//! The file as a tree, exactly as written.

use std::ops::Range;

use crate::source::{SourceFile, Span};

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) value: Value,
    /// The value with its quotes or brackets; a block of lines from its first to its last value.
    pub(crate) span: Span,
}

/// The three kinds of value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Scalar(Scalar),
    List(Vec<Node>),
    /// Keys in the order of the file; none twice.
    Mapping(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Span,
    pub(crate) value: Node,
}

/// A text with its quoting; it has no type until the schema or the model asks for one.
///
/// So `3.10`, `on` and `012` stay what the user wrote wherever a text is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scalar {
    pub(crate) text: String,
    pub(crate) style: Style,
}

/// How a scalar is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    /// `|` or `>` and the lines below it.
    Block,
}

impl Scalar {
    /// True without any quoting, when the text might also be read as a number or a boolean.
    pub(crate) fn is_plain(&self) -> bool {
        self.style == Style::Plain
    }

    /// The boolean that every YAML tool reads here; not `yes` or `on`, which only some do.
    pub(crate) fn as_bool(&self) -> Option<bool> {
        match self.text.as_str() {
            "true" | "True" | "TRUE" if self.is_plain() => Some(true),
            "false" | "False" | "FALSE" if self.is_plain() => Some(false),
            _ => None,
        }
    }

    /// The whole number that every YAML tool reads here; not `012`, `0x1F` or `1_000`.
    pub(crate) fn as_integer(&self) -> Option<i128> {
        let digits = self.text.strip_prefix('-').unwrap_or(&self.text);
        let decimal = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let padded = digits.len() > 1 && digits.starts_with('0');
        (self.is_plain() && decimal && !padded).then(|| self.text.parse().ok())?
    }
}

impl Node {
    /// The value of a key, if this is a mapping that has it.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Mapping(entries) => entries.iter().find(|entry| entry.key == key),
            Value::Scalar(_) | Value::List(_) => None,
        }
    }

    /// Where a part of a scalar's text stands in the file.
    ///
    /// The whole value, if its bytes in the file are not those of the text: behind escapes or folded lines.
    pub(crate) fn part(&self, source: &SourceFile, part: Range<usize>) -> Span {
        let written = self.written_part(source, &part);
        // Nothing within an empty text is shown as its quotes.
        written
            .filter(|_| !self.is_empty_text())
            .unwrap_or(self.span)
    }

    fn is_empty_text(&self) -> bool {
        matches!(&self.value, Value::Scalar(scalar) if scalar.text.is_empty())
    }

    fn written_part(&self, source: &SourceFile, part: &Range<usize>) -> Option<Span> {
        let Value::Scalar(Scalar { text, style }) = &self.value else {
            return None;
        };
        let quotes = usize::from(*style != Style::Plain);
        let inner = Span::new(self.span.start + quotes, self.span.end.checked_sub(quotes)?);
        let written = source.slice(inner);
        // Within single quotes, a single quote is written twice.
        let doubled = |at| match style {
            Style::SingleQuoted => text
                .get(..at)
                .map(|before: &str| before.matches('\'').count()),
            Style::Plain | Style::DoubleQuoted | Style::Block => Some(0),
        };
        let same = match style {
            Style::SingleQuoted => written.replace("''", "'") == *text,
            Style::Plain | Style::DoubleQuoted => written == text,
            Style::Block => false,
        };
        let place = |at: usize| Some(inner.start + at + doubled(at)?);
        let span = Span::new(place(part.start)?, place(part.end)?);
        same.then_some(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax;

    fn part(text: &str, range: Range<usize>) -> String {
        let source = SourceFile::new("f", text);
        let tree = syntax::compose(&source).tree.unwrap();
        let span = tree.entry("a").unwrap().value.part(&source, range);
        source.slice(span).to_owned()
    }

    #[test]
    fn a_part_of_a_value_is_found_in_every_quoting() {
        assert_eq!(part("a: xyz", 1..2), "y");
        assert_eq!(part("a: \"xyz\"", 1..2), "y");
        assert_eq!(part("a: 'xyz'", 1..2), "y");
        assert_eq!(part("a: 'it''s'", 2..3), "''");
        assert_eq!(part("a: 'it''s'", 3..4), "s");
    }

    #[test]
    fn a_part_behind_an_escape_or_a_fold_is_the_whole_value() {
        assert_eq!(part("a: \"x\\ty\"", 2..3), "\"x\\ty\"");
        assert_eq!(part("a: x\n  y\n", 2..3), "x\n  y");
        assert_eq!(part("a: |\n  xy\n", 0..1), "xy");
        assert_eq!(part("a: ''", 0..0), "''");
    }
}
