//! The sound part of a faulty tree, so that one mistake does not hide another of a later round.

use super::shape::{Key, Mapping, SPEC, Shape};
use crate::diag::Diagnostic;
use crate::source::Span;
use crate::syntax::{Entry, MAX_BYTES, Node, Scalar, Style, Value};

/// A tree of the right shape: what is wrong is left out, and what is missing is there as an example.
///
/// The rules can judge it, but have the right to speak only about what the file really says: ask
/// [`Sound::vouches_for`] about each problem that they find.
pub(crate) struct Sound {
    pub(crate) tree: Node,
    kept: Vec<Span>,
}

impl Sound {
    /// The sound part of a tree with faults in these places; `None` if nothing is left to be judged.
    pub(crate) fn part_of(tree: &Node, faults: Vec<Span>) -> Option<Self> {
        let mut sieve = Sieve {
            faults,
            kept: Vec::new(),
        };
        let tree = sieve.node(tree, &SPEC)?;
        let kept = sieve.kept;
        Some(Self { tree, kept })
    }

    /// True for a problem that lies on keys and values of the file alone, not on an example of ours.
    pub(crate) fn vouches_for(&self, problem: &Diagnostic) -> bool {
        let mut labels = problem.labels.iter();
        labels.all(|label| self.kept.iter().any(|span| contains(*span, label.span)))
    }
}

/// True if a problem is about a value that has a problem of an earlier round, on itself or on its key.
pub(crate) fn is_echo(tree: &Node, earlier: &[Diagnostic], problem: &Diagnostic) -> bool {
    let Value::Mapping(entries) = &tree.value else {
        return false;
    };
    entries.iter().any(|entry| {
        let whole = Span::new(entry.key_span.start, entry.value.span.end);
        let within = |found: &Diagnostic| found.span().is_some_and(|span| contains(whole, span));
        match entry.value.value {
            // A section that is written twice lacks in one half what stands in the other.
            Value::Mapping(_) if problem.span() == Some(entry.key_span) => {
                let mut labels = earlier.iter().flat_map(|found| &found.labels);
                labels.any(|label| label.span == entry.key_span)
            }
            Value::Mapping(_) => is_echo(&entry.value, earlier, problem),
            Value::Scalar(_) | Value::List(_) => within(problem) && earlier.iter().any(within),
        }
    })
}

fn contains(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

struct Sieve {
    faults: Vec<Span>,
    kept: Vec<Span>,
}

impl Sieve {
    fn node(&mut self, node: &Node, shape: &Shape) -> Option<Node> {
        let value = match (shape, &node.value) {
            (Shape::Mapping(mapping), Value::Mapping(entries)) => {
                Value::Mapping(self.mapping(entries, mapping)?)
            }
            (Shape::List(list), Value::List(items)) if !self.faults.contains(&node.span) => {
                let kept = items.iter().filter_map(|item| self.node(item, &list.items));
                Value::List(kept.collect())
            }
            (
                Shape::Text(_)
                | Shape::Choice(_)
                | Shape::Integer { .. }
                | Shape::Boolean
                | Shape::Scalar,
                Value::Scalar(scalar),
            ) if !self.is_faulty(node.span) => {
                self.kept.push(node.span);
                Value::Scalar(scalar.clone())
            }
            _ => return None,
        };
        let span = node.span;
        Some(Node { value, span })
    }

    fn mapping(&mut self, entries: &[Entry], mapping: &Mapping) -> Option<Vec<Entry>> {
        let mut kept: Vec<Entry> = Vec::new();
        for entry in entries {
            kept.extend(self.entry(entry, mapping));
        }
        for key in mapping.keys.iter().filter(|key| key.required) {
            if kept.iter().all(|entry| entry.key != key.name) {
                kept.push(example(key)?);
            }
        }
        Some(kept)
    }

    fn entry(&mut self, entry: &Entry, mapping: &Mapping) -> Option<Entry> {
        let known = mapping.keys.iter().find(|key| key.name == entry.key);
        let others = mapping.others.as_ref();
        let others = || {
            let named = others.filter(|others| others.name.matches(&entry.key));
            named.map(|others| &others.shape)
        };
        let shape = known.map(|key| &key.shape).or_else(others)?;
        // A mapping's key carries the problems about keys that are missing in it; they do not touch the rest.
        let own = !matches!(entry.value.value, Value::Mapping(_));
        if own && self.faults.contains(&entry.key_span) {
            return None;
        }
        let value = self.node(&entry.value, shape)?;
        // What is said about a section as a whole may be the echo of a fault in it.
        if !self.is_faulty(Span::new(entry.key_span.start, entry.value.span.end)) {
            self.kept.push(entry.key_span);
        }
        Some(Entry {
            value,
            ..entry.clone()
        })
    }

    fn is_faulty(&self, span: Span) -> bool {
        self.faults.iter().any(|fault| contains(span, *fault))
    }
}

/// The place of what a file does not say: behind the end of the longest.
const NOWHERE: Span = Span::empty(2 * MAX_BYTES);

/// A required key that is not there, with the value that shows how it is written.
fn example(key: &Key) -> Option<Entry> {
    let value = match (&*key.shape, &key.example) {
        (Shape::Mapping(mapping), _) => {
            let required = mapping.keys.iter().filter(|key| key.required);
            Value::Mapping(required.map(example).collect::<Option<_>>()?)
        }
        (_, Some(text)) => Value::Scalar(Scalar {
            text: text.clone(),
            style: Style::SingleQuoted,
        }),
        (_, None) => return None,
    };
    Some(Entry {
        key: key.name.clone(),
        key_span: NOWHERE,
        value: Node {
            value,
            span: NOWHERE,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a file is told, as places and codes.
    fn found(text: &str) -> Vec<String> {
        let checked = crate::check("f", text.as_bytes(), &crate::Options::default());
        assert!(checked.applications.is_empty());
        let place = |found: &Diagnostic| {
            let position = checked.source.position(found.span().unwrap().start);
            format!("{}:{} {}", position.line, position.column, found.code)
        };
        checked.diagnostics.iter().map(place).collect()
    }

    #[test]
    fn problems_of_all_rounds_are_told_together() {
        let text = "\
name: shop
name: shop
root: /srv/shop
pyton: x
streaming: sometimes
restart: {pattern: '('}
environment: {WSGI_LOG: x, A: }
targets: [iis6, iis9]
";
        assert_eq!(
            found(text),
            [
                "2:1 IISC0012",
                "3:7 IISC0202",
                "4:1 IISC0101",
                "5:12 IISC0103",
                "6:21 IISC0203",
                "7:15 IISC0802",
                "7:28 IISC0014",
                "8:17 IISC0104",
            ]
        );
    }

    #[test]
    fn broken_values_are_told_together_and_do_not_hide_the_rest() {
        let text = "name: shop\nroot: \"D:\\shop\"\npython:\n  interpreter: \"D:\\env\\Scripts\\python.exe\"\n  handler: @b\nstreaming: maybe\n";
        assert_eq!(
            found(text),
            [
                "2:10 IISC0004",
                "4:23 IISC0004",
                "5:12 IISC0004",
                "6:12 IISC0103"
            ]
        );
    }

    #[test]
    fn nothing_is_told_about_an_example_of_ours() {
        // The interpreter is missing; whether it is that of the virtual environment, nobody knows.
        let text = "name: s\nroot: D:\\s\npython:\n  virtualenv: D:\\v\n  handler: a.b\n";
        assert_eq!(found(text), ["3:1 IISC0102"]);
    }

    #[test]
    fn the_halves_of_a_section_written_twice_lack_nothing() {
        let text =
            "name: s\nroot: D:\\s\npython:\n  interpreter: D:\\p.exe\npython:\n  handler: a.b\n";
        assert_eq!(found(text), ["5:1 IISC0012"]);
    }

    #[test]
    fn a_value_with_a_problem_is_not_judged_again() {
        let text = "name: s\nroot:\npython:\n  interpreter: [D:\\p.exe]\n  handler: 3\n";
        assert_eq!(
            found(text),
            ["2:1 IISC0014", "4:16 IISC0103", "5:12 IISC0201"]
        );
    }
}
