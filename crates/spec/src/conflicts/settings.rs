//! What a claim of something that may be shared says about it.

use serde_json::Value;

use crate::model::{Identity, Pool};
use crate::source::Span;
use crate::syntax::{KeyPath, Node};

/// A setting that is not the usual one.
#[derive(Debug, Clone)]
pub(super) struct Setting {
    pub(super) key: String,
    pub(super) value: String,
    pub(super) span: Span,
}

/// The settings of a pool that are not the usual ones; as a rule there are none.
pub(super) fn pool_settings(pool: &Pool, tree: &Node) -> Vec<Setting> {
    let named = |pool: &Pool| Pool {
        name: None,
        identity: pool.identity.filter(|it| *it != Identity::ApplicationPool),
        ..pool.clone()
    };
    let (pool, usual) = (named(pool), Pool::default());
    if pool == usual {
        return Vec::new();
    }
    let mut found = Vec::new();
    // A pool has only texts, numbers and lists of them, so that neither can fail.
    if let (Ok(value), Ok(usual)) = (serde_json::to_value(&pool), serde_json::to_value(&usual)) {
        collect(&value, Some(&usual), &mut Vec::new(), &mut |keys, value| {
            let place = keys
                .iter()
                .fold(KeyPath::of("pool"), |place, key| place.key(key));
            found.push(Setting {
                key: keys.join("."),
                value,
                span: tree.place(&place),
            });
        });
    }
    found
}

/// Finds every single value that differs from the usual one, with the keys on the way to it.
fn collect<'a>(
    value: &'a Value,
    usual: Option<&Value>,
    keys: &mut Vec<&'a str>,
    found: &mut impl FnMut(&[&str], String),
) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                keys.push(key);
                collect(value, usual.and_then(|usual| usual.get(key)), keys, found);
                keys.pop();
            }
        }
        value if Some(value) == usual => {}
        Value::String(text) => found(keys, text.clone()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
            found(keys, value.to_string());
        }
    }
}

/// The first setting in which two claims differ, as each of them has it.
pub(super) fn difference<'a>(
    own: &'a [Setting],
    first: &'a [Setting],
) -> Option<(Option<&'a Setting>, Option<&'a Setting>)> {
    let like = |list: &'a [Setting], key: &str| list.iter().find(|other| other.key == key);
    let mine = own.iter().find_map(|setting| {
        let other = like(first, &setting.key);
        let same = other.is_some_and(|other| other.value == setting.value);
        (!same).then_some((Some(setting), other))
    });
    let theirs = || {
        first
            .iter()
            .find(|setting| like(own, &setting.key).is_none())
    };
    mine.or_else(|| theirs().map(|setting| (None, Some(setting))))
}
