//! Which files restart an application when they change.

use crate::model::{AppSpec, Restart};
use crate::pyregex::Pattern;
use crate::syntax::KeyPath;

/// Says whether a changed file restarts the application: a path relative to the root, with `\` or `/` between names.
///
/// `None` for a pattern that Python would not compile, and for one that cannot be followed, because it refers to its
/// own groups or takes too long.
#[must_use]
pub fn restart_matches(spec: &AppSpec, path: &str) -> Option<bool> {
    match &spec.restart {
        Some(restart) => Watch::of(restart)?.matches(path),
        None => Some(false),
    }
}

/// What is watched, ready to be asked about many files.
pub(crate) struct Watch<'a> {
    restart: &'a Restart,
    pattern: Pattern,
}

impl<'a> Watch<'a> {
    /// `None` for a pattern that another rule refuses.
    pub(crate) fn of(restart: &'a Restart) -> Option<Self> {
        let expression = restart.expression().filter(|text| !text.is_empty())?;
        let pattern = Pattern::parse(&expression).ok()?;
        Some(Self { restart, pattern })
    }

    /// True if a change of this file restarts the application; `None` if that is not known.
    pub(crate) fn matches(&self, path: &str) -> Option<bool> {
        self.pattern.matches_start(&path.replace('/', "\\"))
    }

    /// The first of some files that is known to match.
    pub(crate) fn first<'p>(&self, paths: &[&'p str]) -> Option<&'p str> {
        let matching = |path: &&&str| self.matches(path) == Some(true);
        paths.iter().find(matching).copied()
    }

    /// The value that lets this file match: the pattern, or one of the file patterns.
    pub(crate) fn culprit(&self, path: &str) -> KeyPath {
        if self.is_pattern() {
            return KeyPath::of("restart.pattern");
        }
        let alone = |glob: &_| Restart {
            include: vec![Clone::clone(glob)],
            ..Restart::default()
        };
        let matching =
            |glob: &_| Watch::of(&alone(glob)).is_some_and(|it| it.first(&[path]).is_some());
        let include = KeyPath::of("restart.include");
        let index = self.restart.include.iter().position(matching);
        index.map_or(include.clone(), |index| include.index(index))
    }

    /// True for a pattern, false for file patterns.
    pub(crate) fn is_pattern(&self) -> bool {
        self.restart.pattern.is_some()
    }
}

#[cfg(test)]
mod tests {
    use crate::{Options, check};

    use super::*;

    fn matches(restart: &str, path: &str) -> Option<bool> {
        let text = format!(
            "name: a\nroot: D:\\a\npython: {{interpreter: D:\\a.exe, handler: a.b}}\n{restart}\n"
        );
        let checked = check("f", text.as_bytes(), &Options::default());
        restart_matches(checked.applications.first().unwrap(), path)
    }

    #[test]
    fn patterns_and_file_patterns_are_followed_alike() {
        for (restart, path, expected) in [
            ("", "a.py", Some(false)),
            (r"restart: {pattern: '(?i).*\.py$'}", r"x\A.PY", Some(true)),
            (r"restart: {pattern: '(?i).*\.py$'}", "x/a.pyc", Some(false)),
            ("restart: {include: ['**/*.py']}", "a.py", Some(true)),
            ("restart: {include: ['**/*.py']}", r"x\y\a.py", Some(true)),
            ("restart: {include: ['*.py']}", r"x\a.py", Some(false)),
            (
                "restart: {include: ['**/*.py'], exclude: ['env/**']}",
                r"env\a.py",
                Some(false),
            ),
            (r"restart: {pattern: '(.)\1.*'}", "aa", None),
        ] {
            assert_eq!(matches(restart, path), expected, "{restart} {path}");
        }
    }
}
