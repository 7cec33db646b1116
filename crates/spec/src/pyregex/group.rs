//! Everything that begins with a parenthesis.

use super::flags::Flags;
use super::parser::Parser;
use super::tokens::{Name, Token};
use super::tree::{Node, Piece};
use super::{Fault, Parsed};

impl Parser {
    /// A group whose parenthesis at `start` has been read; `None` for a comment or global flags.
    pub(super) fn group(
        &mut self,
        start: usize,
        flags: &mut Flags,
        at_start: bool,
    ) -> Parsed<Option<Piece>> {
        if !self.tokens.take('?') {
            return self.capture(None, start, *flags).map(Some);
        }
        let kind = self.after_question()?;
        match kind {
            Token::Char('P') => self.python_extension(start, *flags).map(Some),
            Token::Char(':') => self.body(start, *flags).map(Some),
            Token::Char('>') => Ok(Some(self.body(start, *flags)?.beyond())),
            Token::Char('#') => self.comment(start).map(|()| None),
            Token::Char(c @ ('=' | '!')) => {
                let body = self.body(start, *flags)?;
                Ok(Some(Piece::look(body.node, None, c == '=')))
            }
            Token::Char('<') => self.lookbehind(start, *flags).map(Some),
            Token::Char('(') => self.conditional(start, *flags).map(Some),
            Token::Char(c @ ('i' | 'L' | 'm' | 's' | 'x' | 'a' | 'u' | '-')) => {
                self.flag_group(c, start, flags, at_start)
            }
            Token::Char(_) | Token::Escape(_) => {
                let at = self.tokens.position() - kind.len() - 1;
                Err(self
                    .tokens
                    .fault(format!("unknown extension ?{}", kind.text()), at))
            }
        }
    }

    /// `(?i)` at the start of the pattern, or `(?i:...)` anywhere.
    fn flag_group(
        &mut self,
        first: char,
        start: usize,
        flags: &mut Flags,
        at_start: bool,
    ) -> Parsed<Option<Piece>> {
        if let Some(inner) = self.flags(first, *flags)? {
            return self.body(start, inner).map(Some);
        }
        if !at_start {
            let message = "global flags not at the start of the expression";
            return Err(self.tokens.fault(message, start));
        }
        *flags = self.flags;
        Ok(None)
    }

    fn after_question(&mut self) -> Parsed<Token> {
        let end = Fault::new("unexpected end of pattern", self.tokens.position(), 0);
        self.tokens.next().ok_or(end)
    }

    /// Alternatives and the parenthesis that closes them.
    fn body(&mut self, start: usize, flags: Flags) -> Parsed<Piece> {
        let piece = self.alternatives(flags)?;
        self.close(start)?;
        Ok(piece)
    }

    fn close(&mut self, start: usize) -> Parsed<()> {
        if self.tokens.take(')') {
            return Ok(());
        }
        Err(Fault::new("missing ), unterminated subpattern", start, 1))
    }

    /// A group that is counted, with or without a name.
    fn capture(&mut self, name: Option<Name>, start: usize, flags: Flags) -> Parsed<Piece> {
        let number = self.groups.len();
        if let Some(name) = name {
            if let Some(earlier) = self.names.get(&name.text) {
                return Err(name.fault(format!(
                    "redefinition of group name '{}' as group {number}; was group {earlier}",
                    name.text
                )));
            }
            self.names.insert(name.text, number);
        }
        self.groups.push(None);
        let piece = self.body(start, flags)?;
        if let Some(group) = self.groups.get_mut(number) {
            *group = Some(piece.width);
        }
        Ok(piece)
    }

    /// `(?P<name>...)` and `(?P=name)`.
    fn python_extension(&mut self, start: usize, flags: Flags) -> Parsed<Piece> {
        if self.tokens.take('<') {
            let name = self.identifier('>')?;
            return self.capture(Some(name), start, flags);
        }
        if self.tokens.take('=') {
            let name = self.identifier(')')?;
            return self.named_reference(&name);
        }
        let token = self.after_question()?;
        Err(self
            .tokens
            .fault(format!("unknown extension ?P{}", token.text()), start + 1))
    }

    fn identifier(&mut self, end: char) -> Parsed<Name> {
        let name = self.tokens.take_name(end, "group name")?;
        match name.is_identifier() {
            true => Ok(name),
            false => Err(name.fault(format!("bad character in group name '{}'", name.text))),
        }
    }

    fn named_reference(&mut self, name: &Name) -> Parsed<Piece> {
        let Some(group) = self.names.get(&name.text).copied() else {
            return Err(name.fault(format!("unknown group name '{}'", name.text)));
        };
        let Some(width) = self.groups.get(group).copied().flatten() else {
            return Err(name.fault("cannot refer to an open group"));
        };
        self.check_lookbehind(group, name.at)?;
        Ok(Piece::new(width, Node::Beyond))
    }

    fn comment(&mut self, start: usize) -> Parsed<()> {
        while let Some(token) = self.tokens.next() {
            if token == Token::Char(')') {
                return Ok(());
            }
        }
        Err(self.tokens.fault("missing ), unterminated comment", start))
    }

    /// `(?<=...)` and `(?<!...)`.
    fn lookbehind(&mut self, start: usize, flags: Flags) -> Parsed<Piece> {
        let kind = self.after_question()?;
        if !matches!(kind, Token::Char('=' | '!')) {
            let at = self.tokens.position() - kind.len() - 2;
            return Err(self
                .tokens
                .fault(format!("unknown extension ?<{}", kind.text()), at));
        }
        let outer = self.before_lookbehind;
        self.before_lookbehind = outer.or(Some(self.groups.len()));
        let Piece { width, node } = self.body(start, flags)?;
        self.before_lookbehind = outer;
        if !width.is_fixed() && self.late.is_none() {
            self.late = Some(
                self.tokens
                    .fault("look-behind requires fixed-width pattern", start),
            );
        }
        let wanted = kind == Token::Char('=');
        Ok(Piece::look(node, Some(width), wanted))
    }

    /// Inside a lookbehind only groups that are complete and lie before it may be asked for.
    pub(super) fn check_lookbehind(&self, group: usize, start: usize) -> Parsed<()> {
        let Some(before) = self.before_lookbehind else {
            return Ok(());
        };
        if self.groups.get(group).copied().flatten().is_none() {
            return Err(self.tokens.fault("cannot refer to an open group", start));
        }
        if group < before {
            return Ok(());
        }
        let message = "cannot refer to group defined in the same lookbehind subpattern";
        Err(self.tokens.fault(message, start))
    }

    /// `(?(1)yes|no)` and `(?(name)yes|no)`.
    fn conditional(&mut self, start: usize, flags: Flags) -> Parsed<Piece> {
        let name = self.tokens.take_name(')', "group name")?;
        let group = self.condition(&name)?;
        self.check_lookbehind(group, name.at)?;
        let yes = self.branch(flags)?;
        let no = match self.tokens.take('|') {
            true => self.branch(flags)?,
            false => Piece::empty(),
        };
        if self.tokens.peek() == Some(Token::Char('|')) {
            let message = "conditional backref with more than two branches";
            return Err(Fault::new(message, self.tokens.position(), 1));
        }
        self.close(start)?;
        Ok(yes.or(no).beyond())
    }

    /// The number of the group that a conditional asks for; a number may refer to a later group.
    fn condition(&mut self, name: &Name) -> Parsed<usize> {
        if name.is_identifier() {
            let known = self.names.get(&name.text).copied();
            return known.ok_or_else(|| name.fault(format!("unknown group name '{}'", name.text)));
        }
        if !name.text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(name.fault(format!("bad character in group name '{}'", name.text)));
        }
        let missing = || name.fault(format!("invalid group reference {}", name.text));
        match name.text.parse() {
            Ok(0) => Err(name.fault("bad group number")),
            Ok(group) => {
                self.awaited.push((group, missing()));
                Ok(group)
            }
            Err(_) => Err(missing()),
        }
    }

    /// One branch of a conditional, which has no alternatives of its own.
    fn branch(&mut self, flags: Flags) -> Parsed<Piece> {
        self.sequence(flags, false)
    }
}
