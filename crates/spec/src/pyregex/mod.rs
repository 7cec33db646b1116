//! Is a text a regular expression for Python's `re`?
//!
//! The restart pattern is compiled by Python on the server, so it must be judged by Python's rules and not by
//! those of a Rust crate: `(?P=name)`, possessive quantifiers and lookbehind exist there, `\z` and `[[:alpha:]]`
//! do not. This follows CPython 3.11's `re/_parser.py` construct by construct and gives its messages, so that a
//! user who searches for one finds it. It only accepts or refuses; it matches nothing.
//!
//! Two things are judged more loosely than Python does: the name in `\N{...}`, because that needs the list of
//! all character names, and identifiers, because Python adds a handful of characters to the letters of Unicode.
//! One is stricter: nesting stops at [`MAX_NESTING`] groups.

mod escape;
mod flags;
mod group;
mod parser;
mod set;
mod tokens;
mod width;

use std::ops::Range;

/// Groups inside each other that are followed; Python itself gives up at a few hundred.
const MAX_NESTING: usize = 100;

/// Why Python would refuse a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PatternError {
    /// Python's own words.
    pub(crate) message: String,
    /// The bytes of the pattern it is about; empty at the end of the pattern.
    pub(crate) range: Range<usize>,
}

/// Judges a pattern as `re.compile` would.
pub(crate) fn check(pattern: &str) -> Result<(), PatternError> {
    parser::Parser::new(pattern)
        .run()
        .map_err(|fault| fault.place(pattern))
}

/// A refusal, placed by characters as Python counts.
#[derive(Debug)]
struct Fault {
    message: String,
    /// Index of the character that Python names.
    at: usize,
    /// Number of characters it is about.
    length: usize,
}

impl Fault {
    fn new(message: impl Into<String>, at: usize, length: usize) -> Self {
        Self {
            message: message.into(),
            at,
            length,
        }
    }

    fn place(self, pattern: &str) -> PatternError {
        let byte = |index| {
            pattern
                .char_indices()
                .nth(index)
                .map_or(pattern.len(), |(at, _)| at)
        };
        PatternError {
            range: byte(self.at)..byte(self.at + self.length),
            message: self.message,
        }
    }
}

/// What every step of the parser gives.
type Parsed<T> = Result<T, Fault>;

#[cfg(test)]
mod tests;
