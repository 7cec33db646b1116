//! `python.handler` is a dotted path as wfastcgi reads it.

use std::ops::Range;

use super::{Document, Phase, Rule, Sink};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    201,
    "handler-form",
    include_str!("handler-form.md"),
    Phase::Meaning(check),
);

/// What is wrong with a handler: where, what, and what to write.
pub(crate) struct Problem {
    pub(crate) range: Range<usize>,
    pub(crate) label: &'static str,
    pub(crate) help: String,
}

fn check(document: &Document<'_>, sink: &mut Sink) {
    let handler = document.spec.python.handler.as_str();
    if let Some(problem) = problem(handler) {
        let span = document.part(&KeyPath::of("python.handler"), problem.range);
        let message = format!("`{handler}` is not the dotted path of an object in a module");
        sink.push(
            RULE.problem(message)
                .at(span, problem.label)
                .help(problem.help),
        );
    }
}

/// Judges `name *("." name)`, where every name but the first may be called: `shop.make_app()`.
pub(crate) fn problem(handler: &str) -> Option<Problem> {
    path(handler)
        .or_else(|| colon(handler))
        .or_else(|| file(handler))
        .or_else(|| arguments(handler))
        .or_else(|| bare(handler))
        .or_else(|| bad_name(handler))
}

fn path(handler: &str) -> Option<Problem> {
    let at = handler.find(['/', '\\'])?;
    let name = handler.rsplit(['/', '\\']).next().unwrap_or_default();
    let (file, object) = name.split_once(':').unwrap_or((name, "app"));
    let module = file.strip_suffix(".py").unwrap_or(file);
    Some(Problem {
        range: at..at + 1,
        label: "this is the path of a file",
        help: format!("write `{module}.{object}`: the module and the object in it"),
    })
}

fn colon(handler: &str) -> Option<Problem> {
    let (module, object) = handler.split_once(':')?;
    let module = module.strip_suffix(".py").unwrap_or(module);
    Some(Problem {
        range: handler.find(':').map_or(0..0, |at| at..at + 1),
        label: "a dot belongs here",
        help: format!("write `{module}.{object}`"),
    })
}

fn file(handler: &str) -> Option<Problem> {
    let module = handler.strip_suffix(".py")?;
    Some(Problem {
        range: module.len()..handler.len(),
        label: "this is the name of a file",
        help: format!("write `{module}.app`: the module without `.py` and the object in it"),
    })
}

fn arguments(handler: &str) -> Option<Problem> {
    let open = handler.find('(')?;
    let close = handler.rfind(')').map_or(handler.len(), |at| at + 1);
    if handler.get(open..)?.starts_with("()") {
        return None;
    }
    Some(Problem {
        range: open..close.max(open + 1),
        label: "a call has no arguments here",
        help: format!("write `{}()`", handler.get(..open)?),
    })
}

fn bare(handler: &str) -> Option<Problem> {
    let name = handler.strip_suffix("()").unwrap_or(handler);
    if handler.contains('.') || !is_identifier(name) {
        return None;
    }
    Some(Problem {
        range: 0..handler.len(),
        label: "a name alone leaves no module to import",
        help: format!("write the module before it, such as `shop.{handler}`"),
    })
}

fn bad_name(handler: &str) -> Option<Problem> {
    let mut start = 0;
    for (position, written) in handler.split('.').enumerate() {
        let called = if position > 0 {
            written.strip_suffix("()")
        } else {
            None
        };
        if !is_identifier(called.unwrap_or(written)) {
            return Some(Problem {
                range: start..start + written.len(),
                label: if written.is_empty() {
                    "a name is missing here"
                } else {
                    "no Python name"
                },
                help: "write names with dots between them, such as `shop.app`".to_owned(),
            });
        }
        start += written.len() + 1;
    }
    None
}

fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c == '_' || c.is_alphabetic())
        && name.chars().all(|c| c == '_' || c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_wfastcgi_understands_is_fine() {
        for handler in [
            "shop.app",
            "shop.make_app()",
            "a.b.c",
            "a.make().app",
            "_x.é1",
            "a.b().c()",
        ] {
            assert!(problem(handler).is_none(), "{handler}");
        }
    }

    #[test]
    fn each_slip_has_its_own_way_out() {
        for (handler, marked, help) in [
            ("shop:app", ":", "write `shop.app`"),
            ("shop.wsgi:make_app()", ":", "write `shop.wsgi.make_app()`"),
            ("shop.py:app", ":", "write `shop.app`"),
            (
                "shop.py",
                ".py",
                "write `shop.app`: the module without `.py` and the object in it",
            ),
            (
                r"D:\apps\shop.py",
                r"\",
                "write `shop.app`: the module and the object in it",
            ),
            (
                "src/shop.py:web",
                "/",
                "write `shop.web`: the module and the object in it",
            ),
            (
                "app",
                "app",
                "write the module before it, such as `shop.app`",
            ),
            (
                "app()",
                "app()",
                "write the module before it, such as `shop.app()`",
            ),
            (
                "shop.make(debug=True)",
                "(debug=True)",
                "write `shop.make()`",
            ),
            ("shop.make(", "(", "write `shop.make()`"),
            (
                "shop..app",
                "",
                "write names with dots between them, such as `shop.app`",
            ),
            (
                "shop.9x",
                "9x",
                "write names with dots between them, such as `shop.app`",
            ),
            (
                "shop().app",
                "shop()",
                "write names with dots between them, such as `shop.app`",
            ),
            (
                "",
                "",
                "write names with dots between them, such as `shop.app`",
            ),
            (
                "shop.my app",
                "my app",
                "write names with dots between them, such as `shop.app`",
            ),
        ] {
            let found = problem(handler).unwrap();
            assert_eq!(
                (handler.get(found.range).unwrap(), found.help.as_str()),
                (marked, help),
                "{handler}"
            );
        }
    }
}
