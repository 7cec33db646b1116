//! Values of environment variables are taken as they stand.

use super::super::View;
use super::super::view::Variable;
use crate::diag::Level;
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::advice(
    1027,
    "literal-variable",
    Level::Warning,
    include_str!("literal-variable.md"),
    Phase::File(check),
);

/// Variables that are set on every Windows, so that nobody means the text itself.
const VARIABLES: [&str; 13] = [
    "PATH",
    "SystemRoot",
    "SystemDrive",
    "windir",
    "ProgramFiles",
    "ProgramFiles(x86)",
    "ProgramData",
    "TEMP",
    "TMP",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "COMPUTERNAME",
];

fn check(view: &View<'_>, sink: &mut Sink) {
    for Variable { value, .. } in view.variables() {
        let Some(range) = variable(&value.text) else {
            continue;
        };
        let problem = RULE
            .problem("a FastCGI process gets this value as it stands")
            .at(value.part(range), "IIS replaces no variables here")
            .help("write the value itself");
        sink.push(problem);
    }
}

fn variable(text: &str) -> Option<std::ops::Range<usize>> {
    let lower = text.to_ascii_lowercase();
    VARIABLES.iter().find_map(|name| {
        let written = format!("%{}%", name.to_ascii_lowercase());
        let start = lower.find(&written)?;
        Some(start..start + written.len())
    })
}
