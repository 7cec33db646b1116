//! What becomes of each key of a spec: nothing that is said in it is dropped without a word.

use iisc_spec::model::AppSpec;
use serde_json::{Value, json};

/// What becomes of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It is in the files, on every target that has something of the kind; rules tell of the others.
    Written,
    /// It is for whoever reads or checks the spec.
    Checked,
    /// No file says it yet.
    NotYet,
}

use Fate::{Checked, NotYet, Written};

/// Every key, or the group that it stands in.
const FATES: &[(&str, Fate)] = &[
    ("access", Written),
    ("authentication.anonymous", Written),
    ("authentication.basic", Written),
    ("authentication.strip-domain", NotYet),
    ("authentication.windows", Written),
    ("bridge", Written),
    ("environment", Written),
    ("errors", Written),
    ("limits", Written),
    ("local-files", Written),
    ("log.file", Written),
    ("log.keep", NotYet),
    ("log.level", NotYet),
    ("log.max-size", NotYet),
    ("name", Written),
    ("pool.bitness", Written),
    ("pool.cpu", Written),
    ("pool.identity", Written),
    ("pool.idle-action", Written),
    ("pool.idle-timeout", Written),
    ("pool.load-user-profile", Written),
    ("pool.max-processes", Written),
    ("pool.name", Written),
    ("pool.queue-length", Written),
    ("pool.recycle", Written),
    ("pool.shutdown-timeout", Written),
    ("pool.start-mode", Written),
    ("pool.user", Written),
    ("process", Written),
    ("proxies", NotYet),
    ("python.base-interpreter", Written),
    ("python.dll-directories", NotYet),
    ("python.handler", Written),
    // The gateway calls WSGI applications.
    ("python.interface", NotYet),
    ("python.interpreter", Written),
    ("python.packages", Written),
    ("python.pythonpath", Written),
    ("python.virtualenv", Written),
    ("request-filtering", Written),
    ("restart", Written),
    ("root", Written),
    ("secrets", NotYet),
    ("sections", Written),
    ("site.bindings", Written),
    ("site.id", Written),
    ("site.name", Written),
    ("site.path", Written),
    ("site.permissions", Written),
    ("static", Written),
    ("streaming", Written),
    ("targets", Checked),
    ("warm-up", Written),
    ("webdav", Written),
];

/// The keys of a spec that ask for something which no file says yet, in alphabetical order.
#[must_use]
pub fn unwritten(spec: &AppSpec) -> Vec<&'static str> {
    // The model is made of texts, numbers, lists and maps by text, so neither has a way to fail.
    let own = serde_json::to_value(spec).unwrap_or_default();
    let usual = serde_json::to_value(usual(spec)).unwrap_or_default();
    let late = FATES.iter().filter(|(key, fate)| match fate {
        Written | Checked => false,
        NotYet => at(&own, key) != at(&usual, key),
    });
    late.map(|(key, _)| *key).collect()
}

/// True for a key, as the list above names it, that no file says yet.
#[must_use]
pub fn is_not_yet(key: &str) -> bool {
    let fate = FATES.iter().find(|(known, _)| *known == key);
    match fate {
        Some((_, NotYet)) => true,
        Some((_, Written | Checked)) | None => false,
    }
}

/// The spec without anything that needs not be said.
fn usual(spec: &AppSpec) -> Option<AppSpec> {
    let mut text = json!({
        "name": spec.name, "root": spec.root,
        "python": { "interpreter": spec.python.interpreter, "handler": spec.python.handler },
    });
    if let (Some(log), Some(keys)) = (&spec.log, text.as_object_mut()) {
        keys.insert("log".to_owned(), json!({ "file": log.file }));
    }
    serde_json::from_value(text).ok()
}

fn at<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    key.split('.')
        .try_fold(value, |value, name| value.get(name))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const SHORTEST: &str = r#"{"name": "s", "root": "D:\\s", "python": {"interpreter": "D:\\s\\python.exe", "handler": "s.app"}"#;

    fn told(more: &str) -> Vec<&'static str> {
        let spec = serde_json::from_str(&format!("{SHORTEST}{more}}}")).unwrap();
        unwritten(&spec)
    }

    /// The paths of all keys of the schema that have no keys below them.
    fn leaves(schema: &Value, node: &Value, path: &str, found: &mut BTreeSet<String>) {
        let node = resolved(schema, node);
        let Some(keys) = node.get("properties").and_then(Value::as_object) else {
            found.insert(path.to_owned());
            return;
        };
        for (key, child) in keys {
            // What makes applications of a file is gone before anything is compiled.
            if path.is_empty() && ["applications", "profiles", "variables"].contains(&key.as_str())
            {
                continue;
            }
            let path = match path {
                "" => key.clone(),
                path => format!("{path}.{key}"),
            };
            leaves(schema, child, &path, found);
        }
    }

    fn resolved<'a>(schema: &'a Value, node: &'a Value) -> &'a Value {
        let reference = node
            .get("$ref")
            .or_else(|| node.get("allOf")?.get(0)?.get("$ref"));
        match reference.and_then(Value::as_str) {
            Some(pointer) => schema.pointer(pointer.trim_start_matches('#')).unwrap(),
            None => node,
        }
    }

    fn covers(key: &str, leaf: &str) -> bool {
        leaf.strip_prefix(key)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    #[test]
    fn every_key_of_the_schema_has_one_fate() {
        let schema: Value = serde_json::from_str(&iisc_spec::schema_text()).unwrap();
        let mut found = BTreeSet::new();
        leaves(&schema, &schema, "", &mut found);
        assert!(
            found.contains("pool.recycle.at") && found.contains("static"),
            "{found:?}"
        );
        for leaf in &found {
            let fates = FATES.iter().filter(|(key, _)| covers(key, leaf)).count();
            assert_eq!(fates, 1, "`{leaf}`");
        }
        for (key, _) in FATES {
            assert!(found.iter().any(|leaf| covers(key, leaf)), "`{key}`");
        }
        assert!(FATES.is_sorted_by_key(|(key, _)| key));
    }

    #[test]
    fn only_what_asks_for_something_is_told() {
        for more in [
            "",
            r#", "pool": {"idle-timeout": "20m"}, "proxies": {}, "secrets": {}"#,
            r#", "log": {"file": "D:\\l.log", "keep": 5, "level": "info"}"#,
            r#", "process": {"max-instances": 3}, "targets": ["iis6"]"#,
        ] {
            assert_eq!(told(more), [""; 0], "{more}");
        }
        let log = r#", "log": {"file": "D:\\l.log", "keep": 4}, "warm-up": {}"#;
        assert_eq!(told(log), ["log.keep"]);
    }
}
