//! A value and where each part of it stands.

use std::ops::Range;

use crate::source::Span;

/// A text of a file with its references resolved, which still knows where each part of it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Marked {
    pub(crate) text: String,
    start: usize,
    end: usize,
    /// Where text and file go apart: an offset in the text, and the one in the file that belongs to it. Sorted.
    steps: Vec<(usize, usize)>,
}

impl Marked {
    /// A text that starts at an offset of the file and has not been read yet.
    pub(crate) fn starting(start: usize) -> Self {
        Self {
            start,
            end: start,
            ..Self::default()
        }
    }

    /// A text that stands in the file exactly so.
    pub(crate) fn plain(text: &str, start: usize) -> Self {
        let mut marked = Self::starting(start);
        marked.push(text, text.len());
        marked
    }

    /// Adds what the next `length` bytes of the file stand for.
    pub(crate) fn push(&mut self, text: &str, length: usize) {
        self.text.push_str(text);
        self.end += length;
        if text.len() != length {
            self.steps.push((self.text.len(), self.end));
        }
    }

    /// Where the whole text stands, without quotes.
    pub(crate) fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// Where a range of the text stands.
    pub(crate) fn part(&self, range: Range<usize>) -> Span {
        Span::new(self.offset(range.start), self.offset(range.end))
    }

    fn offset(&self, at: usize) -> usize {
        let after = self.steps.partition_point(|(text, _)| *text <= at);
        let known = after.checked_sub(1).and_then(|index| self.steps.get(index));
        let (text, file) = known.copied().unwrap_or((0, self.start));
        let next = self.steps.get(after).map_or(self.end, |(_, file)| *file);
        (file + at.saturating_sub(text)).min(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_behind_a_reference_is_found() {
        let mut marked = Marked::starting(10);
        marked.push("a", 1);
        marked.push("\"", 6);
        marked.push("bc", 2);
        assert_eq!(marked.text, "a\"bc");
        assert_eq!(marked.span(), Span::new(10, 19));
        assert_eq!(marked.part(0..1), Span::new(10, 11));
        assert_eq!(marked.part(1..2), Span::new(11, 17));
        assert_eq!(marked.part(2..3), Span::new(17, 18));
        assert_eq!(marked.part(4..4), Span::new(19, 19));
        assert_eq!(Marked::plain("xy", 3).part(1..2), Span::new(4, 5));
    }
}
