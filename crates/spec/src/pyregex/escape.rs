//! What may follow a backslash.

use super::flags::Flags;
use super::parser::Parser;
use super::tokens::Tokens;
use super::tree::{Item, Node, Piece, Set};
use super::width::Width;
use super::{Fault, Parsed};

impl Parser {
    /// An escape outside of a set; `start` is the place of the backslash, which has been read.
    pub(super) fn escape(&mut self, c: char, start: usize, flags: Flags) -> Parsed<Piece> {
        match c {
            'd' | 'D' | 's' | 'S' | 'w' | 'W' => {
                Ok(Piece::one(Set::of(Item::Class(c), flags), start))
            }
            '1'..='9' => self.number(c, start, flags),
            // Which character has this name is not known here.
            'N' => {
                character(&mut self.tokens, c, start).map(|_| Piece::new(Width::ONE, Node::Beyond))
            }
            _ => {
                let code = character(&mut self.tokens, c, start)?;
                Ok(Piece::one(Set::of(Item::Code(code), flags), start))
            }
        }
    }

    /// Three octal digits are a character, anything else refers to a group.
    fn number(&mut self, first: char, start: usize, flags: Flags) -> Parsed<Piece> {
        let octal = |c: char| c.is_digit(8);
        let mut digits = String::from(first);
        digits.push_str(&self.tokens.take_while(1, |c| c.is_ascii_digit()));
        if digits.len() == 2
            && digits.chars().all(octal)
            && let Some(third) = self.tokens.take_while(1, octal).pop()
        {
            digits.push(third);
            let code = octal_value(&self.tokens, &digits, start)?;
            return Ok(Piece::one(Set::of(Item::Code(code), flags), start));
        }
        let group = digits.parse().unwrap_or(usize::MAX);
        let fault = match self.groups.get(group) {
            None => Fault::new(
                format!("invalid group reference {digits}"),
                start + 1,
                digits.len(),
            ),
            Some(None) => self.tokens.fault("cannot refer to an open group", start),
            Some(Some(width)) => {
                let width = *width;
                self.check_lookbehind(group, start)?;
                return Ok(Piece::new(width, Node::Beyond));
            }
        };
        Err(fault)
    }
}

/// An escape for one character, as it may stand anywhere; gives its code.
pub(super) fn character(tokens: &mut Tokens, c: char, start: usize) -> Parsed<u32> {
    match c {
        'a' => Ok(7),
        'b' => Ok(8),
        't' => Ok(9),
        'n' => Ok(10),
        'v' => Ok(11),
        'f' => Ok(12),
        'r' => Ok(13),
        'x' => hexadecimal(tokens, c, 2, start),
        'u' => hexadecimal(tokens, c, 4, start),
        'U' => hexadecimal(tokens, c, 8, start),
        'N' => named(tokens),
        '0' => {
            let digits = octal_digits(tokens, c);
            octal_value(tokens, &digits, start)
        }
        _ if c.is_ascii_alphanumeric() => Err(tokens.fault(format!("bad escape \\{c}"), start)),
        _ => Ok(u32::from(c)),
    }
}

/// The digit already read and up to two more.
pub(super) fn octal_digits(tokens: &mut Tokens, first: char) -> String {
    format!("{first}{}", tokens.take_while(2, |c| c.is_digit(8)))
}

pub(super) fn octal_value(tokens: &Tokens, digits: &str, start: usize) -> Parsed<u32> {
    let value = u32::from_str_radix(digits, 8)
        .ok()
        .filter(|value| *value <= 0o377);
    value.ok_or_else(|| {
        let message = format!("octal escape value \\{digits} outside of range 0-0o377");
        tokens.fault(message, start)
    })
}

fn hexadecimal(tokens: &mut Tokens, c: char, length: usize, start: usize) -> Parsed<u32> {
    let digits = tokens.take_while(length, |c| c.is_ascii_hexdigit());
    if digits.len() < length {
        return Err(tokens.fault(format!("incomplete escape \\{c}{digits}"), start));
    }
    let value = u32::from_str_radix(&digits, 16)
        .ok()
        .filter(|value| *value <= 0x0010_FFFF);
    value.ok_or_else(|| tokens.fault(format!("bad escape \\{c}{digits}"), start))
}

/// `\N{EM DASH}`; the name itself is believed. Which character it is matters only in a range of a set.
fn named(tokens: &mut Tokens) -> Parsed<u32> {
    if !tokens.take('{') {
        return Err(Fault::new("missing {", tokens.position(), 1));
    }
    tokens.take_name('}', "character name").map(|_| 0)
}
