//! One tree laid over another.

use crate::syntax::{Entry, Node, Value};

/// The tree in which what the upper one says takes the place of what the lower one says.
///
/// Groups of keys are merged key by key; a list or a single value is replaced whole. Order is that of the lower
/// tree, with new keys behind.
pub(super) fn laid_over(lower: &Node, upper: &Node) -> Node {
    let (Value::Mapping(below), Value::Mapping(above)) = (&lower.value, &upper.value) else {
        return upper.clone();
    };
    let mut entries: Vec<Entry> = below.iter().map(|entry| merged(entry, upper)).collect();
    let known = |new: &&Entry| below.iter().any(|entry| entry.key == new.key);
    entries.extend(above.iter().filter(|new| !known(new)).cloned());
    Node {
        value: Value::Mapping(entries),
        span: lower.span,
    }
}

fn merged(entry: &Entry, upper: &Node) -> Entry {
    let Some(new) = upper.entry(&entry.key) else {
        return entry.clone();
    };
    let value = laid_over(&entry.value, &new.value);
    let both = matches!(
        (&entry.value.value, &new.value.value),
        (Value::Mapping(_), Value::Mapping(_))
    );
    Entry {
        key: entry.key.clone(),
        // What is missing in a merged group is missing where the group first stands.
        key_span: if both { entry.key_span } else { new.key_span },
        value,
    }
}

/// The tree without some of its keys.
pub(super) fn without(tree: &Node, keys: &[&str]) -> Node {
    let Value::Mapping(entries) = &tree.value else {
        return tree.clone();
    };
    let kept = entries
        .iter()
        .filter(|entry| !keys.contains(&entry.key.as_str()));
    Node {
        value: Value::Mapping(kept.cloned().collect()),
        span: tree.span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;
    use crate::syntax::{self, KeyPath};

    fn tree(text: &str) -> Node {
        syntax::compose(&SourceFile::new("f", text)).tree.unwrap()
    }

    fn text(tree: &Node, path: &str) -> Option<String> {
        match &tree.at(&KeyPath::of(path))?.value {
            Value::Scalar(scalar) => Some(scalar.text.clone()),
            Value::List(items) => Some(format!("{} items", items.len())),
            Value::Mapping(entries) => Some(format!("{} keys", entries.len())),
        }
    }

    #[test]
    fn groups_merge_and_everything_else_is_replaced() {
        let lower = tree("a: {b: 1, c: 2, l: [1, 2]}\nx: 1\n");
        let upper = tree("a: {c: 3, l: [4], d: {e: 5}}\nx: {y: 6}\n");
        let merged = laid_over(&lower, &upper);
        for (path, expected) in [
            ("a", "4 keys"),
            ("a.b", "1"),
            ("a.c", "3"),
            ("a.l", "1 items"),
            ("a.d.e", "5"),
            ("x.y", "6"),
        ] {
            assert_eq!(text(&merged, path).as_deref(), Some(expected), "{path}");
        }
        assert_eq!(text(&without(&merged, &["x"]), "x"), None);
    }
}
