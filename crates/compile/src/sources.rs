//! Which line of a spec made what, for `iisc build --source-map`.
//!
//! A comment of an artifact never holds input (C15): it names a key by a text of ours and a line by its number. The keys
//! that users choose themselves, such as the URL of static files, are looked up here and not told.

use std::collections::BTreeMap;
use std::fmt;

/// A key of a spec and the line it is on; prints as `line 5 python.handler`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    key: &'static str,
    line: usize,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} {}", self.line, self.key)
    }
}

/// The lines of the keys of a spec; empty if nobody wants to know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    lines: BTreeMap<Vec<String>, usize>,
}

impl Sources {
    /// The lines of keys, each by the way to it from the top.
    #[must_use]
    pub fn new(lines: impl IntoIterator<Item = (Vec<String>, usize)>) -> Self {
        Self {
            lines: lines.into_iter().collect(),
        }
    }

    /// Those of the keys, with dots between their names, that the spec has.
    #[must_use]
    pub fn of(&self, keys: &[&'static str]) -> Vec<Source> {
        keys.iter()
            .filter_map(|key| self.source(key, key.split('.')))
            .collect()
    }

    /// The entry of a map whose keys the user has chosen. It is told by the name of the map.
    #[must_use]
    pub fn entry(&self, map: &'static str, key: &str) -> Vec<Source> {
        self.source(map, [map, key]).into_iter().collect()
    }

    fn source<'a>(
        &self,
        key: &'static str,
        path: impl IntoIterator<Item = &'a str>,
    ) -> Option<Source> {
        let path: Vec<String> = path.into_iter().map(str::to_owned).collect();
        let line = *self.lines.get(&path)?;
        Some(Source { key, line })
    }
}

/// What a comment says of sources: `spec: line 5 python.handler, line 9 bridge`. Nothing without any.
pub(crate) fn comment(sources: &[Source]) -> Option<String> {
    let told: Vec<String> = sources.iter().map(Source::to_string).collect();
    (!told.is_empty()).then(|| format!("spec: {}", told.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_the_user_chose_is_looked_up_and_not_told() {
        let path = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let sources = Sources::new([
            (path(&["static"]), 4),
            (path(&["static", "/a--><x.y"]), 5),
            (path(&["python", "handler"]), 2),
        ]);
        let entry = sources.entry("static", "/a--><x.y");
        assert_eq!(comment(&entry).as_deref(), Some("spec: line 5 static"));
        assert_eq!(sources.entry("static", "/b"), []);
        let two = sources.of(&["python.handler", "bridge", "static"]);
        assert_eq!(
            comment(&two).as_deref(),
            Some("spec: line 2 python.handler, line 4 static")
        );
        assert_eq!(comment(&[]), None);
    }
}
