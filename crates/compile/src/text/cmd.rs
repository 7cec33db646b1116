//! Scripts for `cmd.exe`, where a value passes two parsers: cmd's own, and the one of the program called.
//!
//! A value stands in double quotes with `%` doubled and a backslash at its end doubled for the program
//! (C21-C24); delayed expansion is off, so `!` and `^` within quotes mean nothing. A double quote or a line
//! break cannot be said, and is refused.

use super::Unsayable;

/// Longest line that `cmd.exe` runs.
const MAX_LINE: usize = 8_191;

/// A piece of a command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// A program name, switch or operator of ours, written as it stands.
    Plain(&'static str),
    /// A value from anywhere, quoted.
    Quoted(String),
    /// A switch of ours with a value from anywhere behind it, the value quoted: `/S:"..."`.
    Switch(&'static str, String),
}

/// A script: steps that run in order, each of which ends the script if it fails.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Script {
    lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    Remark(String),
    Step { title: String, command: Vec<Word> },
}

impl Script {
    /// Adds a line for the reader; it is not run.
    pub fn remark(&mut self, text: impl Into<String>) {
        self.lines.push(Line::Remark(text.into()));
    }

    /// Adds a command. Its title is printed before it runs and again if it fails.
    pub fn step(&mut self, title: impl Into<String>, command: Vec<Word>) {
        self.lines.push(Line::Step {
            title: title.into(),
            command,
        });
    }

    /// The script, with a remark at its top.
    ///
    /// # Errors
    /// A value that cannot be quoted, or a line longer than `cmd.exe` runs.
    pub fn print(&self, comment: &'static str) -> Result<String, Unsayable> {
        let mut body = String::new();
        for line in &self.lines {
            match line {
                Line::Remark(remark) => body.push_str(&format!("\nrem {}\n", echoed(remark)?)),
                Line::Step { title, command } => body.push_str(&step(title, command)?),
            }
        }
        // Only where it is needed: in this code page, cmd.exe of Windows Server 2003 stops running scripts.
        let code_page = if body.is_ascii() {
            ""
        } else {
            "chcp 65001 >nul\n"
        };
        let text = format!(
            "@echo off\nrem {comment}\nsetlocal DisableDelayedExpansion\n{code_page}{body}\nexit /b 0\n"
        );
        match text.lines().find(|line| line.len() > MAX_LINE) {
            Some(line) => Err(unsayable(line, "the line is longer than cmd.exe runs")),
            None => Ok(text),
        }
    }
}

fn step(title: &str, command: &[Word]) -> Result<String, Unsayable> {
    let title = echoed(title)?;
    let command = command
        .iter()
        .map(word)
        .collect::<Result<Vec<_>, _>>()?
        .join(" ");
    Ok(format!(
        "echo {title}\n{command} || (\n  echo FAILED: {title} 1>&2\n  exit /b 1\n)\n"
    ))
}

fn word(word: &Word) -> Result<String, Unsayable> {
    match word {
        Word::Plain(text) => Ok((*text).to_owned()),
        Word::Quoted(value) => quoted(value),
        Word::Switch(switch, value) => Ok(format!("{switch}{}", quoted(value)?)),
    }
}

/// A value in double quotes, safe for cmd.exe and for the program that gets it.
fn quoted(value: &str) -> Result<String, Unsayable> {
    if value.contains('"') || value.chars().any(char::is_control) {
        return Err(unsayable(
            value,
            "a double quote or a line break cannot be quoted",
        ));
    }
    let backslashes = value.len() - value.trim_end_matches('\\').len();
    Ok(format!(
        "\"{}{}\"",
        value.replace('%', "%%"),
        "\\".repeat(backslashes)
    ))
}

/// A text for `echo` or `rem`, where quotes do not help and each operator is escaped by `^`.
fn echoed(text: &str) -> Result<String, Unsayable> {
    if text.chars().any(char::is_control) {
        return Err(unsayable(text, "a line break cannot be printed"));
    }
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '%' => escaped.push('%'),
            '^' | '&' | '|' | '<' | '>' | '(' | ')' | '"' => escaped.push('^'),
            _ => {}
        }
        escaped.push(c);
    }
    Ok(escaped)
}

fn unsayable(value: &str, reason: &'static str) -> Unsayable {
    Unsayable {
        format: "a cmd.exe script",
        value: value.to_owned(),
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_for_both_parsers() {
        assert_eq!(quoted(r"D:\a b\").unwrap(), r#""D:\a b\\""#);
        assert_eq!(
            quoted("50%PATH%&calc|x^!y!").unwrap(),
            "\"50%%PATH%%&calc|x^!y!\""
        );
        assert_eq!(quoted("").unwrap(), "\"\"");
        for value in ["a\"b", "a\nb", "a\rb", "a\0b", "\u{1b}[2J"] {
            assert!(quoted(value).is_err(), "{value:?}");
        }
    }

    #[test]
    fn operators_in_a_title_are_escaped_in_both_places() {
        let mut script = Script::default();
        script.step("a & b (c) 5%", vec![Word::Plain("ver")]);
        let text = script.print("note").unwrap();
        assert_eq!(text.matches("a ^& b ^(c^) 5%%").count(), 2, "{text}");
    }

    #[test]
    fn a_line_longer_than_cmd_runs_is_refused() {
        let mut script = Script::default();
        script.step(
            "t",
            vec![Word::Plain("echo"), Word::Quoted("x".repeat(MAX_LINE))],
        );
        assert!(script.print("note").is_err());
    }
}
