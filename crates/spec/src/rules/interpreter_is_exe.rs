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
    if path.file_problem().is_some() || name.ends_with(".exe") {
        return;
    }
    let problem = RULE
        .problem(format!("`{key}` is not a program"))
        .at(
            document.tree.place(&KeyPath::of(key)),
            "does not end in `.exe`",
        )
        .help(way_out(path, &name));
    sink.push(problem);
}

/// Files that people name in the place of the program beside them.
const SCRIPTS: [&str; 5] = [".bat", ".cmd", ".ps1", ".py", ".com"];

fn way_out(path: &WinPath, name: &str) -> String {
    let text = path.as_str();
    // ASCII case keeps the places of the bytes.
    let program = text.to_ascii_lowercase().find(".exe ");
    if let Some(program) = program.and_then(|at| text.get(..at + ".exe".len())) {
        return format!("write the program alone: `{program}`");
    }
    let beside = path
        .parent()
        .filter(|_| SCRIPTS.iter().any(|end| name.ends_with(end)));
    let beside = beside.as_ref();
    if let Some(folder) = beside.filter(|folder| names(folder, &["scripts"])) {
        return format!(
            "write the program beside it: `{}`",
            folder.join("python.exe")
        );
    }
    if let Some(folder) = beside {
        return format!(
            "write the program that runs it, such as `{}`",
            folder.join(r"env\Scripts\python.exe")
        );
    }
    // Where other systems keep the programs of a virtual environment.
    let environment = path.parent().filter(|folder| names(folder, &["bin"]));
    if let Some(environment) = environment.and_then(|folder| folder.parent()) {
        return format!("write `{}`", environment.join(r"Scripts\python.exe"));
    }
    if names(path, &["env", "venv", ".venv", ".env", "virtualenv"]) {
        let program = path.join(r"Scripts\python.exe");
        return format!("write the program in it: `{program}`");
    }
    match name.starts_with("python") && !name.contains(|c: char| c.is_ascii_digit()) {
        true => format!("write `{path}.exe`"),
        false => format!("write the program in it: `{}`", path.join("python.exe")),
    }
}

/// True for a path whose last name is one of these.
fn names(path: &WinPath, known: &[&str]) -> bool {
    let name = path.file_name().unwrap_or_default();
    known.iter().any(|known| name.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_names_a_program() {
        for (path, help) in [
            (r"D:\e\Scripts\python", r"write `D:\e\Scripts\python.exe`"),
            (
                r"D:\e\Scripts",
                r"write the program in it: `D:\e\Scripts\python.exe`",
            ),
            (
                r"C:\Python312",
                r"write the program in it: `C:\Python312\python.exe`",
            ),
            (
                r"D:\e\Python.EXE -u",
                r"write the program alone: `D:\e\Python.EXE`",
            ),
            (
                r"D:\shop\app.py",
                r"write the program that runs it, such as `D:\shop\env\Scripts\python.exe`",
            ),
            (
                r"D:\shop\.venv",
                r"write the program in it: `D:\shop\.venv\Scripts\python.exe`",
            ),
            (
                r"D:\shop\env\bin\python",
                r"write `D:\shop\env\Scripts\python.exe`",
            ),
            (
                r"D:\e\Scripts\activate.bat",
                r"write the program beside it: `D:\e\Scripts\python.exe`",
            ),
        ] {
            let path = WinPath::new(path);
            let name = path.file_name().unwrap().to_lowercase();
            assert_eq!(way_out(&path, &name), help);
        }
    }
}
