//! Is a text a regular expression for Python's `re`?
//!
//! The restart pattern is compiled by Python on the server, so it must be judged by Python's rules and not by
//! those of a Rust crate: `(?P=name)`, possessive quantifiers and lookbehind exist there, `\z` and `[[:alpha:]]`
//! do not. This follows CPython 3.11's `re/_parser.py` construct by construct and gives its messages, so that a
//! user who searches for one finds it. [`Pattern`] says what an accepted one matches.
//!
//! Two things are judged more loosely than Python does: the name in `\N{...}`, because that needs the list of
//! all character names, and identifiers, because Python adds a handful of characters to the letters of Unicode.
//! One is stricter: nesting stops at [`MAX_NESTING`] groups.

mod dots;
mod escape;
mod flags;
mod group;
mod matcher;
mod parser;
mod paths;
mod set;
mod tokens;
mod tree;
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

/// A pattern that Python accepts.
#[derive(Debug)]
pub(crate) struct Pattern {
    tree: tree::Node,
    text: String,
}

impl Pattern {
    /// Reads a pattern as `re.compile` would.
    pub(crate) fn parse(pattern: &str) -> Result<Self, PatternError> {
        let tree = parser::Parser::new(pattern).run();
        let text = pattern.to_owned();
        tree.map(|tree| Self { tree, text })
            .map_err(|fault| fault.place(pattern))
    }

    /// True if `re.match` finds something; `None` for a pattern with a reference to a group, a conditional or a
    /// group that gives nothing back, and for one that takes too long.
    pub(crate) fn matches_start(&self, text: &str) -> Option<bool> {
        matcher::match_start(&self.tree, text)
    }
}

impl Pattern {
    /// False if it is certain that the pattern matches no path: names with `\` between them.
    pub(crate) fn can_match_a_path(&self) -> bool {
        paths::can_match(&self.tree)
    }

    /// True for `a|b`, outside of any group.
    pub(crate) fn has_alternatives(&self) -> bool {
        matches!(self.tree, tree::Node::Either(_))
    }

    /// The bytes of dots that stand for any character, before an extension: the second in `.*.py`.
    pub(crate) fn bare_dots(&self) -> Vec<Range<usize>> {
        let indexes = dots::bare_dots(&self.tree).into_iter();
        indexes
            .map(|index| byte(&self.text, index)..byte(&self.text, index + 1))
            .collect()
    }
}

/// The byte that the character of an index begins with.
fn byte(text: &str, index: usize) -> usize {
    text.char_indices()
        .nth(index)
        .map_or(text.len(), |(at, _)| at)
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
        PatternError {
            range: byte(pattern, self.at)..byte(pattern, self.at + self.length),
            message: self.message,
        }
    }
}

/// What every step of the parser gives.
type Parsed<T> = Result<T, Fault>;

#[cfg(test)]
mod tests;
