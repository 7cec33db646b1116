//! The one routine that writes a value for `cmd.exe` and for the program that gets it (C21, C22, C24).
//!
//! Layer 1 is the program's: how it takes its command line apart ([`Reader`]). Layer 2 is cmd's: it expands `%` before
//! anything else, so that a `%` is doubled; and outside of quotes `&`, `|`, `<`, `>`, `(`, `)` and `^` are its own, so
//! that they get a `^`. cmd knows nothing of `\"`: to it each quote opens or closes. A value with quotes in it has all of
//! them escaped, so that to cmd no part of it is inside of quotes, and each operator is escaped too.

use std::borrow::Cow;

use super::{Unsayable, unsayable};

/// Who takes a command line apart once `cmd.exe` is done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The C runtime, as in nearly every program: `\"` is a quote, and backslashes before a quote are doubled.
    CRuntime,
    /// A command of `cmd.exe` itself: quotes hold a path together, and no value has one. A backslash is a backslash.
    Shell,
    /// `cscript`, which has no way to be given a quote, and of which nobody says what `\"` is to it.
    ScriptHost,
}

/// A value as one argument.
///
/// # Errors
/// A control character; what the reader has no spelling for.
pub(super) fn argument(value: &str, reader: Reader) -> Result<String, Unsayable> {
    let text = layer_1(value, reader)?;
    Ok(match value.contains('"') {
        true => escaped_each(&doubled(&text)),
        false => doubled(&text).into_owned(),
    })
}

/// A piece of an argument that stands between quotes of the caller's: no quote, and no backslash at its end.
///
/// # Errors
/// A control character or a quote.
pub(super) fn inner(value: &str) -> Result<String, Unsayable> {
    checked(value)?;
    match value.contains('"') {
        true => Err(unsayable(value, "a double quote cannot be quoted here")),
        false => Ok(doubled(value).into_owned()),
    }
}

/// A value for `set`, behind it: `"NAME=value"`.
///
/// # Errors
/// A control character.
pub(super) fn assignment(name: &str, value: &str) -> Result<String, Unsayable> {
    checked(value)?;
    let value = doubled(value);
    Ok(match value.contains('"') {
        true => [name, "=", &escaped_each(&value)].concat(),
        false => ["\"", name, "=", &value, "\""].concat(),
    })
}

/// A text for `rem` or `echo`, where quotes do not help and each operator is escaped.
///
/// # Errors
/// A control character.
pub(super) fn echoed(text: &str) -> Result<String, Unsayable> {
    checked(text)?;
    Ok(escaped_each(&doubled(text)))
}

/// A value as its reader takes it apart.
fn layer_1(value: &str, reader: Reader) -> Result<Cow<'_, str>, Unsayable> {
    checked(value)?;
    let is_safe =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '\\' | '/' | ':' | '.' | '_' | '-');
    if !value.is_empty() && value.chars().all(is_safe) {
        return Ok(Cow::Borrowed(value));
    }
    match reader {
        Reader::CRuntime => Ok(c_runtime(value).into()),
        Reader::Shell | Reader::ScriptHost if value.contains('"') => Err(unsayable(
            value,
            "its reader has no way to take a double quote",
        )),
        Reader::ScriptHost if value.ends_with('\\') => Err(unsayable(
            value,
            "a backslash before the closing quote has no sure meaning to cscript",
        )),
        Reader::Shell | Reader::ScriptHost => Ok(["\"", value, "\""].concat().into()),
    }
}

/// With a second `%` for each: cmd expands before anything else.
fn doubled(text: &str) -> Cow<'_, str> {
    match text.contains('%') {
        true => text.replace('%', "%%").into(),
        false => text.into(),
    }
}

/// In quotes, as Python's `list2cmdline` and the C runtime have it.
fn c_runtime(value: &str) -> String {
    let mut quoted = String::with_capacity(value.len() + 2);
    quoted.push('"');
    let mut backslashes = 0;
    for c in value.chars() {
        if c == '"' {
            quoted.push_str(&"\\".repeat(backslashes + 1));
        }
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
        quoted.push(c);
    }
    quoted + &"\\".repeat(backslashes) + "\""
}

/// Layer 2 for text with quotes in it, and for text in none.
fn escaped_each(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '"' || is_operator(c) {
            escaped.push('^');
        }
        escaped.push(c);
    }
    escaped
}

const fn is_operator(c: char) -> bool {
    matches!(c, '^' | '&' | '|' | '<' | '>' | '(' | ')')
}

fn checked(value: &str) -> Result<(), Unsayable> {
    match value.chars().any(char::is_control) {
        true => Err(unsayable(
            value,
            "a line break or another control character cannot be quoted",
        )),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(value: &str) -> String {
        argument(value, Reader::CRuntime).unwrap()
    }

    #[test]
    fn a_value_is_quoted_for_both_parsers() {
        assert_eq!(quoted(r"D:\a\b"), r"D:\a\b");
        assert_eq!(quoted(r"D:\a b\"), r#""D:\a b\\""#);
        assert_eq!(quoted("50%PATH%&calc|x^!y!"), "\"50%%PATH%%&calc|x^!y!\"");
        assert_eq!(quoted(""), "\"\"");
        assert_eq!(quoted("-c \"a b\""), r#"^"-c \^"a b\^"^""#);
    }

    #[test]
    fn a_value_with_quotes_is_inside_of_none_to_cmd() {
        assert_eq!(quoted(r#"a"&b"#), r#"^"a\^"^&b^""#);
        assert_eq!(quoted(r#"\""#), r#"^"\\\^"^""#);
        assert_eq!(quoted(r#""50%""#), r#"^"\^"50%%\^"^""#);
    }

    #[test]
    fn a_variable_holds_any_text() {
        assert_eq!(assignment("T", "a & 5%").unwrap(), "\"T=a & 5%%\"");
        assert_eq!(assignment("T", "a \"&b").unwrap(), "T=a ^\"^&b");
    }

    #[test]
    fn what_a_reader_cannot_take_is_refused() {
        for value in ["a\nb", "a\rb", "a\0b", "\u{1b}[2J", "\t"] {
            for reader in [Reader::CRuntime, Reader::Shell, Reader::ScriptHost] {
                assert!(argument(value, reader).is_err(), "{value:?}");
            }
            assert!(echoed(value).is_err() && assignment("T", value).is_err());
        }
        assert!(argument("a\"", Reader::Shell).is_err());
        assert!(argument("a\"", Reader::ScriptHost).is_err());
        assert!(argument(r"a b\", Reader::ScriptHost).is_err());
        assert_eq!(argument(r"a b\", Reader::Shell).unwrap(), r#""a b\""#);
        assert_eq!(argument(r"D:\a\", Reader::ScriptHost).unwrap(), r"D:\a\");
        assert!(inner("a\"").is_err());
    }

    #[test]
    fn operators_of_a_text_are_escaped() {
        assert_eq!(
            echoed("a & \"b\" (c) 5%").unwrap(),
            "a ^& ^\"b^\" ^(c^) 5%%"
        );
    }
}
