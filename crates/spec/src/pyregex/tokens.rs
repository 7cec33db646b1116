//! The pattern cut into characters and escapes.

use super::{Fault, Parsed};

/// One character, or a backslash together with the character after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    Char(char),
    Escape(char),
}

impl Token {
    pub(super) fn len(self) -> usize {
        match self {
            Self::Char(_) => 1,
            Self::Escape(_) => 2,
        }
    }

    pub(super) fn text(self) -> String {
        match self {
            Self::Char(c) => c.to_string(),
            Self::Escape(c) => format!("\\{c}"),
        }
    }
}

/// The pattern, read from left to right with one token of look-ahead.
#[derive(Debug)]
pub(super) struct Tokens {
    chars: Vec<char>,
    position: usize,
}

impl Tokens {
    pub(super) fn new(pattern: &str) -> Self {
        Self {
            chars: pattern.chars().collect(),
            position: 0,
        }
    }

    /// Index of the next character.
    pub(super) fn position(&self) -> usize {
        self.position
    }

    /// Goes back to a position that [`Tokens::position`] gave.
    pub(super) fn rewind(&mut self, position: usize) {
        self.position = position;
    }

    /// A backslash with nothing behind it, which is refused before anything else is read.
    pub(super) fn check_end(&self) -> Parsed<()> {
        let backslashes = self.chars.iter().rev().take_while(|c| **c == '\\').count();
        if backslashes % 2 == 0 {
            return Ok(());
        }
        Err(Fault::new(
            "bad escape (end of pattern)",
            self.chars.len() - 1,
            1,
        ))
    }

    pub(super) fn peek(&self) -> Option<Token> {
        let first = *self.chars.get(self.position)?;
        match self.chars.get(self.position + 1) {
            Some(second) if first == '\\' => Some(Token::Escape(*second)),
            _ => Some(Token::Char(first)),
        }
    }

    /// The next character, unless an escape or nothing comes next.
    pub(super) fn peek_char(&self) -> Option<char> {
        match self.peek() {
            Some(Token::Char(c)) => Some(c),
            Some(Token::Escape(_)) | None => None,
        }
    }

    pub(super) fn next(&mut self) -> Option<Token> {
        let token = self.peek()?;
        self.position += token.len();
        Some(token)
    }

    /// Takes the next token if it is this character.
    pub(super) fn take(&mut self, wanted: char) -> bool {
        let found = self.peek_char() == Some(wanted);
        if found {
            self.position += 1;
        }
        found
    }

    /// Takes up to `most` characters that satisfy a test.
    pub(super) fn take_while(&mut self, most: usize, test: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while taken.chars().count() < most
            && let Some(c) = self.peek_char().filter(|c| test(*c))
        {
            taken.push(c);
            self.position += 1;
        }
        taken
    }

    /// Takes a name and the character that ends it.
    pub(super) fn take_name(&mut self, end: char, what: &str) -> Parsed<Name> {
        let at = self.position;
        let mut text = String::new();
        while let Some(token) = self.next() {
            if token != Token::Char(end) {
                text.push_str(&token.text());
            } else if text.is_empty() {
                return Err(Fault::new(format!("missing {what}"), at, 1));
            } else {
                return Ok(Name { text, at });
            }
        }
        let message = match text.is_empty() {
            true => format!("missing {what}"),
            false => format!("missing {end}, unterminated name"),
        };
        Err(Fault::new(message, at, text.chars().count()))
    }

    /// A refusal of everything from `start` to here.
    pub(super) fn fault(&self, message: impl Into<String>, start: usize) -> Fault {
        Fault::new(message, start, self.position.saturating_sub(start))
    }
}

/// A name and where it stands.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) at: usize,
}

impl Name {
    pub(super) fn fault(&self, message: impl Into<String>) -> Fault {
        Fault::new(message, self.at, self.text.chars().count())
    }

    /// As `str.isidentifier`.
    pub(super) fn is_identifier(&self) -> bool {
        self.text
            .starts_with(|c: char| c == '_' || c.is_alphabetic())
            && self.text.chars().all(|c| c == '_' || c.is_alphanumeric())
    }
}
