//! Sets of characters: `[a-z_]`.

use super::escape::{character, octal_digits, octal_value};
use super::flags::Flags;
use super::parser::Parser;
use super::tokens::Token;
use super::tree::{Item, Node, Piece, Set};
use super::width::Width;
use super::{Fault, Parsed};

/// One end of a range, or a member on its own.
enum Member {
    Code(u32),
    /// `\d` and its like, which cannot end a range.
    Class(char),
    /// `\N{...}`, whose code is not known here.
    Named,
}

impl Member {
    /// The member on its own; `None` for one that is not known here.
    fn item(&self) -> Option<Item> {
        match self {
            Self::Code(code) => Some(Item::Code(*code)),
            Self::Class(class) => Some(Item::Class(*class)),
            Self::Named => None,
        }
    }
}

/// What stands behind the first end of a range.
enum High {
    /// The closing bracket, which makes the `-` a plain character.
    Bracket,
    Member(Member),
}

impl Parser {
    /// A set; the opening bracket at `start` has been read.
    pub(super) fn set(&mut self, start: usize, flags: Flags) -> Parsed<Piece> {
        let mut set = Set {
            items: Vec::new(),
            negated: self.tokens.take('^'),
            flags,
        };
        // False once a member is not known here.
        let mut known = true;
        let mut empty = true;
        loop {
            let at = self.tokens.position();
            let token = self.set_token(start)?;
            if token == Token::Char(']') && !empty {
                break;
            }
            empty = false;
            let low = self.member(token, at)?;
            if !self.tokens.take('-') {
                known &= set.add(low.item());
                continue;
            }
            match self.range(start, at, token, &low)? {
                High::Bracket => {
                    known &= set.add(low.item());
                    set.add(Some(Item::Code(u32::from('-'))));
                    break;
                }
                High::Member(high) => known &= set.add(range_item(&low, &high)),
            }
        }
        Ok(match known {
            true => Piece::one(set, start),
            false => Piece::new(Width::ONE, Node::Beyond),
        })
    }

    /// The part behind the `-`.
    fn range(&mut self, start: usize, at: usize, first: Token, low: &Member) -> Parsed<High> {
        let high_at = self.tokens.position();
        let token = self.set_token(start)?;
        if token == Token::Char(']') {
            return Ok(High::Bracket);
        }
        let high = self.member(token, high_at)?;
        let good = match (low, &high) {
            (Member::Code(low), Member::Code(high)) => low <= high,
            (Member::Class(_), _) | (_, Member::Class(_)) => false,
            (Member::Named, _) | (_, Member::Named) => true,
        };
        if good {
            return Ok(High::Member(high));
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
            Token::Escape(c @ ('d' | 'D' | 's' | 'S' | 'w' | 'W')) => Ok(Member::Class(c)),
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

fn range_item(low: &Member, high: &Member) -> Option<Item> {
    match (low, high) {
        (Member::Code(low), Member::Code(high)) => Some(Item::Range(*low, *high)),
        (Member::Code(_) | Member::Class(_) | Member::Named, _) => None,
    }
}
