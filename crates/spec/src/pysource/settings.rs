//! Settings that a project's own code gives its framework.

use std::rc::Rc;

use super::binding::Value;
use super::module::Module;
use super::project::{Import, Project};
use super::tree::{Call, Expr, Form, Statement, walk};
use crate::source::Span;

/// Words of which a file has one if [`body_limits`] can find anything in it.
pub(crate) const BODY_LIMIT_WORDS: &[&str] = &["MAX_CONTENT_LENGTH"];

/// Words of which a file has one if [`rotating_handlers`] can find anything in it.
pub(crate) const ROTATING_WORDS: &[&str] = &["RotatingFileHandler"];

/// Handlers that rename a file which other processes hold open.
const ROTATING: &[&str] = &[
    "logging.handlers.RotatingFileHandler",
    "logging.handlers.TimedRotatingFileHandler",
];

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

/// The module of Django's settings that a file such as `wsgi.py` names, and where; `None` without one or with several.
pub(crate) fn django_settings(module: &Module) -> Option<(String, Span)> {
    const VARIABLE: Option<&str> = Some("DJANGO_SETTINGS_MODULE");
    let mut found = Vec::new();
    let mut take = |value: &Expr| {
        found.push(value.text().map(|text| (text.to_owned(), value.span)));
    };
    module.expressions(&mut |part| {
        if let Form::Call(call) = &part.form
            && let [name, value] = &*call.arguments
            && name.text() == VARIABLE
            && ends_with(&call.callee, "environ.setdefault")
        {
            take(value);
        }
    });
    walk(&module.body, &mut |statement| {
        if let Some((name, value)) = item_assigned(statement, "environ")
            && Some(name) == VARIABLE
        {
            take(value);
        }
    });
    match found.pop() {
        Some(only) if found.is_empty() => only,
        Some(_) | None => None,
    }
}

/// The longest request body that Flask's configuration allows, wherever the file gives it one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BodyLimit {
    /// Where the value stands.
    pub(crate) span: Span,
    /// Bytes; `None` if the value is not written down.
    pub(crate) bytes: Option<u64>,
}

/// Every value that a file gives `MAX_CONTENT_LENGTH` of an application's configuration, in no order. Which of
/// several holds cannot be told.
pub(crate) fn body_limits(module: &Module) -> Vec<BodyLimit> {
    const KEY: &str = "MAX_CONTENT_LENGTH";
    let mut found = Vec::new();
    let mut take = |value: &Expr| {
        found.push(BodyLimit {
            span: value.span,
            bytes: value.number(),
        });
    };
    walk(&module.body, &mut |statement| {
        if let Some((KEY, value)) = item_assigned(statement, "config") {
            take(value);
        }
    });
    module.expressions(&mut |part| {
        let Form::Call(call) = &part.form else {
            return;
        };
        if ends_with(&call.callee, "config.update")
            || ends_with(&call.callee, "config.from_mapping")
        {
            items_given(call)
                .filter(|(key, _)| *key == KEY)
                .for_each(|(_, value)| take(value));
        }
    });
    found
}

/// `base["key"] = value` for a base of this name.
fn item_assigned<'a>(statement: &'a Statement, base: &str) -> Option<(&'a str, &'a Expr)> {
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

/// The items that `update(key=value)` and `update({"key": value})` give.
fn items_given(call: &Call) -> impl Iterator<Item = (&str, &Expr)> {
    let named = call.keywords.iter();
    let named = named.filter_map(|(key, value)| Some((key.as_deref()?, value)));
    let mapped = call.arguments.iter().flat_map(Expr::items);
    let mapped = mapped.filter_map(|(key, value)| Some((key.as_ref()?.text()?, value)));
    named.chain(mapped)
}

/// True for `tail`, and for anything with `.tail` at its end.
fn ends_with(expression: &Expr, tail: &str) -> bool {
    expression.written().is_some_and(|written| {
        written
            .strip_suffix(tail)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

/// Where a file makes a log handler that rotates files by renaming them, and its dotted name: calls, and
/// `"class": "..."` in a dictionary for `logging.config`.
pub(crate) fn rotating_handlers(module: &Module) -> Vec<(Span, &'static str)> {
    let known = |name: &str| ROTATING.iter().copied().find(|known| *known == name);
    let bindings = module.bindings();
    let mut found = Vec::new();
    module.expressions(&mut |part| {
        if let Form::Call(call) = &part.form {
            let name = module.imported(&bindings, &call.callee);
            let name = name.and_then(|name| known(&name));
            found.extend(name.map(|name| (call.callee.span, name)));
        }
        for (key, value) in part.items() {
            let key = key.as_ref().and_then(Expr::text);
            if let (Some("class" | "()"), Some(text)) = (key, value.text()) {
                found.extend(known(text).map(|name| (value.span, name)));
            }
        }
    });
    found
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

    #[test]
    fn the_settings_of_django_are_named_once() {
        let named = |text: &str| django_settings(&Module::new("wsgi.py", "wsgi", text));
        let text = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')";
        let (name, span) = named(text).unwrap();
        assert_eq!(name, "shop.settings");
        assert_eq!(text.get(span.range()), Some("'shop.settings'"));
        let text = "from os import environ\nenviron['DJANGO_SETTINGS_MODULE'] = 'a.b'";
        assert_eq!(named(text).unwrap().0, "a.b");
        assert_eq!(named(&format!("{text}\n{text}")), None);
        assert_eq!(named("x['DJANGO_SETTINGS_MODULE'] = 'a.b'"), None);
        assert_eq!(named("environ['DJANGO_SETTINGS_MODULE'] = f()"), None);
    }

    #[test]
    fn limits_of_the_body_are_found_in_flask_s_configuration() {
        for (text, expected) in [
            (
                "app.config['MAX_CONTENT_LENGTH'] = 200 * 1024 * 1024",
                vec![Some(209_715_200)],
            ),
            (
                "def make():\n  app.config.update(DEBUG=True, MAX_CONTENT_LENGTH=16_000)",
                vec![Some(16_000)],
            ),
            (
                "app.config.update({'MAX_CONTENT_LENGTH': 1 << 20})",
                vec![Some(1 << 20)],
            ),
            (
                "app.config.from_mapping(MAX_CONTENT_LENGTH=int(x))",
                vec![None],
            ),
            ("app.config['MAX_CONTENT_LENGTH'] = 10 ** 99", vec![None]),
            ("app.configs['MAX_CONTENT_LENGTH'] = 1", vec![]),
            ("MAX_CONTENT_LENGTH = 1", vec![]),
        ] {
            let module = Module::new("shop.py", "shop", text);
            let found: Vec<_> = body_limits(&module).iter().map(|one| one.bytes).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn rotating_handlers_are_found_in_calls_and_dictionaries() {
        for (text, expected) in [
            (
                "import logging.handlers\nx = logging.handlers.RotatingFileHandler('a')",
                1,
            ),
            (
                "from logging import handlers as h\nh.TimedRotatingFileHandler('a')",
                1,
            ),
            (
                "from logging.handlers import RotatingFileHandler as R\ndef f(): R('a')",
                1,
            ),
            (
                "from mine import RotatingFileHandler\nRotatingFileHandler('a')",
                0,
            ),
            ("RotatingFileHandler('a')", 0),
            (
                "L = {'h': {'class': 'logging.handlers.RotatingFileHandler'}}",
                1,
            ),
            ("L = {'doc': 'logging.handlers.RotatingFileHandler'}", 0),
            (
                "try: from a import R\nexcept: from logging.handlers import RotatingFileHandler as R\nR('a')",
                0,
            ),
        ] {
            let module = Module::new("shop.py", "shop", text);
            let found = rotating_handlers(&module);
            assert_eq!(found.len(), expected, "{text}");
        }
    }

    #[test]
    fn a_file_without_the_words_is_not_parsed() {
        let world = MemoryWorld::new([("a.py", "x = 1"), ("b.py", "MAX_CONTENT_LENGTH = 1")]);
        let project = Project::new(&world);
        assert!(project.module_with("a.py", "a", BODY_LIMIT_WORDS).is_none());
        assert!(project.module_with("b.py", "b", BODY_LIMIT_WORDS).is_some());
        assert!(
            project.module_with("b.py", "b", ROTATING_WORDS).is_some(),
            "known already"
        );
        assert!(project.module("a.py", "a").is_some());
    }
}
