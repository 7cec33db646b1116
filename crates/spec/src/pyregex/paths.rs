//! Can a pattern match a path at all?
//!
//! A path is names with `\` between them, relative to the root. Matching is followed without a text: only
//! whether the last character was one of a name or a separator, and whether the end has been reached.

use super::tree::{Anchor, Item, Node, Set};

/// Where a match may be, as a set of the constants below.
type Places = u8;

const START: Places = 1;
const IN_NAME: Places = 2;
const BEHIND_SEPARATOR: Places = 4;
/// Behind the last name, where nothing may follow.
const END: Places = 8;
const ANYWHERE: Places = START | IN_NAME | BEHIND_SEPARATOR | END;

/// True unless it is certain that no path matches.
pub(super) fn can_match(pattern: &Node) -> bool {
    after(pattern, START) != 0
}

fn after(node: &Node, from: Places) -> Places {
    match node {
        _ if from == 0 => 0,
        Node::One { set, .. } => one(set, from),
        Node::Sequence(nodes) => nodes.iter().fold(from, |places, node| after(node, places)),
        Node::Either(nodes) => nodes
            .iter()
            .fold(0, |places, node| places | after(node, from)),
        Node::Repeat { node, least, most } => repeated(node, *least, *most, from),
        Node::Anchor(anchor) => anchored(*anchor, from),
        Node::Look {
            node,
            behind: None,
            wanted: true,
        } if after(node, from) == 0 => 0,
        Node::Look { .. } => from,
        Node::Beyond => ANYWHERE,
    }
}

fn one(set: &Set, from: Places) -> Places {
    let name = from & (START | IN_NAME | BEHIND_SEPARATOR) != 0 && has_name_character(set);
    let separator = from & IN_NAME != 0 && set.has('\\');
    (if name { IN_NAME } else { 0 }) | (if separator { BEHIND_SEPARATOR } else { 0 })
}

fn repeated(node: &Node, least: u64, most: Option<u64>, from: Places) -> Places {
    // Four places are exhausted after as many rounds.
    let rounds = u64::from(Places::BITS);
    let first = (0..least.min(rounds)).fold(from, |places, _| after(node, places));
    let more = most.map_or(rounds, |most| most.saturating_sub(least).min(rounds));
    (0..more).fold(first, |places, _| places | after(node, places))
}

fn anchored(anchor: Anchor, from: Places) -> Places {
    match anchor {
        Anchor::Start | Anchor::LineStart => from & START,
        Anchor::End | Anchor::LastLineEnd | Anchor::LineEnd => match from & (IN_NAME | END) {
            0 => 0,
            _ => END,
        },
        Anchor::Boundary { .. } => from,
    }
}

/// True if one of the characters of a set may stand in a name; every character beyond ASCII may.
fn has_name_character(set: &Set) -> bool {
    let beyond_ascii = |item: &Item| match item {
        Item::Code(code) | Item::Range(_, code) => *code > 0x7F,
        Item::Class(_) | Item::Any => true,
    };
    let in_name = |c: &char| !r#"\/:*?"<>|"#.contains(*c);
    set.negated
        || set.items.iter().any(beyond_ascii)
        || (' '..='~').filter(in_name).any(|c| set.has(c))
}
