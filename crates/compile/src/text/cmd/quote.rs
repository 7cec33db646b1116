//! The one routine that writes a value for `cmd.exe` and for the program that gets it (C21, C22, C24).
//!
//! Layer 1 is the program's: how it takes its command line apart ([`Reader`]). Layer 2 is cmd's: it expands `%` before
//! anything else, so that a `%` is doubled; and outside of quotes `&`, `|`, `<`, `>`, `(`, `)` and `^` are its own, so
//! that they get a `^`. cmd knows nothing of `\"`: to it each quote opens or closes, which decides what is outside.

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
    Ok(escaped(&layer_1(value, reader)?))
}

/// A piece of an argument that stands between quotes of the caller's: no quote, and no backslash at its end.
///
/// # Errors
/// A control character or a quote.
pub(super) fn inner(value: &str) -> Result<String, Unsayable> {
    checked(value)?;
    match value.contains('"') {
        true => Err(unsayable(value, "a double quote cannot be quoted here")),
        false => Ok(value.replace('%', "%%")),
    }
}

/// A value for `set "NAME=value"`, with the quotes around.
///
/// # Errors
/// A control character.
pub(super) fn assignment(name: &str, value: &str) -> Result<String, Unsayable> {
    checked(value)?;
    Ok(escaped(&format!("\"{name}={value}\"")))
}

/// A text for `rem` or `echo`, where quotes do not help and each operator is escaped.
///
/// # Errors
/// A control character.
pub(super) fn echoed(text: &str) -> Result<String, Unsayable> {
    checked(text)?;
    let each = text.chars().map(|c| match c {
        '%' => "%%".to_owned(),
        '"' => "^\"".to_owned(),
        c if is_operator(c) => format!("^{c}"),
        c => c.to_string(),
    });
    Ok(each.collect())
}

fn layer_1(value: &str, reader: Reader) -> Result<String, Unsayable> {
    checked(value)?;
    let is_safe =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '\\' | '/' | ':' | '.' | '_' | '-');
    if !value.is_empty() && value.chars().all(is_safe) {
        return Ok(value.to_owned());
    }
    match reader {
        Reader::CRuntime => Ok(c_runtime(value)),
        Reader::Shell | Reader::ScriptHost if value.contains('"') => Err(unsayable(
            value,
            "its reader has no way to take a double quote",
        )),
        Reader::ScriptHost if value.ends_with('\\') => Err(unsayable(
            value,
            "a backslash before the closing quote has no sure meaning to cscript",
        )),
        Reader::Shell | Reader::ScriptHost => Ok(format!("\"{value}\"")),
    }
}

/// In quotes, as Python's `list2cmdline` and the C runtime have it.
fn c_runtime(value: &str) -> String {
    let mut quoted = "\"".to_owned();
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

/// Layer 2. To cmd the text is outside of quotes before it and after it: the last of an odd number of quotes is
/// escaped, which opens nothing.
fn escaped(text: &str) -> String {
    let quotes = text.matches('"').count();
    let mut seen = 0;
    let mut escaped = String::new();
    for c in text.chars() {
        let is_inside = seen % 2 == 1;
        if c == '"' {
            seen += 1;
        }
        let is_odd_one = c == '"' && seen == quotes && !is_inside;
        if is_odd_one || (!is_inside && is_operator(c)) {
            escaped.push('^');
        }
        escaped.push(c);
        if c == '%' {
            escaped.push('%');
        }
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
        assert_eq!(quoted("-c \"a b\""), r#""-c \"a b\"""#);
    }

    #[test]
    fn what_a_quote_within_puts_outside_is_escaped() {
        assert_eq!(quoted(r#"a"&b"#), r#""a\"^&b^""#);
        assert_eq!(quoted(r#"a"&b"&c"#), r#""a\"^&b\"&c""#);
        assert_eq!(quoted(r#"\""#), r#""\\\"^""#);
    }

    #[test]
    fn a_variable_holds_any_text() {
        assert_eq!(
            assignment("T", r#"a "b & c" & 5%"#).unwrap(),
            r#""T=a "b ^& c" & 5%%""#
        );
        assert_eq!(assignment("T", "a\"&b").unwrap(), "\"T=a\"^&b^\"");
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
