//! Log handlers that several processes cannot share on Windows, where an open file cannot be renamed.

use super::module::Module;
use super::tree::{Call, Expr, Form};
use crate::source::Span;

/// Where a file makes a log handler that rotates files by renaming them, and its dotted name: calls, and
/// `"class": "..."` in a dictionary for `logging.config`.
pub(crate) fn rotating_handlers(module: &Module) -> Vec<(Span, &'static str)> {
    let text = module.source.text();
    // Each process may have a file of its own.
    if !text.contains("RotatingFileHandler") || text.contains("getpid") {
        return Vec::new();
    }
    let bindings = module.bindings();
    let mut found = Vec::new();
    module.expressions(&mut |part| {
        if let Form::Call(call) = &part.form {
            let name = module.imported(&bindings, &call.callee);
            let kind = name.and_then(|name| kind(&name));
            let made = kind.filter(|kind| kind.is_renamed_by(call));
            found.extend(made.map(|kind| (call.callee.span, kind.name)));
        }
        found.extend(configured(part.items()));
    });
    found
}

/// The handler that a dictionary for `logging.config` describes.
fn configured(items: &[(Option<Expr>, Expr)]) -> Option<(Span, &'static str)> {
    let value = |wanted: &str| {
        let is_wanted = |key: &Option<Expr>| key.as_ref().and_then(Expr::text) == Some(wanted);
        items.iter().find(|(key, _)| is_wanted(key))
    };
    let (_, class) = value("class").or_else(|| value("()"))?;
    let kind = kind(class.text()?)?;
    let needed = kind.needs.iter();
    let renames = needed
        .copied()
        .all(|(name, _)| value(name).is_some_and(|(_, value)| value.number() != Some(0)));
    renames.then_some((class.span, kind.name))
}

/// A handler that renames a file which other processes hold open.
#[derive(Debug)]
struct Kind {
    name: &'static str,
    /// What it must be given, by name or at a place, because by default it renames nothing.
    needs: &'static [(&'static str, usize)],
}

static KINDS: &[Kind] = &[
    Kind {
        name: "logging.handlers.RotatingFileHandler",
        needs: &[("maxBytes", 2), ("backupCount", 4)],
    },
    Kind {
        name: "logging.handlers.TimedRotatingFileHandler",
        needs: &[],
    },
];

fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

impl Kind {
    fn is_renamed_by(&self, call: &Call) -> bool {
        self.needs.iter().all(|(name, place)| {
            let mut named = call.keywords.iter();
            let named = named.find(|(key, _)| key.as_deref() == Some(*name));
            let value = named.map(|(_, value)| value);
            value
                .or_else(|| call.arguments.get(*place))
                .is_some_and(|value| value.number() != Some(0))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rotating_handlers_are_found_in_calls_and_dictionaries() {
        for (text, expected) in [
            (
                "import logging.handlers\nx = logging.handlers.RotatingFileHandler('a', maxBytes=1 << 20, backupCount=3)",
                1,
            ),
            (
                "from logging import handlers as h\nh.TimedRotatingFileHandler('a')",
                1,
            ),
            (
                "from logging.handlers import RotatingFileHandler as R\ndef f(): R('a', 'a', size, None, 3)",
                1,
            ),
            (
                "from mine import RotatingFileHandler\nRotatingFileHandler('a')",
                0,
            ),
            ("RotatingFileHandler('a')", 0),
            (
                "from logging.handlers import RotatingFileHandler as R\nR('a')\nR('a', maxBytes=0, backupCount=1)",
                0,
            ),
            (
                "from logging.handlers import TimedRotatingFileHandler as R\nif __name__ == '__main__':\n  R('a')",
                0,
            ),
            (
                "import os\nfrom logging.handlers import TimedRotatingFileHandler as R\nR(f'{os.getpid()}.log')",
                0,
            ),
            (
                "L = {'h': {'class': 'logging.handlers.RotatingFileHandler', 'maxBytes': N, 'backupCount': 9}}",
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
}
