//! Flags in a pattern: `(?i)`, `(?i-s:...)`.

use super::parser::Parser;
use super::tokens::Token;
use super::{Fault, Parsed};

/// How a part of a pattern is read and matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Flags {
    /// `x`: blanks and comments mean nothing.
    pub(super) verbose: bool,
    /// `i`: capitals and small letters are the same.
    pub(super) ignore_case: bool,
    /// `m`: `^` and `$` match at every line.
    pub(super) multi_line: bool,
    /// `s`: `.` matches a line break too.
    pub(super) dot_all: bool,
    /// `a`: `\w`, `\d` and `\s` know ASCII alone.
    pub(super) ascii: bool,
}

impl Flags {
    fn switched(mut self, letters: &str, on: bool) -> Self {
        for letter in letters.chars() {
            match letter {
                'x' => self.verbose = on,
                'i' => self.ignore_case = on,
                'm' => self.multi_line = on,
                's' => self.dot_all = on,
                'a' => self.ascii = on,
                // `u` is how texts are matched anyway.
                _ => self.ascii = false,
            }
        }
        self
    }
}

const KNOWN: &str = "iLmsxau";
const OF_TYPE: &str = "aLu";

impl Parser {
    /// Flags, of which the first character has been read: what `outer` becomes behind a colon; `None` for those of
    /// the whole pattern.
    pub(super) fn flags(&mut self, first: char, outer: Flags) -> Parsed<Option<Flags>> {
        let mut on = String::new();
        let mut off = String::new();
        let mut c = first;
        while c != '-' && c != ')' && c != ':' {
            self.switch_on(c, &mut on)?;
            c = self.next_flag("missing -, : or )", "-:)")?;
        }
        if c == ')' {
            self.flags = self.flags.switched(&on, true);
            return Ok(None);
        }
        if c == '-' {
            c = self.next_flag("missing flag", "")?;
            while c != ':' {
                self.switch_off(c, &mut off)?;
                c = self.next_flag("missing :", ":")?;
            }
        }
        if on.chars().any(|c| off.contains(c)) {
            return Err(self.refuse("bad inline flags: flag turned on and off", 1));
        }
        Ok(Some(outer.switched(&on, true).switched(&off, false)))
    }

    fn switch_on(&self, c: char, on: &mut String) -> Parsed<()> {
        if c == 'L' {
            return Err(self.refuse(
                "bad inline flags: cannot use 'L' flag with a str pattern",
                0,
            ));
        }
        if OF_TYPE.contains(c)
            && on
                .chars()
                .any(|other| other != c && OF_TYPE.contains(other))
        {
            return Err(self.refuse(
                "bad inline flags: flags 'a', 'u' and 'L' are incompatible",
                0,
            ));
        }
        on.push(c);
        Ok(())
    }

    fn switch_off(&self, c: char, off: &mut String) -> Parsed<()> {
        if OF_TYPE.contains(c) {
            return Err(self.refuse(
                "bad inline flags: cannot turn off flags 'a', 'u' and 'L'",
                0,
            ));
        }
        off.push(c);
        Ok(())
    }

    /// The next flag or one of the characters that may `end` the flags.
    fn next_flag(&mut self, missing: &str, end: &str) -> Parsed<char> {
        match self.tokens.next() {
            None => Err(self.refuse(missing, 0)),
            Some(Token::Char(c)) if KNOWN.contains(c) || end.contains(c) => Ok(c),
            Some(Token::Char(c)) if c.is_alphabetic() => Err(self.refuse("unknown flag", 1)),
            Some(token) => Err(self.refuse(missing, token.len())),
        }
    }

    fn refuse(&self, message: &str, back: usize) -> Fault {
        Fault::new(message, self.tokens.position().saturating_sub(back), back)
    }
}
