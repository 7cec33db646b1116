//! The text of one file, and all arithmetic on places in it.

/// A half-open range of bytes in one [`SourceFile`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The place before the byte at `offset`.
    #[must_use]
    pub const fn empty(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The same bytes as a range of the standard library.
    #[must_use]
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start..self.end
    }

    /// Number of bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// True for a place between two bytes.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }
}

/// A place as people and editors count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters (Unicode scalar values).
    pub column: usize,
}

/// Bytes between two of the counts that a [`SourceFile`] keeps.
const STRIDE: usize = 1024;

/// The text of one file and the name it goes by; immutable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    name: String,
    text: String,
    line_starts: Vec<usize>,
    /// What stands before every [`STRIDE`]th byte, so that a column in a long line costs no more than in a short one.
    counts: Vec<Count>,
}

/// How much text there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Count {
    characters: usize,
    utf16_units: usize,
}

impl Count {
    /// Adds the characters that begin in these bytes of UTF-8.
    fn and(self, bytes: &[u8]) -> Self {
        let begins = bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        let pairs = bytes.iter().filter(|byte| **byte >= 0xF0).count();
        Self {
            characters: self.characters + begins,
            utf16_units: self.utf16_units + begins + pairs,
        }
    }
}

impl SourceFile {
    /// Takes a text and finds its lines.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0)
            .chain(breaks.map(|(at, _)| at + 1))
            .collect();
        let mut count = Count::default();
        let after = text.as_bytes().chunks(STRIDE).map(|bytes| {
            count = count.and(bytes);
            count
        });
        let counts = std::iter::once(Count::default()).chain(after).collect();
        Self {
            name: name.into(),
            text,
            line_starts,
            counts,
        }
    }

    /// The name of the file as diagnostics print it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text, without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte offset.
    ///
    /// An offset past the end counts as the end, one inside a character as that character's first byte.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.count(self.line_start(line));
        let column = self.count(offset).characters - start.characters + 1;
        Position { line, column }
    }

    /// The column of a byte offset, from 1, in UTF-16 code units: what SARIF and most editors count.
    #[must_use]
    pub fn utf16_column(&self, offset: usize) -> usize {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.count(self.line_start(line));
        self.count(offset).utf16_units - start.utf16_units + 1
    }

    /// The text of a line counted from 1, without its line break; empty for a line that does not exist.
    #[must_use]
    pub fn line(&self, number: usize) -> &str {
        self.text
            .get(self.line_span(number).range())
            .unwrap_or_default()
    }

    /// Where a line counted from 1 stands, without its line break.
    #[must_use]
    pub fn line_span(&self, number: usize) -> Span {
        let start = self.line_start(number);
        let rest = self.text.get(start..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        Span::new(start, start + line.strip_suffix('\r').unwrap_or(line).len())
    }

    /// The text within a span; empty if the span does not lie on character boundaries of this file.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The span cut down to what exists in this file, on character boundaries.
    #[must_use]
    pub fn clamp(&self, span: Span) -> Span {
        let start = self.text.floor_char_boundary(span.start);
        Span::new(start, self.text.ceil_char_boundary(span.end).max(start))
    }

    /// What stands before a character.
    fn count(&self, offset: usize) -> Count {
        let near = offset / STRIDE;
        let before = self.counts.get(near).copied().unwrap_or_default();
        let rest = self.text.as_bytes().get(near * STRIDE..offset);
        before.and(rest.unwrap_or_default())
    }

    fn line_start(&self, number: usize) -> usize {
        let index = number.saturating_sub(1);
        self.line_starts
            .get(index)
            .copied()
            .unwrap_or(self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_line_feeds() {
        let file = SourceFile::new("a", "é: 1\r\nb: ü x\n");
        assert_eq!(file.position(0), Position { line: 1, column: 1 });
        assert_eq!(file.position(2), Position { line: 1, column: 2 });
        let x = file.text().find('x').unwrap();
        assert_eq!(file.position(x), Position { line: 2, column: 6 });
        assert_eq!(file.position(usize::MAX), Position { line: 3, column: 1 });
        assert_eq!(file.line_starts.len(), 3);
    }

    #[test]
    fn utf_16_counts_an_emoji_as_two() {
        let file = SourceFile::new("a", "é\n😀b");
        assert_eq!((file.utf16_column(2), file.position(2).column), (2, 2));
        assert_eq!((file.utf16_column(7), file.position(7).column), (3, 2));
        assert_eq!(file.utf16_column(usize::MAX), 4);
    }

    #[test]
    fn a_long_line_is_counted_like_a_short_one() {
        let text = "aé😀".repeat(1_000);
        let file = SourceFile::new("a", format!("\n{text}\n"));
        for (at, _) in text.char_indices().step_by(7).chain([(text.len(), ' ')]) {
            let before = text.get(..at).unwrap();
            assert_eq!(file.position(1 + at).column, before.chars().count() + 1);
            assert_eq!(file.utf16_column(1 + at), before.encode_utf16().count() + 1);
        }
    }

    #[test]
    fn an_offset_inside_a_character_belongs_to_it() {
        let file = SourceFile::new("a", "xé");
        assert_eq!(file.position(2), file.position(1));
        assert_eq!(file.clamp(Span::new(2, 2)), Span::new(1, 3));
        assert_eq!(file.clamp(Span::new(7, 9)), Span::new(3, 3));
    }

    #[test]
    fn a_line_comes_without_its_break() {
        let file = SourceFile::new("a", "one\r\ntwo\n");
        assert_eq!(
            (file.line(1), file.line(2), file.line(3), file.line(9)),
            ("one", "two", "", "")
        );
    }
}
