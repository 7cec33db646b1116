//! The sound part of a faulty tree, so that one mistake does not hide another of a later round.

use std::collections::BTreeSet;

use super::shape::{Key, Mapping, Shape};
use super::table::SPEC;
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
            faults: in_order(faults),
            kept: Vec::new(),
        };
        let tree = sieve.node(tree, &SPEC)?;
        let kept = in_order(sieve.kept);
        Some(Self { tree, kept })
    }

    /// True for a problem that lies on keys and values of the file alone, not on an example of ours.
    pub(crate) fn vouches_for(&self, problem: &Diagnostic) -> bool {
        let mut labels = problem.labels.iter();
        labels.all(|label| is_covered(label.span, &self.kept))
    }
}

/// The values that have a problem of an earlier round, on themselves or on their keys.
pub(crate) struct Echoes(Vec<Span>);

impl Echoes {
    /// The values of a tree that these problems are about.
    pub(crate) fn of(tree: &Node, earlier: &[Diagnostic]) -> Self {
        let labels = earlier.iter().flat_map(|found| &found.labels);
        let mut reach = Reach {
            problems: in_order(earlier.iter().filter_map(Diagnostic::span).collect()),
            labels: labels.map(|label| label.span).collect(),
            touched: Vec::new(),
        };
        reach.follow(tree);
        Self(in_order(reach.touched))
    }

    /// True if a problem is about one of the values.
    pub(crate) fn hold(&self, problem: &Diagnostic) -> bool {
        problem.span().is_some_and(|span| is_covered(span, &self.0))
    }
}

/// How far problems reach.
struct Reach {
    problems: Vec<Span>,
    labels: BTreeSet<Span>,
    touched: Vec<Span>,
}

impl Reach {
    fn follow(&mut self, node: &Node) {
        let Value::Mapping(entries) = &node.value else {
            return;
        };
        for entry in entries {
            match entry.value.value {
                Value::Mapping(_) => {
                    // A section that is written twice lacks in one half what stands in the other.
                    if self.labels.contains(&entry.key_span) {
                        self.touched.push(entry.key_span);
                    }
                    self.follow(&entry.value);
                }
                Value::Scalar(_) | Value::List(_) => {
                    let whole = Span::new(entry.key_span.start, entry.value.span.end);
                    if covers_any(whole, &self.problems) {
                        self.touched.push(whole);
                    }
                }
            }
        }
    }
}

fn in_order(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    spans
}

/// True if one of some spans, which are in order and lie apart, contains a span.
fn is_covered(span: Span, spans: &[Span]) -> bool {
    let behind = spans.partition_point(|other| other.start <= span.start);
    let nearest = behind.checked_sub(1).and_then(|index| spans.get(index));
    nearest.is_some_and(|other| contains(*other, span))
}

/// True if a span contains one of some, which are in order.
fn covers_any(span: Span, spans: &[Span]) -> bool {
    let first = spans.partition_point(|other| other.start < span.start);
    let behind = spans.iter().skip(first);
    let mut within = behind.take_while(|other| other.start <= span.end);
    within.any(|other| contains(span, *other))
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
            (Shape::List(list), Value::List(items)) if !self.has_fault_at(node.span) => {
                let kept = items.iter().filter_map(|item| self.node(item, list.items));
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
            named.map(|others| others.shape)
        };
        let shape = known.map(|key| key.shape).or_else(others)?;
        // A mapping's key carries the problems about keys that are missing in it; they do not touch the rest.
        let own = !matches!(entry.value.value, Value::Mapping(_));
        if own && self.has_fault_at(entry.key_span) {
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
        covers_any(span, &self.faults)
    }

    fn has_fault_at(&self, span: Span) -> bool {
        self.faults.binary_search(&span).is_ok()
    }
}

/// The place of what a file does not say: behind the end of the longest.
const NOWHERE: Span = Span::empty(2 * MAX_BYTES);

/// A required key that is not there, with the value that shows how it is written.
fn example(key: &Key) -> Option<Entry> {
    let value = match (key.shape, key.example) {
        (Shape::Mapping(mapping), _) => {
            let required = mapping.keys.iter().filter(|key| key.required);
            Value::Mapping(required.map(example).collect::<Option<_>>()?)
        }
        (_, Some(text)) => Value::Scalar(Scalar {
            text: text.to_owned(),
            style: Style::SingleQuoted,
        }),
        (_, None) => return None,
    };
    Some(Entry {
        key: key.name.to_owned(),
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
