//! Sets of characters: `[a-z_]`.

use super::escape::{character, octal_digits, octal_value};
use super::parser::Parser;
use super::tokens::Token;
use super::{Fault, Parsed};

/// One end of a range, or a member on its own.
enum Member {
    Code(u32),
    /// `\d` and its like, which cannot end a range.
    Class,
    /// `\N{...}`, whose code is not known here.
    Named,
}

impl Parser {
    /// A set; the opening bracket at `start` has been read.
    pub(super) fn set(&mut self, start: usize) -> Parsed<()> {
        self.tokens.take('^');
        let mut empty = true;
        loop {
            let at = self.tokens.position();
            let token = self.set_token(start)?;
            if token == Token::Char(']') && !empty {
                return Ok(());
            }
            empty = false;
            let low = self.member(token, at)?;
            if self.tokens.take('-') && self.range(start, at, token, &low)? {
                return Ok(());
            }
        }
    }

    /// The part behind the `-`; true if it was the closing bracket, which makes the `-` a plain character.
    fn range(&mut self, start: usize, at: usize, first: Token, low: &Member) -> Parsed<bool> {
        let high_at = self.tokens.position();
        let token = self.set_token(start)?;
        if token == Token::Char(']') {
            return Ok(true);
        }
        let high = self.member(token, high_at)?;
        let good = match (low, &high) {
            (Member::Code(low), Member::Code(high)) => low <= high,
            (Member::Class, _) | (_, Member::Class) => false,
            (Member::Named, _) | (_, Member::Named) => true,
        };
        if good {
            return Ok(false);
        }
        let message = format!("bad character range {}-{}", first.text(), token.text());
        let length = first.len() + 1 + token.len();
        // Python counts back from the end, which for a long escape is not the start of the range.
        Err(Fault::new(
            message,
            self.tokens.position().saturating_sub(length).max(at),
            length,
        ))
    }

    fn set_token(&mut self, start: usize) -> Parsed<Token> {
        match self.tokens.next() {
            Some(token) => Ok(token),
            None => Err(self.tokens.fault("unterminated character set", start)),
        }
    }

    fn member(&mut self, token: Token, at: usize) -> Parsed<Member> {
        match token {
            Token::Char(c) => Ok(Member::Code(u32::from(c))),
            Token::Escape('d' | 'D' | 's' | 'S' | 'w' | 'W') => Ok(Member::Class),
            Token::Escape(c @ '0'..='7') => {
                let digits = octal_digits(&mut self.tokens, c);
                octal_value(&self.tokens, &digits, at).map(Member::Code)
            }
            Token::Escape(c) => {
                let code = character(&mut self.tokens, c, at)?;
                Ok(if c == 'N' {
                    Member::Named
                } else {
                    Member::Code(code)
                })
            }
        }
    }
}
