//! A comment is a line of its own.

use super::super::View;
use crate::diag::Level;
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::advice(
    1041,
    "ini-comment",
    Level::Warning,
    include_str!("ini-comment.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    for pair in view
        .ini()
        .into_iter()
        .flat_map(|ini| &ini.sections)
        .flat_map(|section| &section.pairs)
    {
        let text = pair.value.text.as_str();
        let Some(at) = text.find(" ;").or_else(|| text.find("\t;")) else {
            continue;
        };
        let problem = RULE
            .problem(format!(
                "the remark is part of the value of `{}`",
                pair.key.text
            ))
            .at(
                pair.value.part(at + 1..text.len()),
                "`;` begins a comment only at the start of a line",
            )
            .help("move it to a line of its own");
        sink.push(problem);
    }
}
