//! `restart.pattern` is a regular expression that Python accepts.

use super::{Document, Phase, Rule, Sink};
use crate::pyregex;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    203,
    "restart-pattern",
    include_str!("restart-pattern.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(restart) = &document.spec.restart else {
        return;
    };
    let pattern = restart.pattern.as_str();
    if let Err(error) = pyregex::check(pattern) {
        let help = way_out(pattern, &error);
        let span = document.part(&KeyPath::of("restart.pattern"), error.range);
        let problem = RULE
            .problem("Python cannot compile `restart.pattern`")
            .at(span, error.message)
            .help(help);
        sink.push(problem);
    }
}

fn way_out(pattern: &str, error: &pyregex::PatternError) -> String {
    let marked = pattern.get(error.range.clone()).unwrap_or_default();
    match error.message.as_str() {
        "nothing to repeat" if pattern.starts_with('*') => {
            format!(
                "this is no file pattern: write `.{}` for any text before",
                escape_dots(pattern)
            )
        }
        "nothing to repeat" => format!("write `\\{marked}` for the character itself"),
        "multiple repeat" => {
            "keep one quantifier, or put the first into a group: `(?:...)`".to_owned()
        }
        "unbalanced parenthesis" => "remove it, or write `\\)` for the character itself".to_owned(),
        "missing ), unterminated subpattern" => {
            "close the group, or write `\\(` for the character itself".to_owned()
        }
        "unterminated character set" => {
            "close the set with `]`, or write `\\[` for the character itself".to_owned()
        }
        "global flags not at the start of the expression" => {
            format!("move `{marked}` to the start; since Python 3.11 it is an error elsewhere")
        }
        "look-behind requires fixed-width pattern" => {
            "let every alternative in it have the same length".to_owned()
        }
        message if message.starts_with("bad escape") => {
            "write `\\\\` for a backslash between folders".to_owned()
        }
        _ => "correct this part; Python's `re.compile` gives the same message".to_owned(),
    }
}

/// `*.py` as a regular expression without the star.
fn escape_dots(pattern: &str) -> String {
    format!(
        "{}$",
        pattern
            .trim_end_matches('$')
            .replace("\\.", ".")
            .replace('.', "\\.")
    )
}
