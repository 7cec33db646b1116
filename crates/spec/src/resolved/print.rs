//! A resolved spec as YAML, with a comment behind each line that tells where its value comes from.

use std::collections::BTreeMap;

use super::{Origin, Resolved, Used};
use crate::syntax::write;

/// Width that lines are filled up to at most, so that the comments behind them stand in one column. The few that
/// are longer have theirs right behind.
const WIDTH: usize = 60;

/// What takes the place of a value that may be a secret.
const HIDDEN: &str = "'********'";

/// How a value came to be, in the words of whoever asks.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// Name of the file, for places in it.
    pub file: &'a str,
    /// For each variable that was given a value: by what, such as `--set APPROOT`.
    pub given: &'a BTreeMap<String, String>,
}

impl Resolved {
    /// The value as YAML, which is a valid spec unless a value is hidden.
    #[must_use]
    pub fn to_yaml(&self, words: &Words<'_>) -> String {
        let mut lines = Vec::new();
        self.print(String::new(), 0, &mut lines, words);
        let widths = lines.iter().map(|line| line.text.chars().count());
        let column = widths.filter(|width| *width <= WIDTH).max().unwrap_or(0);
        lines.iter().map(|line| line.print(column)).collect()
    }

    /// True if a value is left out because it may be a secret.
    #[must_use]
    pub fn hides(&self) -> bool {
        match self {
            Self::Hidden(_) => true,
            Self::Value { .. } | Self::Remark(_) => false,
            Self::List(items) => items.iter().any(Self::hides),
            Self::Group(entries) => entries.iter().any(|(_, value)| value.hides()),
        }
    }

    /// Appends the value's lines, the first of which has begun already; the others are as deep as told.
    fn print(&self, begun: String, depth: usize, lines: &mut Vec<Line>, words: &Words<'_>) {
        let mut begun = begun;
        match self {
            Self::Value { yaml, origin } => lines.push(Line {
                text: format!("{begun}{yaml}"),
                comment: words.describe(origin),
            }),
            Self::Hidden(origin) => lines.push(Line {
                text: format!("{begun}{HIDDEN}"),
                comment: format!("{}, may be a secret", words.describe(origin)),
            }),
            Self::Remark(text) => lines.push(Line::bare(format!("{begun}{text}"))),
            Self::List(items) => {
                for item in items {
                    item.print(format!("{begun}- "), depth + 1, lines, words);
                    begun = indent(depth);
                }
            }
            Self::Group(entries) => {
                for (key, value) in entries {
                    let key = write::scalar(key);
                    value.print_behind(format!("{begun}{key}:"), depth, lines, words);
                    begun = indent(depth);
                }
            }
        }
    }

    /// Appends the lines of a key's value: a single one on the line of the key, others below it.
    fn print_behind(&self, key: String, depth: usize, lines: &mut Vec<Line>, words: &Words<'_>) {
        match self {
            Self::Value { .. } | Self::Hidden(_) => {
                self.print(format!("{key} "), depth, lines, words);
            }
            Self::Remark(text) => {
                let name = key.trim_start();
                lines.push(Line::bare(format!("{}# {name} {text}", indent(depth))));
            }
            Self::List(_) | Self::Group(_) => {
                lines.push(Line::bare(key));
                self.print(indent(depth + 1), depth + 1, lines, words);
            }
        }
    }
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth)
}

/// A line and the comment that stands behind it, if any.
struct Line {
    text: String,
    comment: String,
}

impl Line {
    fn bare(text: String) -> Self {
        Self {
            text,
            comment: String::new(),
        }
    }

    fn print(&self, column: usize) -> String {
        let Self { text, comment } = self;
        match comment.is_empty() {
            true => format!("{text}\n"),
            false => format!("{text:column$}  # {comment}\n"),
        }
    }
}

impl Words<'_> {
    fn describe(&self, origin: &Origin) -> String {
        match origin {
            Origin::Default => "default".to_owned(),
            Origin::Derived(from) => format!("derived from {from}"),
            Origin::Targets => "--target".to_owned(),
            Origin::Key(path) => format!("key {path}"),
            Origin::Written {
                line,
                layers,
                variables,
                span: _,
            } => {
                let place = format!("{}:{line}", self.file);
                let used = variables.iter().map(|variable| self.variable(variable));
                let parts = layers.iter().cloned().chain([place]).chain(used);
                parts.collect::<Vec<_>>().join(", ")
            }
        }
    }

    fn variable(&self, used: &Used) -> String {
        let by = self.given.get(&used.name).filter(|_| used.given);
        by.cloned().unwrap_or_else(|| {
            let default = if used.given { "" } else { " (default)" };
            format!("variable {}{default}", used.name)
        })
    }
}
