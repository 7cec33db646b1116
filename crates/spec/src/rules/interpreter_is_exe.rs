//! An interpreter is a program, not a folder or a command.

use super::{Document, Phase, Rule, Sink};
use crate::model::WinPath;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    205,
    "interpreter-is-exe",
    include_str!("interpreter-is-exe.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let python = &document.spec.python;
    judge(document, sink, "python.interpreter", &python.interpreter);
    if let Some(base) = &python.base_interpreter {
        judge(document, sink, "python.base-interpreter", base);
    }
}

fn judge(document: &Document<'_>, sink: &mut Sink, key: &str, path: &WinPath) {
    let name = path.file_name().unwrap_or_default().to_lowercase();
    if path.problem().is_some() || name.ends_with(".exe") {
        return;
    }
    let help = match name.starts_with("python") && !name.contains(|c: char| c.is_ascii_digit()) {
        true => format!("write `{path}.exe`"),
        false => format!("write the program in it: `{}`", path.join("python.exe")),
    };
    let problem = RULE
        .problem(format!("`{key}` is not a program"))
        .at(
            document.tree.place(&KeyPath::of(key)),
            "does not end in `.exe`",
        )
        .help(help);
    sink.push(problem);
}
