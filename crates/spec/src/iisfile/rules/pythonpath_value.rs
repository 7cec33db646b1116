//! What wfastcgi makes of `PYTHONPATH` (`P36`).

use super::super::View;
use super::super::mark::Marked;
use crate::diag::{Fix, Level};
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::advice(
    1019,
    "pythonpath-value",
    Level::Warning,
    include_str!("pythonpath-value.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    for setting in view.settings() {
        if setting.name.text.trim().eq_ignore_ascii_case("PYTHONPATH") {
            separators(setting.value, sink);
            variables(setting.value, sink);
            script(setting.value, sink);
        }
    }
}

/// The parts of the value with the offset of each.
fn parts(value: &Marked) -> impl Iterator<Item = (usize, &str)> {
    value.text.split(';').scan(0, |next, part| {
        let start = *next;
        *next += part.len() + 1;
        Some((start, part))
    })
}

fn separators(value: &Marked, sink: &mut Sink) {
    for (start, part) in parts(value) {
        let blanks = part.len() - part.trim_start().len();
        if blanks == 0 || part.trim().is_empty() {
            continue;
        }
        let span = value.part(start..start + blanks);
        let problem = RULE
            .problem("a folder of `PYTHONPATH` begins with a blank")
            .at(span, "becomes part of the folder's name")
            .help("remove it")
            .fix(Fix::safe("remove it", span, ""));
        sink.push(problem);
    }
}

/// wfastcgi replaces `%NAME%` only if the name consists of letters, digits and `_`.
fn variables(value: &Marked, sink: &mut Sink) {
    for (at, _) in value.text.match_indices("(x86)%") {
        let before = value.text.get(..at).unwrap_or_default();
        let Some(start) = before.rfind('%') else {
            continue;
        };
        let name = before.get(start + 1..).unwrap_or_default();
        if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            continue;
        }
        let problem = RULE
            .problem(format!("wfastcgi does not know `%{name}(x86)%`"))
            .at(
                value.part(start..at + "(x86)%".len()),
                "a name with parentheses is not replaced",
            )
            .help("write the folder itself");
        sink.push(problem);
    }
}

fn script(value: &Marked, sink: &mut Sink) {
    for (start, part) in parts(value) {
        let shown = part.trim();
        if !shown.to_ascii_lowercase().ends_with(".py") {
            continue;
        }
        let at = start + part.len() - part.trim_start().len();
        let problem = RULE
            .problem("`PYTHONPATH` names a script")
            .at(
                value.part(at..at + shown.len()),
                "Python looks for modules in folders",
            )
            .help("write the folder that holds your package");
        sink.push(problem);
    }
}
