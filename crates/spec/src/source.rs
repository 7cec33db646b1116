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

/// Bytes from one mark of a [`SourceFile`] to the next.
const STRIDE: usize = 128;

/// What stands before a byte, and where its line begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Mark {
    offset: usize,
    feeds: usize,
    characters: usize,
    utf16_units: usize,
    line_start: usize,
}

impl Mark {
    /// The mark behind these bytes of UTF-8, which follow this one.
    fn behind(self, bytes: &[u8]) -> Self {
        let begins = bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        let pairs = bytes.iter().filter(|byte| **byte >= 0xF0).count();
        let feed = bytes.iter().rposition(|byte| *byte == b'\n');
        Self {
            offset: self.offset + bytes.len(),
            feeds: self.feeds + line_feeds(bytes),
            characters: self.characters + begins,
            utf16_units: self.utf16_units + begins + pairs,
            line_start: feed.map_or(self.line_start, |feed| self.offset + feed + 1),
        }
    }
}

/// The text of one file and the name it goes by; immutable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    name: String,
    text: String,
    /// One for each [`STRIDE`]th byte. A place of each line would take more memory than the text, if that is nothing
    /// but line feeds; and a place far along a line costs no more than any other.
    marks: Vec<Mark>,
}

impl SourceFile {
    /// Takes a text and finds its lines.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let chunks = text.as_bytes().chunks(STRIDE);
        let mut mark = Mark::default();
        let behind = chunks.map(|bytes| {
            mark = mark.behind(bytes);
            mark
        });
        let marks = std::iter::once(Mark::default()).chain(behind).collect();
        Self {
            name: name.into(),
            text,
            marks,
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
        let mark = self.mark(offset);
        let start = self.mark(mark.line_start);
        Position {
            line: mark.feeds + 1,
            column: mark.characters - start.characters + 1,
        }
    }

    /// The column of a byte offset, from 1, in UTF-16 code units: what SARIF and most editors count.
    #[must_use]
    pub fn utf16_column(&self, offset: usize) -> usize {
        let mark = self.mark(offset);
        mark.utf16_units - self.mark(mark.line_start).utf16_units + 1
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

    /// The mark of an offset, or of the character that it lies in.
    fn mark(&self, offset: usize) -> Mark {
        let offset = self.text.floor_char_boundary(offset);
        let near = self.marks.get(offset / STRIDE).copied();
        let near = near.unwrap_or_default();
        let rest = self.text.as_bytes().get(near.offset..offset);
        near.behind(rest.unwrap_or_default())
    }

    /// Where a line counted from 1 begins; the end of the text for a line that does not exist.
    fn line_start(&self, number: usize) -> usize {
        let Some(feed) = number.checked_sub(2) else {
            return 0;
        };
        // The mark before the line feed in question.
        let index = self.marks.partition_point(|mark| mark.feeds <= feed);
        let mark = self.marks.get(index.saturating_sub(1)).copied();
        let mark = mark.unwrap_or_default();
        let bytes = self.text.bytes().enumerate().skip(mark.offset);
        bytes
            .filter(|(_, byte)| *byte == b'\n')
            .nth(feed - mark.feeds)
            .map_or(self.text.len(), |(at, _)| at + 1)
    }
}

fn line_feeds(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
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
    }

    #[test]
    fn a_long_text_is_counted_as_a_short_one() {
        let mut text = String::new();
        while text.len() < 3 * STRIDE {
            text += &format!("{}\n", "ü".repeat(text.len() % 7));
        }
        let file = SourceFile::new("a", text.as_str());
        let mut start = 0;
        for (index, line) in text.split('\n').enumerate() {
            let number = index + 1;
            let end = start + line.len();
            assert_eq!(file.line_span(number), Span::new(start, end));
            let columns = [(start, 1), (end, line.chars().count() + 1)];
            for (offset, column) in columns {
                let expected = Position {
                    line: number,
                    column,
                };
                assert_eq!(file.position(offset), expected, "{offset}");
            }
            start = end + 1;
        }
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
