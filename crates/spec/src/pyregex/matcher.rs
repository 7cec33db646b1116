//! Does a pattern match a text from its start, as Python's `re.match` would say?
//!
//! A pattern is taken as a step from places in the text to the places behind every possible match. So nothing is ever
//! tried twice, as a matcher that backtracks would, and there is no order among matches to keep. What needs
//! that order, or the text of a group, is not judged.

use std::collections::BTreeSet;

use super::tree::{Anchor, Node, is_word};

/// Longest text that is looked at, in characters; paths are shorter.
const LONGEST: usize = 1_024;
/// Steps after which a pattern is given up.
const MOST_STEPS: usize = 400_000;

/// Places between the characters of a text.
type Places = BTreeSet<usize>;

/// The text, and how much work may still be done.
struct Run<'t> {
    text: &'t [char],
    steps: usize,
}

/// True if the pattern matches at the start of the text; `None` if that is not known.
pub(super) fn match_start(pattern: &Node, text: &str) -> Option<bool> {
    let text: Vec<char> = text.chars().take(LONGEST + 1).collect();
    let mut run = Run {
        text: &text,
        steps: MOST_STEPS,
    };
    let short = text.len() <= LONGEST;
    let ends = short.then(|| run.after(pattern, &Places::from([0])))??;
    Some(!ends.is_empty())
}

impl Run<'_> {
    /// The places behind every match that begins at one of the places `from`.
    fn after(&mut self, node: &Node, from: &Places) -> Option<Places> {
        self.steps = self.steps.checked_sub(1 + from.len())?;
        match node {
            _ if from.is_empty() => Some(Places::new()),
            Node::One { set, .. } => {
                let fits = |at: &&usize| self.text.get(**at).is_some_and(|c| set.has(*c));
                Some(from.iter().filter(fits).map(|at| at + 1).collect())
            }
            Node::Sequence(nodes) => nodes
                .iter()
                .try_fold(from.clone(), |places, node| self.after(node, &places)),
            Node::Either(nodes) => {
                let mut found = Places::new();
                for node in nodes {
                    found.extend(self.after(node, from)?);
                }
                Some(found)
            }
            Node::Repeat { node, least, most } => self.repeated(node, *least, *most, from),
            Node::Anchor(anchor) => {
                let here = |at: &&usize| self.is_at(*anchor, **at);
                Some(from.iter().filter(here).copied().collect())
            }
            Node::Look {
                node,
                behind,
                wanted,
            } => self.looked(node, *behind, *wanted, from),
            Node::Beyond => None,
        }
    }

    fn repeated(
        &mut self,
        node: &Node,
        least: u64,
        most: Option<u64>,
        from: &Places,
    ) -> Option<Places> {
        // Whoever repeats more often than there are characters repeats nothing, which changes no place any more.
        let enough = self.text.len() + 1;
        let bounded = |count: u64| usize::try_from(count).map_or(enough, |count| count.min(enough));
        let mut places = from.clone();
        for _ in 0..bounded(least) {
            places = self.after(node, &places)?;
        }
        let mut found = places.clone();
        let more = most.map_or(enough, |most| bounded(most.saturating_sub(least)));
        for _ in 0..more {
            let next = self.after(node, &places)?;
            places = next.difference(&found).copied().collect();
            if places.is_empty() {
                break;
            }
            found.extend(&places);
        }
        Some(found)
    }

    fn looked(
        &mut self,
        node: &Node,
        behind: Option<u64>,
        wanted: bool,
        from: &Places,
    ) -> Option<Places> {
        let mut found = Places::new();
        for at in from {
            let width = behind.map_or(Some(0), |width| usize::try_from(width).ok());
            let start = width.and_then(|width| at.checked_sub(width));
            let matches = match start {
                Some(start) => !self.after(node, &Places::from([start]))?.is_empty(),
                None => false,
            };
            if matches == wanted {
                found.insert(*at);
            }
        }
        Some(found)
    }

    fn is_at(&self, anchor: Anchor, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.text.get(before));
        let behind = self.text.get(at);
        match anchor {
            Anchor::Start => at == 0,
            Anchor::End => behind.is_none(),
            Anchor::LastLineEnd => {
                behind.is_none() || (behind == Some(&'\n') && at + 1 == self.text.len())
            }
            Anchor::LineStart => at == 0 || before == Some(&'\n'),
            Anchor::LineEnd => behind.is_none() || behind == Some(&'\n'),
            Anchor::Boundary { wanted, flags } => {
                let word = |c: Option<&char>| c.is_some_and(|c| is_word(*c, flags.ascii));
                // Before Python 3.14, `\B` does not match within an empty text.
                let edge = word(before) != word(behind);
                edge == wanted && !self.text.is_empty()
            }
        }
    }
}
