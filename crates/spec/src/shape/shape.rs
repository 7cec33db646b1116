//! The JSON Schema as types: what a file may look like, with references followed and patterns compiled.
//!
//! `table.rs` is the schema in these types. To make both anew at each start would take most of the time of a check.

use std::sync::OnceLock;

use regex::Regex;

use crate::model::{Bytes, Seconds};

/// What a value must look like.
#[derive(Debug)]
pub(crate) enum Shape {
    Mapping(Mapping),
    List(List),
    Text(Text),
    /// One of these texts.
    Choice(&'static [&'static str]),
    Integer {
        least: i128,
        most: i128,
    },
    Boolean,
    /// Any single value, as it is written.
    Scalar,
}

/// Keys with values.
#[derive(Debug)]
pub(crate) struct Mapping {
    pub(crate) keys: &'static [Key],
    /// What keys that the user names look like.
    pub(crate) others: Option<Others>,
}

/// A key that the schema names.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    /// A value that shows how it is written.
    pub(crate) example: Option<&'static str>,
    pub(crate) shape: &'static Shape,
}

/// Keys that the user names.
#[derive(Debug)]
pub(crate) struct Others {
    pub(crate) name: &'static Pattern,
    pub(crate) shape: &'static Shape,
}

/// Values one below the other.
#[derive(Debug)]
pub(crate) struct List {
    pub(crate) items: &'static Shape,
    pub(crate) least: usize,
    pub(crate) unique: bool,
}

/// Any text, or one of a certain form.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) pattern: Option<&'static Pattern>,
    /// Least and most, if the text is a quantity.
    pub(crate) range: Option<Range>,
}

/// The bounds of a quantity, as they are written.
#[derive(Debug)]
pub(crate) struct Range {
    pub(crate) least: &'static str,
    pub(crate) most: &'static str,
}

impl Range {
    pub(crate) fn contains(&self, number: u64) -> bool {
        amount(self.least).is_none_or(|least| least <= number)
            && amount(self.most).is_none_or(|most| number <= most)
    }
}

/// A quantity in its smallest unit; `None` for a text of another form.
pub(crate) fn amount(text: &str) -> Option<u64> {
    let seconds = Seconds::parse(text).map(|Seconds(number)| number.into());
    seconds.or_else(|| Bytes::parse(text).map(|Bytes(number)| number))
}

/// The form of a text.
#[derive(Debug)]
pub(crate) struct Pattern {
    pattern: &'static str,
    /// Compiled when a text is first compared: few specs use every key.
    regex: OnceLock<Option<Regex>>,
    /// The form in words, for people: "expected ...".
    pub(crate) expected: &'static str,
}

impl Pattern {
    pub(super) const fn new(pattern: &'static str, expected: &'static str) -> Self {
        Self {
            pattern,
            regex: OnceLock::new(),
            expected,
        }
    }

    pub(crate) fn matches(&self, text: &str) -> bool {
        self.regex().is_none_or(|regex| regex.is_match(text))
    }

    /// `None` for a pattern that cannot be compiled; a test sees to it that ours has none.
    fn regex(&self) -> Option<&Regex> {
        self.regex
            .get_or_init(|| Regex::new(self.pattern).ok())
            .as_ref()
    }
}

impl Mapping {
    /// The names of the keys that the schema knows.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.keys.iter().map(|key| key.name)
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::SPEC;
    use super::*;

    fn assert_complete(shape: &Shape) {
        match shape {
            Shape::Mapping(mapping) => {
                mapping
                    .keys
                    .iter()
                    .for_each(|key| assert_complete(key.shape));
                if let Some(others) = &mapping.others {
                    assert!(others.name.regex().is_some());
                    assert_complete(others.shape);
                }
            }
            Shape::List(list) => assert_complete(list.items),
            Shape::Text(text) => {
                assert!(text.pattern.is_none_or(|it| it.regex().is_some()))
            }
            Shape::Choice(names) => assert!(!names.is_empty()),
            Shape::Integer { least, most } => assert!(*least >= 0 && *most <= i128::from(u32::MAX)),
            Shape::Boolean | Shape::Scalar => {}
        }
    }

    #[test]
    fn the_schema_is_understood_to_its_last_leaf() {
        assert_complete(&SPEC);
    }
}
