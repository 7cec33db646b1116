//! Dots that were meant as dots: `.*.py`.

use super::tree::{Item, Node, Set};

/// Indexes of the dots that stand for any character, between any text and an extension.
pub(super) fn bare_dots(pattern: &Node) -> Vec<usize> {
    let mut found = Vec::new();
    walk(pattern, false, &mut found);
    found
}

/// `behind_text` is true where any text stands before.
fn walk(node: &Node, behind_text: bool, found: &mut Vec<usize>) {
    match node {
        Node::Sequence(nodes) => {
            let mut behind_text = behind_text;
            for (position, node) in nodes.iter().enumerate() {
                let rest = nodes.get(position + 1..).unwrap_or_default();
                match node {
                    Node::One { set, at } if behind_text && is_dot(set) && is_extension(rest) => {
                        found.push(*at);
                    }
                    _ => walk(node, behind_text, found),
                }
                behind_text = is_text(node);
            }
        }
        Node::Either(nodes) => nodes.iter().for_each(|node| walk(node, behind_text, found)),
        Node::Repeat { node, .. } | Node::Look { node, .. } => walk(node, false, found),
        Node::One { .. } | Node::Anchor(_) | Node::Beyond => {}
    }
}

fn is_dot(set: &Set) -> bool {
    set.items == [Item::Any]
}

/// True for `.*`, `\w+` and their like.
fn is_text(node: &Node) -> bool {
    let Node::Repeat {
        node, most: None, ..
    } = node
    else {
        return false;
    };
    matches!(&**node, Node::One { set, .. } if set.has('x') && set.has('y'))
}

/// True for letters and digits up to the end, or alternatives of them.
fn is_extension(nodes: &[Node]) -> bool {
    let anchors = |node: &&Node| matches!(node, Node::Anchor(_));
    let end = nodes.iter().rev().take_while(anchors).count();
    let nodes = nodes.get(..nodes.len() - end).unwrap_or_default();
    !nodes.is_empty() && nodes.iter().all(is_word)
}

fn is_word(node: &Node) -> bool {
    match node {
        Node::One { set, .. } => match set.items.as_slice() {
            [Item::Code(code)] if !set.negated => {
                char::from_u32(*code).is_some_and(|c| c.is_ascii_alphanumeric())
            }
            _ => false,
        },
        Node::Sequence(nodes) => nodes.iter().all(is_word),
        Node::Either(nodes) => nodes.iter().all(is_word),
        Node::Repeat { node, most, .. } => *most == Some(1) && is_word(node),
        Node::Anchor(_) | Node::Look { .. } | Node::Beyond => false,
    }
}
