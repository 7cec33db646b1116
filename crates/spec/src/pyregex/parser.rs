//! Alternatives, sequences and repetition.

use std::collections::BTreeMap;

use super::flags::Flags;
use super::tokens::{Token, Tokens};
use super::tree::{Anchor, Item, Node, Piece, Set};
use super::width::Width;
use super::{Fault, MAX_NESTING, Parsed};

/// A repetition count that Python no longer stores.
const MAX_REPEAT: u64 = 4_294_967_295;

/// Everything known while reading from left to right.
#[derive(Debug)]
pub(super) struct Parser {
    pub(super) tokens: Tokens,
    /// Widths of the groups by number; `None` while a group is open. The first is the whole pattern.
    pub(super) groups: Vec<Option<Width>>,
    pub(super) names: BTreeMap<String, usize>,
    /// Number of groups before the outermost lookbehind that is open.
    pub(super) before_lookbehind: Option<usize>,
    /// Groups that `(?(2)...)` asks for, which may follow later.
    pub(super) awaited: Vec<(usize, Fault)>,
    /// Python judges the width of lookbehinds only after the whole pattern was read.
    pub(super) late: Option<Fault>,
    /// Set by `(?x)` and its like at the start.
    pub(super) flags: Flags,
    nesting: usize,
}

/// The item that a quantifier would repeat.
enum Last {
    Nothing,
    Anchor(Anchor),
    Repeated,
    Item(Piece),
}

impl Last {
    fn piece(self) -> Piece {
        match self {
            Self::Nothing | Self::Repeated => Piece::empty(),
            Self::Anchor(anchor) => Piece::new(Width::ZERO, Node::Anchor(anchor)),
            Self::Item(piece) => piece,
        }
    }
}

impl Parser {
    pub(super) fn new(pattern: &str) -> Self {
        Self {
            tokens: Tokens::new(pattern),
            groups: vec![None],
            names: BTreeMap::new(),
            before_lookbehind: None,
            awaited: Vec::new(),
            late: None,
            flags: Flags::default(),
            nesting: 0,
        }
    }

    /// Reads the whole pattern.
    pub(super) fn run(mut self) -> Parsed<Node> {
        self.tokens.check_end()?;
        let piece = self.alternatives(Flags::default())?;
        if self.tokens.peek().is_some() {
            return Err(Fault::new(
                "unbalanced parenthesis",
                self.tokens.position(),
                1,
            ));
        }
        let known = self.groups.len();
        let missing = self.awaited.into_iter().find(|(group, _)| *group >= known);
        missing
            .map(|(_, fault)| fault)
            .or(self.late)
            .map_or(Ok(piece.node), Err)
    }

    /// `a|b|c`, up to a closing parenthesis or the end.
    pub(super) fn alternatives(&mut self, flags: Flags) -> Parsed<Piece> {
        let outermost = self.nesting == 0;
        let mut piece = self.sequence(flags, outermost)?;
        while self.tokens.take('|') {
            let flags = if outermost { self.flags } else { flags };
            piece = piece.or(self.sequence(flags, false)?);
        }
        Ok(piece)
    }

    /// Items one after the other. `first` is true where global flags may stand.
    pub(super) fn sequence(&mut self, flags: Flags, first: bool) -> Parsed<Piece> {
        if self.nesting > MAX_NESTING {
            let message = format!("more than {MAX_NESTING} groups inside each other");
            return Err(Fault::new(message, self.tokens.position(), 1));
        }
        self.nesting += 1;
        let piece = self.items(flags, first)?;
        self.nesting -= 1;
        Ok(piece)
    }

    fn items(&mut self, mut flags: Flags, first: bool) -> Parsed<Piece> {
        let mut before = Piece::empty();
        let mut last = Last::Nothing;
        while let Some(token) = self.tokens.peek() {
            if matches!(token, Token::Char('|' | ')')) {
                break;
            }
            let start = self.tokens.position();
            self.tokens.next();
            if flags.verbose && self.skip_blank(token) {
                continue;
            }
            if let Some(count) = self.quantifier(token, start)? {
                before.push(repeat(last, &count)?);
                last = Last::Repeated;
                continue;
            }
            let at_start = first && matches!(last, Last::Nothing);
            if let Some(item) = self.item(token, start, &mut flags, at_start)? {
                before.push(last.piece());
                last = item;
            }
        }
        before.push(last.piece());
        Ok(before)
    }

    /// One item; `None` for a comment or for flags, which are nothing that could be repeated.
    fn item(
        &mut self,
        token: Token,
        start: usize,
        flags: &mut Flags,
        at_start: bool,
    ) -> Parsed<Option<Last>> {
        let anchor = |anchor| Ok(Some(Last::Anchor(anchor)));
        let one = |item| Ok(Some(Last::Item(Piece::one(Set::of(item, *flags), start))));
        match token {
            Token::Escape('A') => anchor(Anchor::Start),
            Token::Escape('Z') => anchor(Anchor::End),
            Token::Escape('b') => anchor(Anchor::Boundary {
                wanted: true,
                flags: *flags,
            }),
            Token::Escape('B') => anchor(Anchor::Boundary {
                wanted: false,
                flags: *flags,
            }),
            Token::Char('^') if flags.multi_line => anchor(Anchor::LineStart),
            Token::Char('^') => anchor(Anchor::Start),
            Token::Char('$') if flags.multi_line => anchor(Anchor::LineEnd),
            Token::Char('$') => anchor(Anchor::LastLineEnd),
            Token::Char('.') => one(Item::Any),
            Token::Escape(c) => self
                .escape(c, start, *flags)
                .map(|piece| Some(Last::Item(piece))),
            Token::Char('[') => self.set(start, *flags).map(|piece| Some(Last::Item(piece))),
            Token::Char('(') => Ok(self.group(start, flags, at_start)?.map(Last::Item)),
            Token::Char(c) => one(Item::Code(u32::from(c))),
        }
    }

    /// In verbose mode, blanks and comments mean nothing.
    fn skip_blank(&mut self, token: Token) -> bool {
        match token {
            Token::Char(' ' | '\t' | '\n' | '\r' | '\x0B' | '\x0C') => true,
            Token::Char('#') => {
                while self
                    .tokens
                    .next()
                    .is_some_and(|token| token != Token::Char('\n'))
                {}
                true
            }
            Token::Char(_) | Token::Escape(_) => false,
        }
    }

    /// `?`, `*`, `+`, `{2,3}` with what follows them; `None` if the token starts none of them.
    fn quantifier(&mut self, token: Token, start: usize) -> Parsed<Option<Count>> {
        let bounds = match token {
            Token::Char('?') => Some((0, Some(1))),
            Token::Char('*') => Some((0, None)),
            Token::Char('+') => Some((1, None)),
            Token::Char('{') => self.braces(start)?,
            Token::Char(_) | Token::Escape(_) => None,
        };
        Ok(bounds.map(|(least, most)| {
            let end = self.tokens.position();
            let possessive = !self.tokens.take('?') && self.tokens.take('+');
            Count {
                least,
                most,
                possessive,
                start,
                length: end - start,
            }
        }))
    }

    /// `{2}`, `{2,}`, `{,3}`, `{2,3}`; any other brace is a plain character.
    fn braces(&mut self, start: usize) -> Parsed<Option<(u64, Option<u64>)>> {
        let here = self.tokens.position();
        if self.tokens.peek_char() == Some('}') {
            return Ok(None);
        }
        let low = self.tokens.take_while(usize::MAX, |c| c.is_ascii_digit());
        let high = match self.tokens.take(',') {
            true => self.tokens.take_while(usize::MAX, |c| c.is_ascii_digit()),
            false => low.clone(),
        };
        if !self.tokens.take('}') {
            self.tokens.rewind(here);
            return Ok(None);
        }
        let (low, high) = (self.bound(&low, start)?, self.bound(&high, start)?);
        let least = low.unwrap_or(0);
        if high.is_some_and(|most| most < least) {
            return Err(self
                .tokens
                .fault("min repeat greater than max repeat", here));
        }
        Ok(Some((least, high)))
    }

    fn bound(&self, digits: &str, start: usize) -> Parsed<Option<u64>> {
        if digits.is_empty() {
            return Ok(None);
        }
        let number = digits.parse().ok().filter(|number| *number < MAX_REPEAT);
        number.map(Some).ok_or_else(|| {
            self.tokens
                .fault("the repetition number is too large", start)
        })
    }
}

/// How often an item is repeated, and where that is said.
struct Count {
    least: u64,
    most: Option<u64>,
    /// True for `*+` and its like, which give nothing back.
    possessive: bool,
    start: usize,
    length: usize,
}

fn repeat(last: Last, count: &Count) -> Parsed<Piece> {
    let refuse = |message| Err(Fault::new(message, count.start, count.length));
    match last {
        Last::Nothing | Last::Anchor(_) => refuse("nothing to repeat"),
        Last::Repeated => refuse("multiple repeat"),
        Last::Item(piece) => {
            let piece = piece.times(count.least, count.most);
            Ok(if count.possessive {
                piece.beyond()
            } else {
                piece
            })
        }
    }
}
