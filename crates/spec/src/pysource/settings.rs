//! Settings that a project's own code gives its framework.

use std::rc::Rc;

use super::binding::Value;
use super::module::Module;
use super::project::{Import, Project};
use super::tree::{Expr, Form, Statement};
use crate::source::Span;

/// Modules that import each other's names with `*`, one after the other.
const MAX_STARS: usize = 10;

/// What a module of settings gives a name.
#[derive(Debug, Clone)]
pub(crate) enum Setting {
    /// Surely nothing.
    Absent,
    /// Nobody knows.
    Unknown,
    /// A value.
    Set {
        /// The file that says so.
        module: Rc<Module>,
        /// Where the value stands.
        span: Span,
        /// The value.
        value: Literal,
    },
}

/// A value, if it is written down as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Literal {
    /// `True` or `False`.
    Truth(bool),
    /// A whole number, or one computed from numbers.
    Number(u64),
    /// A text.
    Text(String),
    /// `None`.
    Nothing,
    /// Something computed.
    Other,
}

impl From<&Expr> for Literal {
    fn from(expression: &Expr) -> Self {
        if let Form::Truth(value) = expression.form {
            return Self::Truth(value);
        }
        if expression.form == Form::Nothing {
            return Self::Nothing;
        }
        let text = expression.text().map(|text| Self::Text(text.to_owned()));
        text.or_else(|| expression.number().map(Self::Number))
            .unwrap_or(Self::Other)
    }
}

/// What a module of settings, such as Django's, gives a name: itself or by `from .base import *`.
pub(crate) fn setting(project: &Project<'_>, module: &Rc<Module>, name: &str) -> Setting {
    look_up(project, module, name, MAX_STARS)
}

fn look_up(project: &Project<'_>, module: &Rc<Module>, name: &str, stars: usize) -> Setting {
    if module.is_open() || module.is_global(name) {
        return Setting::Unknown;
    }
    let mut found = Vec::new();
    for one in module.candidates(name, usize::MAX) {
        let setting = match &one.value {
            Value::Expression(expression) => Setting::Set {
                module: Rc::clone(module),
                span: expression.span,
                value: Literal::from(*expression),
            },
            Value::Member(level, from, "*") => {
                let from = module.absolute(*level, from).unwrap_or_default();
                match project.import(&from) {
                    Import::Module(other)
                        if stars > 0
                            && other.bindings().iter().all(|one| one.name != "__all__") =>
                    {
                        look_up(project, &other, name, stars - 1)
                    }
                    Import::Module(_) | Import::Folder | Import::Unreadable | Import::Nothing => {
                        Setting::Unknown
                    }
                }
            }
            Value::Function(_)
            | Value::Class(_)
            | Value::Module(_)
            | Value::Member(..)
            | Value::Unknown => Setting::Unknown,
        };
        if !matches!(setting, Setting::Absent) {
            found.push(setting);
        }
    }
    match found.pop() {
        None => Setting::Absent,
        Some(only) if found.is_empty() => only,
        Some(_) => Setting::Unknown,
    }
}

/// `base["key"] = value` for a base of this name.
pub(super) fn item_assigned<'a>(
    statement: &'a Statement,
    base: &str,
) -> Option<(&'a str, &'a Expr)> {
    let Statement::Assign { targets, value } = statement else {
        return None;
    };
    targets.iter().find_map(|target| {
        if let Form::Subscript(of, key) = &target.form
            && ends_with(of, base)
        {
            return Some((key.text()?, value));
        }
        None
    })
}

/// True for `tail`, and for anything with `.tail` at its end.
pub(super) fn ends_with(expression: &Expr, tail: &str) -> bool {
    expression.written().is_some_and(|written| {
        written
            .strip_suffix(tail)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::MemoryWorld;

    fn set(files: &[(&str, &str)], name: &str) -> String {
        let world = MemoryWorld::new(files.iter().copied());
        let project = Project::new(&world);
        let module = project.module("settings.py", "settings").unwrap();
        match setting(&project, &module, name) {
            Setting::Absent => "absent".to_owned(),
            Setting::Unknown => "unknown".to_owned(),
            Setting::Set {
                module,
                span,
                value,
            } => format!(
                "{} {:?} {value:?}",
                module.source.name(),
                module.source.slice(span)
            ),
        }
    }

    #[test]
    fn a_setting_is_found_where_it_is_set_last() {
        for (text, expected) in [
            ("DEBUG = True", "settings.py \"True\" Truth(true)"),
            (
                "DEBUG = True\nDEBUG = env('X')",
                "settings.py \"env('X')\" Other",
            ),
            ("X = 1", "absent"),
            ("DEBUG = False\nif X: DEBUG = True", "unknown"),
            ("from local import *", "unknown"),
            (
                "DEBUG = True\ntry:\n  from .local import *\nexcept ImportError: pass",
                "unknown",
            ),
            ("import x\nx.settings(locals())", "unknown"),
            ("(", "unknown"),
            (
                "DEBUG = 2 ** 3 * 4 + 1",
                "settings.py \"2 ** 3 * 4 + 1\" Number(33)",
            ),
            ("DEBUG = 1 << 99", "settings.py \"1 << 99\" Other"),
        ] {
            assert_eq!(set(&[("settings.py", text)], "DEBUG"), expected, "{text}");
        }
    }

    #[test]
    fn a_setting_is_found_behind_a_star() {
        let files = [
            ("settings.py", "from base import *\nX = 1"),
            ("base.py", "STATIC_ROOT = 'x'"),
        ];
        assert_eq!(set(&files, "STATIC_ROOT"), "base.py \"'x'\" Text(\"x\")");
        assert_eq!(set(&files, "X"), "settings.py \"1\" Number(1)");
        let circle = [files[0], ("base.py", "from settings import *")];
        assert_eq!(set(&circle, "STATIC_ROOT"), "unknown");
        let closed = [files[0], ("base.py", "__all__ = ['X']")];
        assert_eq!(set(&closed, "STATIC_ROOT"), "unknown");
    }
}
