//! `restart.pattern` is a regular expression that Python accepts.

use super::{Document, Phase, Rule, Sink};
use crate::model::is_unwritable;
use crate::pyregex;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    203,
    "restart-pattern",
    include_str!("restart-pattern.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let restart = document.spec.restart.as_ref();
    let Some(pattern) = restart.and_then(|restart| restart.pattern.as_ref()) else {
        return;
    };
    let pattern = pattern.as_str();
    let place = KeyPath::of("restart.pattern");
    if pattern.is_empty() {
        let problem = RULE
            .problem("`restart.pattern` is empty")
            .at(
                document.tree.place(&place),
                "the gateway takes this for no pattern",
            )
            .help("write a pattern, such as `.*\\.py$`, or remove `restart`");
        sink.push(problem);
        return;
    }
    unwritable(document, sink, &place, pattern);
    if let Err(error) = pyregex::Pattern::parse(pattern) {
        let help = way_out(pattern, &error);
        let span = document.part(&place, error.range);
        let problem = RULE
            .problem("Python cannot compile `restart.pattern`")
            .at(span, error.message)
            .help(help);
        sink.push(problem);
    }
}

/// True for a character that no pattern may have.
pub(super) fn is_refused(c: char) -> bool {
    // Line breaks and tabs are at home in a verbose pattern, and XML can write them.
    is_unwritable(c) && !matches!(c, '\t' | '\n' | '\r')
}

fn unwritable(document: &Document<'_>, sink: &mut Sink, place: &KeyPath, pattern: &str) {
    for (at, c) in pattern.char_indices().filter(|(_, c)| is_refused(*c)) {
        let problem = RULE
            .problem("`restart.pattern` has a character that `Web.config` cannot hold")
            .at(
                document.part(place, at..at + c.len_utf8()),
                format!("U+{:04X}", u32::from(c)),
            )
            .help(format!(
                "write `\\u{:04x}` for it, outside of double quotes",
                u32::from(c)
            ));
        sink.push(problem);
    }
}

/// One action that makes a refused pattern acceptable.
pub(crate) fn way_out(pattern: &str, error: &pyregex::PatternError) -> String {
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
            "let every alternative in it have the same length, without `*`, `+` and `?`".to_owned()
        }
        // The end of a text in the dialect of other languages.
        "bad escape \\z" => "write `\\Z`, or `$`".to_owned(),
        message if message.starts_with("bad character range") => {
            let ends: Vec<&str> = marked.split('-').collect();
            match ends.as_slice() {
                [first, last] => format!("write `{last}-{first}`"),
                _ => "write the lower character first".to_owned(),
            }
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

#[cfg(test)]
mod tests {
    #[test]
    fn what_web_config_cannot_say_is_refused() {
        for (pattern, message) in [
            ("\"\"", "`restart.pattern` is empty"),
            (
                "\"a\\a\"",
                "`restart.pattern` has a character that `Web.config` cannot hold",
            ),
        ] {
            let text = format!(
                "name: a\nroot: D:\\a\npython: {{interpreter: D:\\a.exe, handler: a.b}}\nrestart: {{pattern: {pattern}}}\n"
            );
            let checked = crate::check("f", text.as_bytes(), &crate::Options::default());
            let messages: Vec<_> = checked
                .diagnostics
                .iter()
                .map(|found| &found.message)
                .collect();
            assert_eq!(messages, [message]);
        }
    }
}
