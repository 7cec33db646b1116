//! A part of the text that knows where it stands.

use std::ops::Range;

use crate::sddl::SddlError;

/// Characters of a piece that a message repeats; a SID of an application pool has fewer.
const LONGEST_SHOWN: usize = 70;

/// A part of the text that knows where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    text: &'a str,
    start: usize,
}

impl<'a> Piece<'a> {
    /// A whole text.
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, start: 0 }
    }

    pub(super) const fn text(self) -> &'a str {
        self.text
    }

    pub(super) const fn is_empty(self) -> bool {
        self.text.is_empty()
    }

    /// The bytes of the whole text that this is.
    pub(super) const fn range(self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// What stands before and behind a byte of the piece; all of it stands before one that is no character's first.
    pub(super) fn cut(self, at: usize) -> (Self, Self) {
        let (before, behind) = self.text.split_at_checked(at).unwrap_or((self.text, ""));
        let behind = Self {
            text: behind,
            start: self.start + before.len(),
        };
        (
            Self {
                text: before,
                ..self
            },
            behind,
        )
    }

    /// The first characters, and the rest.
    pub(super) fn take(self, count: usize) -> (Self, Self) {
        let end = self.text.char_indices().nth(count);
        self.cut(end.map_or(self.text.len(), |(at, _)| at))
    }

    /// The pieces between separators.
    pub(super) fn split(self, separator: char) -> Vec<Self> {
        let mut start = self.start;
        let piece = |text: &'a str| {
            let piece = Self { text, start };
            start += text.len() + separator.len_utf8();
            piece
        };
        self.text.split(separator).map(piece).collect()
    }

    /// The words between blanks.
    pub(super) fn words(self) -> Vec<Self> {
        let mut start = self.start;
        let word = |text: &'a str| {
            let piece = Self { text, start };
            start += text.len();
            piece.trim()
        };
        let words = self.text.split_inclusive(char::is_whitespace).map(word);
        words.filter(|word| !word.is_empty()).collect()
    }

    /// Without blanks around it.
    pub(super) fn trim(self) -> Self {
        let text = self.text.trim_start();
        Self {
            text: text.trim_end(),
            start: self.start + (self.text.len() - text.len()),
        }
    }

    /// The text as a message can show it: in one line, and not for ever.
    pub(super) fn shown(self) -> String {
        let mut chars = self.text.chars();
        let start = chars.by_ref().take(LONGEST_SHOWN);
        let start = start.map(|c| if c.is_control() { ' ' } else { c });
        let mut shown: String = start.collect();
        if chars.next().is_some() {
            shown.push_str("...");
        }
        shown
    }

    /// Something wrong with all of the piece.
    pub(super) fn error(self, message: impl Into<String>, help: impl Into<String>) -> SddlError {
        SddlError {
            range: self.range(),
            message: message.into(),
            help: help.into(),
        }
    }
}
