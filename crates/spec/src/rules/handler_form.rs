//! `python.handler` is a dotted path, or the `module:object` of other servers.

use std::ops::Range;

use super::{Document, Phase, Rule, Sink};
use crate::diag::Fix;
use crate::model::WinPath;
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
    /// The handler that was most likely meant.
    meant: Option<String>,
}

fn check(document: &Document<'_>, sink: &mut Sink) {
    let handler = document.spec.python.handler.as_str();
    let Some(problem) = problem(handler, &document.spec.root) else {
        return;
    };
    let place = KeyPath::of("python.handler");
    let message = format!("`{handler}` is not the dotted path of an object in a module");
    let found = RULE
        .problem(message)
        .at(document.part(&place, problem.range), problem.label)
        .help(problem.help);
    let whole = document.part(&place, 0..handler.len());
    let exact = document.source.slice(whole) == handler;
    sink.push(match problem.meant.filter(|_| exact) {
        Some(meant) => found.fix(Fix::to_review(format!("write `{meant}`"), whole, meant)),
        None => found,
    });
}

/// Judges `name *("." name)`, where every name but the first may be called: `shop.make_app()`. One of the dots
/// may be a colon.
pub(crate) fn problem(handler: &str, root: &WinPath) -> Option<Problem> {
    path(handler, root)
        .or_else(|| file(handler))
        .or_else(|| arguments(handler))
        .or_else(|| bare(handler))
        .or_else(|| bad_name(handler))
}

fn path(handler: &str, root: &WinPath) -> Option<Problem> {
    let at = handler.find(['/', '\\'])?;
    let text = handler.replace('/', "\\");
    // A colon behind the drive names the object.
    let (file, object) = match text.rsplit_once(':') {
        Some((file, object)) if !object.contains('\\') => (file, object),
        Some(_) | None => (text.as_str(), "app"),
    };
    let absolute = WinPath::new(file);
    let below = absolute
        .below(root)
        .filter(|_| absolute.problem().is_none());
    let relative = match below {
        Some(below) => below,
        None if file.contains(':') || file.starts_with('\\') => {
            file.rsplit('\\').next().unwrap_or_default()
        }
        None => file,
    };
    let module = relative
        .trim_start_matches(".\\")
        .trim_start_matches("src\\");
    let module = module
        .strip_suffix(".py")
        .unwrap_or(module)
        .replace('\\', ".");
    let module = module.strip_suffix(".__init__").unwrap_or(&module);
    let meant = format!("{module}.{object}");
    Some(Problem {
        range: at..at + 1,
        label: "this is the path of a file",
        help: format!("write `{meant}`: the module and the object in it"),
        meant: bad_name(&meant).is_none().then_some(meant),
    })
}

fn file(handler: &str) -> Option<Problem> {
    let at = handler
        .find(".py:")
        .or_else(|| handler.ends_with(".py").then(|| handler.len() - 3))?;
    let (module, rest) = handler.split_at_checked(at)?;
    let object = rest
        .strip_prefix(".py:")
        .filter(|object| !object.is_empty())
        .unwrap_or("app");
    let meant = format!("{module}.{object}");
    Some(Problem {
        range: at..at + ".py".len(),
        label: "this is the name of a file",
        help: format!("write `{meant}`: the module without `.py` and the object in it"),
        meant: bad_name(&meant).is_none().then_some(meant),
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
        meant: None,
    })
}

fn bare(handler: &str) -> Option<Problem> {
    let name = handler.strip_suffix("()").unwrap_or(handler);
    if handler.contains(['.', ':']) || !is_identifier(name) {
        return None;
    }
    Some(Problem {
        range: 0..handler.len(),
        label: "a name alone leaves no module to import",
        help: format!("write the module before it, such as `shop.{handler}`"),
        meant: None,
    })
}

fn bad_name(handler: &str) -> Option<Problem> {
    let dotted = handler.replacen(':', ".", 1);
    let mut start = 0;
    for (position, written) in dotted.split('.').enumerate() {
        let called = if position > 0 {
            written.strip_suffix("()")
        } else {
            None
        };
        if let Some(label) = fault(called.unwrap_or(written)) {
            return Some(Problem {
                range: start..start + written.len(),
                label,
                help: "write names with dots between them, such as `shop.app`".to_owned(),
                meant: None,
            });
        }
        start += written.len() + 1;
    }
    None
}

/// Why a text is no name of Python.
fn fault(name: &str) -> Option<&'static str> {
    match name {
        "" => Some("a name is missing here"),
        name if KEYWORDS.contains(&name) => Some("a keyword of Python"),
        name if name.starts_with(|c: char| c.is_ascii_digit()) => {
            Some("a name does not begin with a digit")
        }
        name if !is_identifier(name) => Some("no Python name"),
        _ => None,
    }
}

/// Words that Python keeps for itself.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

fn is_identifier(name: &str) -> bool {
    // Of the characters that count as numbers, most, such as `²`, belong in no name.
    let inner = |c: char| c == '_' || c.is_alphabetic() || c.is_ascii_digit();
    name.starts_with(|c: char| c == '_' || c.is_alphabetic()) && name.chars().all(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> WinPath {
        WinPath::new(r"D:\apps\shop")
    }

    #[test]
    fn what_has_an_object_in_a_module_is_fine() {
        for handler in [
            "shop.app",
            "shop.make_app()",
            "a.b.c",
            "a.make().app",
            "_x.é1",
            "a.b().c()",
            "shop:app",
            "shop.app:make_app()",
            "shop:app.wsgi",
        ] {
            assert!(problem(handler, &root()).is_none(), "{handler}");
        }
    }

    #[test]
    fn each_slip_has_its_own_way_out() {
        for (handler, marked, help) in [
            (
                "shop.py:web",
                ".py",
                "write `shop.web`: the module without `.py` and the object in it",
            ),
            (
                "shop.py",
                ".py",
                "write `shop.app`: the module without `.py` and the object in it",
            ),
            (
                r"E:\x\shop.py",
                r"\",
                "write `shop.app`: the module and the object in it",
            ),
            (
                r"D:\apps\shop\web\__init__.py:make()",
                r"\",
                "write `web.make()`: the module and the object in it",
            ),
            (
                r"shop\wsgi.py",
                r"\",
                "write `shop.wsgi.app`: the module and the object in it",
            ),
            (
                "src/shop.py:web",
                "/",
                "write `shop.web`: the module and the object in it",
            ),
            (
                "shop:a:b",
                "a:b",
                "write names with dots between them, such as `shop.app`",
            ),
            (
                "shop:",
                "",
                "write names with dots between them, such as `shop.app`",
            ),
            (
                "shop.class",
                "class",
                "write names with dots between them, such as `shop.app`",
            ),
            (
                "shop.a²",
                "a²",
                "write names with dots between them, such as `shop.app`",
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
            let found = problem(handler, &root()).unwrap();
            assert_eq!(
                (handler.get(found.range).unwrap(), found.help.as_str()),
                (marked, help),
                "{handler}"
            );
        }
    }
}
