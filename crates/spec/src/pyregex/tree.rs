//! What a pattern says, as far as matching needs it.

use super::flags::Flags;
use super::width::Width;

/// A part of a pattern.
#[derive(Debug)]
pub(super) enum Node {
    /// One character of a set.
    One {
        set: Set,
        /// Index of the character of the pattern that the set begins with.
        at: usize,
    },
    Sequence(Vec<Node>),
    Either(Vec<Node>),
    Repeat {
        node: Box<Node>,
        least: u64,
        most: Option<u64>,
    },
    Anchor(Anchor),
    /// What follows, or what stands before.
    Look {
        node: Box<Node>,
        /// The width of a lookbehind.
        behind: Option<u64>,
        /// False for a part that must not match.
        wanted: bool,
    },
    /// What cannot be judged by places alone: references to groups, conditionals, and groups that give nothing
    /// back.
    Beyond,
}

/// A place that a pattern asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    End,
    /// The end, or before a line break at the end.
    LastLineEnd,
    LineStart,
    LineEnd,
    /// Between a word and what is none, or just not.
    Boundary {
        wanted: bool,
        flags: Flags,
    },
}

/// Characters that may stand at one place.
#[derive(Debug)]
pub(super) struct Set {
    pub(super) items: Vec<Item>,
    pub(super) negated: bool,
    pub(super) flags: Flags,
}

/// Characters of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    Code(u32),
    Range(u32, u32),
    /// `\d`, `\D`, `\s`, `\S`, `\w` or `\W` by its letter.
    Class(char),
    /// `.`
    Any,
}

/// A part of a pattern and how many characters it can match.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) width: Width,
    pub(super) node: Node,
}

impl Piece {
    pub(super) fn new(width: Width, node: Node) -> Self {
        Self { width, node }
    }

    pub(super) fn empty() -> Self {
        Self::new(Width::ZERO, Node::Sequence(Vec::new()))
    }

    pub(super) fn one(set: Set, at: usize) -> Self {
        Self::new(Width::ONE, Node::One { set, at })
    }

    pub(super) fn look(node: Node, behind: Option<Width>, wanted: bool) -> Self {
        let look = Node::Look {
            node: Box::new(node),
            behind: behind.map(Width::least),
            wanted,
        };
        Self::new(Width::ZERO, look)
    }

    /// Puts a part behind this one, which [`Piece::empty`] has made.
    pub(super) fn push(&mut self, next: Self) {
        self.width = self.width.then(next.width);
        match (&mut self.node, next.node) {
            (_, Node::Sequence(nodes)) if nodes.is_empty() => {}
            (Node::Sequence(nodes), node) => nodes.push(node),
            (
                Node::One { .. }
                | Node::Either(_)
                | Node::Repeat { .. }
                | Node::Anchor(_)
                | Node::Look { .. }
                | Node::Beyond,
                _,
            ) => {}
        }
    }

    /// One or the other.
    pub(super) fn or(self, other: Self) -> Self {
        let width = self.width.or(other.width);
        let node = match self.node {
            Node::Either(mut nodes) => {
                nodes.push(other.node);
                Node::Either(nodes)
            }
            node => Node::Either(vec![node, other.node]),
        };
        Self { width, node }
    }

    /// Repeated; `None` is without bound.
    pub(super) fn times(self, least: u64, most: Option<u64>) -> Self {
        Self {
            width: self.width.times(least, most),
            node: Node::Repeat {
                node: Box::new(self.node),
                least,
                most,
            },
        }
    }

    /// The same width, and nothing that can be judged by places alone.
    pub(super) fn beyond(self) -> Self {
        Self::new(self.width, Node::Beyond)
    }
}

impl Set {
    pub(super) fn of(item: Item, flags: Flags) -> Self {
        Self {
            items: vec![item],
            negated: false,
            flags,
        }
    }

    /// Adds an item; false if there is none.
    pub(super) fn add(&mut self, item: Option<Item>) -> bool {
        self.items.extend(item);
        item.is_some()
    }

    /// True if the character may stand here.
    pub(super) fn has(&self, c: char) -> bool {
        let found = self.items.iter().any(|item| match self.flags.ignore_case {
            false => self.is(*item, c),
            true => self.is(*item, c) || cases(c).any(|other| self.is(*item, other)),
        });
        found != self.negated
    }

    fn is(&self, item: Item, c: char) -> bool {
        let code = u32::from(c);
        match item {
            Item::Code(own) => own == code,
            Item::Range(low, high) => (low..=high).contains(&code),
            Item::Any => self.flags.dot_all || c != '\n',
            Item::Class(class) => {
                class_has(class.to_ascii_lowercase(), c, self.flags.ascii)
                    != class.is_ascii_uppercase()
            }
        }
    }
}

/// The character in its other cases, where each is one character.
fn cases(c: char) -> impl Iterator<Item = char> {
    let lower = Some(c.to_lowercase()).filter(|it| it.len() == 1);
    let upper = Some(c.to_uppercase()).filter(|it| it.len() == 1);
    lower
        .into_iter()
        .flatten()
        .chain(upper.into_iter().flatten())
}

/// True for a character of `\d`, `\s` or `\w`.
fn class_has(class: char, c: char, ascii: bool) -> bool {
    if ascii && !c.is_ascii() {
        return false;
    }
    match class {
        'd' => c.is_ascii_digit() || (!c.is_ascii() && c.is_numeric()),
        's' => c.is_whitespace() || ('\x1C'..='\x1F').contains(&c) && !ascii,
        _ => is_word(c, ascii),
    }
}

/// True for a character of a word.
pub(super) fn is_word(c: char, ascii: bool) -> bool {
    c == '_' || c.is_ascii_alphanumeric() || (!ascii && c.is_alphanumeric())
}
