//! A script, line by line.

use std::fmt::{Display, Write};

use memchr::{memchr_iter, memmem};

use super::quote::{self, Reader};
use super::{Unsayable, unsayable};

/// Longest line that `cmd.exe` runs, in UTF-16 units (C23). Server 2003 has the same limit as its successors.
const MAX_LINE: usize = 8_191;

/// Room that each variable of ours in a line may need once it is expanded: a path of Windows.
const EXPANDED: usize = 260;

/// Names of our own variables begin with `$`, so that none is the name of a variable that a spec speaks of.
const OURS: &str = "$";

/// A command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandLine {
    /// What is run.
    pub executable: Executable,
    /// Its arguments.
    pub words: Vec<Word>,
}

/// What is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Executable {
    /// A name or a variable of ours, written as it stands, and who reads its arguments.
    Known(&'static str, Reader),
    /// A program at a path.
    At(String),
}

/// An argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// A value from anywhere.
    Value(String),
    /// A value that a variable has when the script runs, with texts around it. The value is known to hold neither a
    /// quote nor, if nothing follows it, a backslash at its end.
    Expanded {
        /// The text in front.
        before: String,
        /// Name of the variable.
        variable: String,
        /// The text behind.
        after: String,
    },
}

/// Where a command's output goes; an end of the line of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Output(pub &'static str);

impl CommandLine {
    /// The command line as `cmd.exe` is to read it.
    ///
    /// # Errors
    /// A value that has no spelling.
    pub fn print(&self) -> Result<String, Unsayable> {
        let mut line = String::new();
        self.write(&mut line)?;
        Ok(line)
    }

    /// Adds it to a text.
    fn write(&self, text: &mut String) -> Result<(), Unsayable> {
        let reader = match &self.executable {
            Executable::Known(program, reader) => {
                text.push_str(program);
                *reader
            }
            Executable::At(path) => {
                text.push_str(&quote::argument(path, Reader::Shell)?);
                Reader::CRuntime
            }
        };
        for word in &self.words {
            text.push(' ');
            text.push_str(&word.print(reader)?);
        }
        Ok(())
    }
}

impl Word {
    fn print(&self, reader: Reader) -> Result<String, Unsayable> {
        match self {
            Self::Value(value) => quote::argument(value, reader),
            Self::Expanded {
                before,
                variable,
                after,
            } => {
                let (before, after) = (quote::inner(before)?, quote::inner(after)?);
                Ok(["\"", &before, "%", variable, "%", &after, "\""].concat())
            }
        }
    }
}

/// A script: lines in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Script {
    lines: String,
}

impl Script {
    /// Adds lines of ours, as they stand.
    pub fn code(&mut self, lines: &'static str) {
        self.lines.push_str(lines);
    }

    /// Adds a line for the reader; it is not run.
    ///
    /// # Errors
    /// A control character.
    pub fn remark(&mut self, text: &str) -> Result<(), Unsayable> {
        let text = quote::echoed(text)?;
        self.line(format_args!("rem {}", text.trim_end()));
        Ok(())
    }

    /// Adds a line that prints a text.
    ///
    /// # Errors
    /// A control character.
    pub fn echo(&mut self, text: &str) -> Result<(), Unsayable> {
        // `echo.` prints an empty line where a bare `echo` tells whether it is on.
        let text = quote::echoed(text)?;
        match text.is_empty() {
            true => self.line("echo."),
            false => self.line(format_args!("echo {text}")),
        }
        Ok(())
    }

    /// Sets a variable of ours, whose name is told without its `$`.
    ///
    /// # Errors
    /// A control character.
    pub fn set(&mut self, name: &'static str, value: &str) -> Result<(), Unsayable> {
        let assignment = quote::assignment(&[OURS, name].concat(), value)?;
        self.line(format_args!("set {assignment}"));
        Ok(())
    }

    /// Adds a command, with text of ours before and behind it.
    ///
    /// # Errors
    /// A value that has no spelling.
    pub fn command(
        &mut self,
        before: &'static str,
        command: &CommandLine,
        output: Output,
    ) -> Result<(), Unsayable> {
        self.lines.push_str(before);
        command.write(&mut self.lines)?;
        self.line(format_args!(" {}", output.0));
        Ok(())
    }

    /// Adds a question of `cmd.exe` itself: is there something at a path? If not, it runs a command of ours.
    ///
    /// # Errors
    /// A path that has no spelling.
    pub fn if_not_exists(&mut self, path: &str, then: &'static str) -> Result<(), Unsayable> {
        let path = quote::argument(path, Reader::Shell)?;
        self.line(format_args!("if not exist {path} {then}"));
        Ok(())
    }

    /// Adds a line of ours with names and numbers of ours in it.
    pub fn line(&mut self, line: impl Display) {
        // Writing to memory does not fail.
        let _ = writeln!(self.lines, "{line}");
    }

    /// The labels that its lines go to or call, each at the end of its line.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        labels(&self.lines)
    }

    /// The script, with a note at its top.
    ///
    /// # Errors
    /// A line that is longer than `cmd.exe` runs.
    pub fn print(&self, note: &'static str) -> Result<String, Unsayable> {
        // Only where it is needed: in this code page, cmd.exe of Windows Server 2003 stops running scripts.
        let code_page = match self.lines.is_ascii() {
            true => "",
            false => "chcp 65001 >nul\n",
        };
        if let Some(line) = lines(&self.lines).find(|line| is_too_long(line)) {
            return Err(unsayable(line, "the line is longer than cmd.exe runs"));
        }
        let head = format!(
            "@echo off\nsetlocal EnableExtensions DisableDelayedExpansion\n{code_page}rem {note}\n"
        );
        Ok(head + &self.lines)
    }
}

/// The labels that lines go to or call, each at the end of its line.
pub fn labels(lines: &str) -> impl Iterator<Item = &str> {
    ["call :", "goto "].into_iter().flat_map(move |jump| {
        let found = memmem::find_iter(lines.as_bytes(), jump);
        found.filter_map(move |at| lines.get(at + jump.len()..)?.split('\n').next())
    })
}

/// The lines of a text that ends with the last of them.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    memchr_iter(b'\n', text.as_bytes()).filter_map(move |end| {
        let line = text.get(start..end);
        start = end + 1;
        line
    })
}

/// True for a line that `cmd.exe` does not run. Nearly all are so short that it need not be known exactly how long.
fn is_too_long(line: &str) -> bool {
    let percents = memchr_iter(b'%', line.as_bytes()).count();
    let at_most = line.len() + percents / 2 * EXPANDED;
    at_most > MAX_LINE && longest(line) > MAX_LINE
}

/// Units of a line once its variables are expanded.
fn longest(line: &str) -> usize {
    let doubled = line.matches("%%").count();
    let variables = (line.matches('%').count() - 2 * doubled) / 2;
    line.encode_utf16().count() + variables * EXPANDED
}
