//! Paths and arguments stand on one line.

use super::super::View;
use super::super::mark::Marked;
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::error(
    1032,
    "line-break",
    include_str!("line-break.md"),
    Phase::File(check),
);

/// Attributes that name files or make a command line.
const NAMES: [&str; 6] = [
    "fullPath",
    "arguments",
    "scriptProcessor",
    "processPath",
    "monitorChangesTo",
    "stdoutLogFile",
];

fn check(view: &View<'_>, sink: &mut Sink) {
    for placed in &view.placed {
        for name in NAMES {
            if let Some(value) = placed.element.value(name) {
                judge(view, name, value, sink);
            }
        }
    }
}

fn judge(view: &View<'_>, name: &str, value: &Marked, sink: &mut Sink) {
    let written = view.source.slice(value.span());
    let is_argument = matches!(name, "arguments");
    let raw = written.find('\n').filter(|_| !is_argument);
    let span = match (raw, value.text.find(['\r', '\n'])) {
        (Some(at), _) => {
            crate::source::Span::new(value.span().start + at, value.span().start + at + 1)
        }
        (None, Some(at)) => value.part(at..at + 1),
        (None, None) => return,
    };
    let problem = RULE
        .problem(format!("`{name}` is broken over two lines"))
        .at(span, "becomes a blank or a line break in the value")
        .help("write the value on one line");
    sink.push(problem);
}
