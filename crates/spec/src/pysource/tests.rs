//! Whatever the text is: no panic, no endless recursion, and every place lies in the text.

use super::body_limit::body_limits;
use super::django::django_settings;
use super::module::Module;
use super::parse::{Refusal, parse};
use super::project::Project;
use super::requirements::requirements;
use super::resolve::resolve;
use super::rotating::rotating_handlers;
use super::settings::setting;
use crate::world::MemoryWorld;

const TEXT: &str = "\u{FEFF}# é\nimport os, flask.app as f\nfrom .base import *\nfrom flask import Flask, g\n\
    try:\n    from .local import app as é\nexcept (ImportError, OSError) as error:\n    é = None\nelse:\n    pass\n\
    if __name__ == \"__main__\":\n    app.run()\nclass Shop(Flask, metaclass=M):\n    async def __call__(self, *a, b=1, **c):\n        yield 'ü'\n\
    @wrap\ndef make(a, /, b=1, *, c, d=2):\n    global app\n    with open(f'{a!r:>{b}}') as x, y:\n        return Shop(a)\n\
    match os:\n    case {'a': b, **rest} | [*c, d]:\n        pass\n\
    a, *b = app = Flask(__name__, x=[i for i in (j := [1])])\napp.config['MAX_CONTENT_LENGTH'] = 200 * 1 << 2 ** 3\n\
    app.config.update({'MAX_CONTENT_LENGTH': 1}, **more)\nLOGGING = {'class': 'logging.handlers.RotatingFileHandler'}\n\
    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'a.b')\ndel é; x: int = 3 if y else lambda z: z\n";

/// Pieces of text that make trouble in one reader or another.
const PIECES: &[&str] = &[
    "",
    "\t",
    "\n",
    "\r",
    "\0",
    "\u{C}",
    "\\\n",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ";",
    ",",
    ".",
    "...",
    "'",
    "\"",
    "'''",
    "f'{",
    "t\"{x!",
    "#",
    "@",
    "=",
    ":=",
    "==",
    "*",
    "**",
    "->",
    "é",
    "\u{2028}",
    "\u{FEFF}",
    "0x",
    "1_",
    "99999999999999999999",
    "1e9j",
    "lambda",
    "def ",
    "class ",
    "async ",
    "await ",
    "import ",
    "from ",
    "from . import *",
    "yield",
    "match x:\n case ",
    "print ",
    "if ",
    "else",
    "except* ",
    "with ",
    "global ",
    "type X = ",
    "$",
    "?",
    "!",
    "%run",
    "\u{10FFFF}",
];

/// Asks everything of a text.
fn ask(text: &str) {
    let module = Module::new("a/__init__.py", "a", text);
    let source = module.source.text();
    let mut spans: Vec<_> = module.bindings().iter().map(|one| one.span).collect();
    spans.extend(body_limits(&module).iter().map(|one| one.span));
    spans.extend(rotating_handlers(&module).iter().map(|(span, _)| *span));
    spans.extend(django_settings(&module).map(|one| one.span));
    spans.extend(module.python_2());
    if let Some(Refusal::Syntax { span, message }) = &module.refusal {
        assert!(!message.is_empty(), "{text}");
        // A parser may place a fault behind the last character.
        spans.push(module.source.clamp(*span));
    }
    for span in spans {
        assert!(source.get(span.range()).is_some(), "{span:?} in {text}");
    }
    let files = [
        ("a/__init__.py", text),
        ("a/base.py", text),
        ("requirements.txt", text),
    ];
    let world = MemoryWorld::new(files);
    let project = Project::new(&world);
    for handler in [
        "a.app",
        "a.make()",
        "a.Shop",
        "a.base.é",
        "a.none",
        "a.base",
    ] {
        let found = resolve(&project, handler);
        if let (Some(module), Some(span)) = (found.module, found.span) {
            assert!(module.source.text().get(span.range()).is_some(), "{text}");
        }
    }
    let module = project.module("a/__init__.py", "a").unwrap();
    setting(&project, &module, "LOGGING");
    for one in requirements(&world, "requirements.txt") {
        assert!(!one.source.slice(one.span).is_empty(), "{text}");
    }
}

/// Reads a text and all that walks through it.
fn read(text: &str) {
    let module = Module::new("a.py", "a", text);
    body_limits(&module);
    let world = MemoryWorld::new([("a.py", text)]);
    resolve(&Project::new(&world), "a.x");
}

#[test]
fn the_whole_text_is_python() {
    assert_eq!(Module::new("a.py", "a", TEXT).refusal, None);
}

#[test]
fn every_prefix_and_suffix_is_read() {
    for (at, _) in TEXT.char_indices() {
        let (before, after) = TEXT.split_at(at);
        ask(before);
        ask(after);
    }
}

#[test]
fn every_piece_at_every_word_is_read() {
    let places = TEXT.char_indices().filter(|(at, _)| at % 11 == 0);
    for (place, (at, letter)) in places.enumerate() {
        let (before, after) = TEXT.split_at(at);
        let rest = after.strip_prefix(letter).unwrap();
        for piece in PIECES.iter().skip(place % 4).step_by(4) {
            ask(&format!("{before}{piece}{rest}"));
        }
    }
}

#[test]
fn a_text_of_any_depth_is_refused_or_read() {
    let nested = [
        ("(", ")"),
        ("[", "]"),
        ("{", "}"),
        ("f(", ")"),
        ("f'{", "}'"),
        ("not ", ""),
        ("-", ""),
        ("await ", ""),
        ("lambda: ", ""),
        ("lambda a, b: ", ""),
        ("a if b else ", ""),
        ("a.", ""),
        ("a + ", ""),
        ("a ** ", ""),
        ("a[b, ", "]"),
        ("*", ""),
        ("{a: ", "}"),
        ("a := (", ")"),
        ("a, ", ""),
        ("a = ", ""),
        ("yield (", ")"),
        ("(\nif a, b:\n ", ""),
        ("[*(", ")]"),
        ("a < ", ""),
        ("a and b or ", ""),
        ("(yield ", ")"),
    ];
    let after = [
        "(b)",
        ".b",
        "[b]",
        "(b, c)",
        "[b:c]",
        " if b else c",
        " + c",
        "().b",
    ];
    for count in [390, 5_000] {
        for (open, close) in nested {
            let middle = format!("{}a{}", open.repeat(count), close.repeat(count));
            read(&format!("x = {middle}\n"));
            read(&format!("x = {}", open.repeat(count)));
            read(&format!("match a:\n  case {middle}: pass\n"));
        }
        for part in after {
            read(&format!("x = a{}\n", part.repeat(count)));
        }
        let count = count.min(410);
        let blocks = |head: &str| -> String {
            (0..count)
                .map(|level| format!("{}{head}\n", " ".repeat(level)))
                .collect()
        };
        for head in [
            "if a:",
            "def f():",
            "class A(A):",
            "try:",
            "else:",
            "(if a, b:",
        ] {
            read(&blocks(head));
            read(&format!("{}{}pass\n", blocks(head), " ".repeat(count)));
        }
        read(&format!("if a: pass\n{}", "elif a: pass\n".repeat(count)));
    }
}

#[test]
fn a_list_of_any_length_is_read() {
    let text = format!("x = [{}]\n", "{'a': b.c(d) + 1}, ".repeat(10_000));
    assert!(parse(&text).is_ok());
    let text = "x = a.b(c).d(e) + f\n".repeat(10_000);
    assert!(parse(&text).is_ok());
    let text = format!("'''{}'''\n", "a.b(c + d.\n".repeat(10_000));
    assert!(parse(&text).is_ok());
    assert_eq!(parse(&" ".repeat(2 << 20)), Err(Refusal::TooMuch));
}
