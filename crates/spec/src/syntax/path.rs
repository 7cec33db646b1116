//! Places by name: `python.pythonpath[1]`.

use std::fmt;

use super::node::{Node, Value};
use crate::source::Span;

/// The way from the root of the file to a value; prints as people write it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct KeyPath(Vec<Step>);

/// One step of a [`KeyPath`].
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

impl KeyPath {
    /// The path of nested keys, written with dots between them.
    pub(crate) fn of(keys: &str) -> Self {
        Self(
            keys.split('.')
                .map(|key| Step::Key(key.to_owned()))
                .collect(),
        )
    }

    /// The value of a key below this path.
    pub(crate) fn key(&self, key: &str) -> Self {
        self.with(Step::Key(key.to_owned()))
    }

    /// The item of a list at this path.
    pub(crate) fn index(&self, index: usize) -> Self {
        self.with(Step::Index(index))
    }

    pub(crate) fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// True for the path of these nested keys, and for one below it.
    pub(crate) fn begins_with(&self, keys: &str) -> bool {
        self.0.starts_with(&Self::of(keys).0)
    }

    fn with(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

impl fmt::Display for KeyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if position == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

impl Node {
    /// The value at a path.
    pub(crate) fn at(&self, path: &KeyPath) -> Option<&Self> {
        path.0
            .iter()
            .try_fold(self, |node, step| match (step, &node.value) {
                (Step::Key(key), _) => Some(&node.entry(key)?.value),
                (Step::Index(index), Value::List(items)) => items.get(*index),
                (Step::Index(_), Value::Scalar(_) | Value::Mapping(_)) => None,
            })
    }

    /// Where the value at a path stands.
    ///
    /// For a key that the file leaves out it is the nearest key above it, and at last the start of the file:
    /// that is where a message about a default belongs.
    pub(crate) fn place(&self, path: &KeyPath) -> Span {
        if let Some(node) = self.at(path) {
            return node.span;
        }
        let mut steps = path.0.clone();
        while !steps.is_empty() {
            if let Some(span) = self.key_span(&KeyPath(steps.clone())) {
                return span;
            }
            steps.pop();
        }
        Span::empty(0)
    }

    /// Where the key at the end of a path stands.
    pub(crate) fn key_span(&self, path: &KeyPath) -> Option<Span> {
        let (last, parents) = path.0.split_last()?;
        let parent = self.at(&KeyPath(parents.to_vec()))?;
        match last {
            Step::Key(key) => parent.entry(key).map(|entry| entry.key_span),
            Step::Index(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;
    use crate::syntax;

    fn tree(text: &str) -> Node {
        syntax::compose(&SourceFile::new("test", text))
            .tree
            .unwrap()
    }

    #[test]
    fn a_path_prints_as_people_write_it() {
        let path = KeyPath::of("python.pythonpath").index(1).key("x");
        assert_eq!(path.to_string(), "python.pythonpath[1].x");
    }

    #[test]
    fn a_value_that_is_left_out_is_placed_at_the_nearest_key() {
        let text = "name: x\nsite:\n  id: 1\n";
        let tree = tree(text);
        let place = |path: &str| text.get(tree.place(&KeyPath::of(path)).range()).unwrap();
        assert_eq!(place("site.id"), "1");
        assert_eq!(place("site.path"), "site");
        assert_eq!(place("pool.name"), "");
    }
}
