//! No folder that the application may write to holds code.

use super::{Document, Phase, Rule, Sink, log_in_virtualenv, log_not_writable};
use crate::diag::Level;
use crate::model::{AppSpec, WinPath};
use crate::syntax::KeyPath;
use crate::world::Kind;

pub(crate) static RULE: Rule = Rule::advice(
    707,
    "writable-code",
    Level::Warning,
    include_str!("writable-code.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    let code = code(document);
    for (index, folder) in spec.access.writable.iter().enumerate() {
        let place = KeyPath::of("access.writable").index(index);
        let help = format!("write a folder for data alone, such as `{}`", data(spec));
        judge(document, sink, &place, folder, &code, help);
    }
    let Some(log) = spec.log.as_ref() else {
        return;
    };
    // `log-in-root` and `log-in-virtualenv` tell of a log below one of the two.
    let is_told = log.file.file_problem().is_some()
        || log.file.below(&spec.root).is_some()
        || log_in_virtualenv::folder(spec).is_some()
        || log_not_writable::refused(document).is_some();
    if let Some(folder) = log.file.parent().filter(|_| !is_told) {
        let help = log_elsewhere(spec, &log.file);
        judge(
            document,
            sink,
            &KeyPath::of("log.file"),
            &folder,
            &code,
            help,
        );
    }
}

fn judge(
    document: &Document<'_>,
    sink: &mut Sink,
    place: &KeyPath,
    folder: &WinPath,
    code: &[Code],
    help: String,
) {
    if folder.problem().is_some() {
        return;
    }
    if let Some(code) = code.iter().find(|code| code.is_open_to(folder)) {
        let problem = RULE
            .problem(format!("`{place}` lets the application change code"))
            .at(
                document.tree.place(place),
                format!("{} {}", code.verb(folder), code.what),
            )
            .help(help);
        sink.push(problem);
    }
}

/// A folder with code in it.
struct Code {
    folder: WinPath,
    what: &'static str,
    /// Everything below it is code too, however deep.
    whole: bool,
}

impl Code {
    /// True if whoever may write to a folder may write code here.
    fn is_open_to(&self, folder: &WinPath) -> bool {
        self.folder.is_within(folder) || (self.whole && folder.is_within(&self.folder))
    }

    fn verb(&self, folder: &WinPath) -> &'static str {
        match (
            folder.is_within(&self.folder),
            self.folder.is_within(folder),
        ) {
            (true, true) => "this is",
            (true, false) => "lies in",
            (false, _) => "holds",
        }
    }
}

/// The folders of a spec that hold code; the first is the one that says most.
fn code(document: &Document<'_>) -> Vec<Code> {
    let (spec, python) = (document.spec, &document.spec.python);
    let code = |folder, what, whole| Code {
        folder,
        what,
        whole,
    };
    let mut found = vec![code(spec.root.clone(), "the root", false)];
    let environment = python.virtualenv();
    let own = match environment.is_none() {
        true => python.interpreter.parent(),
        false => None,
    };
    let base = python.base_interpreter.as_ref().and_then(WinPath::parent);
    let pythons = [
        (environment, "the virtual environment"),
        (own, "the interpreter"),
        (base, "the base interpreter"),
    ];
    for (folder, what) in pythons {
        // A drive, or a root, with an interpreter in it is no installation of Python.
        let folder = folder.filter(|folder| folder.parent().is_some());
        let is_whole = |folder: &WinPath| !spec.root.is_within(folder);
        found.extend(folder.map(|folder| code(folder.clone(), what, is_whole(&folder))));
    }
    let package = package(document);
    found.extend(package.map(|folder| code(folder, "the package of `python.handler`", false)));
    let paths = python.pythonpath.iter().cloned();
    found.extend(paths.map(|path| code(path, "a folder of `python.pythonpath`", false)));
    found.retain(|code| code.folder.problem().is_none());
    found
}

/// The folder that the handler's first name stands for, unless the project shows that it stands for a file.
fn package(document: &Document<'_>) -> Option<WinPath> {
    let handler = document.spec.python.handler.dotted();
    let (name, _) = handler.split_once('.')?;
    let is_folder = document
        .world
        .is_none_or(|world| world.kind(name) == Some(Kind::Folder));
    is_folder.then(|| document.spec.root.join(name))
}

/// A place for what an application writes: on the drive of its root, and nowhere near it.
fn data(spec: &AppSpec) -> WinPath {
    drive(spec).join(&format!(r"data\{}", spec.name))
}

/// Tells to write the log into a folder of its own.
pub(super) fn log_elsewhere(spec: &AppSpec, file: &WinPath) -> String {
    let name = file.file_name().unwrap_or("gateway.log");
    let folder = drive(spec).join(&format!(r"logs\{}", spec.name));
    format!("write `{}`", folder.join(name))
}

fn drive(spec: &AppSpec) -> WinPath {
    let drive = spec.root.as_str().get(..3);
    let drive = drive.filter(|drive| drive.ends_with(r":\"));
    WinPath::new(drive.unwrap_or(r"C:\"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The labels of what this rule finds.
    fn judged(more: &str) -> Vec<String> {
        let text = format!(
            "name: shop\nroot: D:\\apps\\shop\npython:\n  interpreter: D:\\apps\\shop\\env\\Scripts\\python.exe\n  base-interpreter: C:\\Python312\\python.exe\n  handler: shop.app\n  pythonpath: [D:\\lib\\py]\n{more}\n"
        );
        let checked = crate::check("f", text.as_bytes(), &crate::Options::default());
        let found = checked.diagnostics.into_iter();
        let found = found.filter(|found| found.code == RULE.code);
        found.map(|found| found.labels[0].text.clone()).collect()
    }

    #[test]
    fn code_is_found_below_and_above_a_writable_folder() {
        for (folder, label) in [
            (r"D:\", "holds the root"),
            (r"d:\APPS\shop", "this is the root"),
            (r"D:\apps\shop\env", "this is the virtual environment"),
            (r"D:\apps\shop\env\Lib\x", "lies in the virtual environment"),
            (r"C:\", "holds the base interpreter"),
            (r"C:\Python312\share", "lies in the base interpreter"),
            (
                r"D:\apps\shop\shop",
                "this is the package of `python.handler`",
            ),
            (r"D:\lib", "holds a folder of `python.pythonpath`"),
        ] {
            assert_eq!(
                judged(&format!("access: {{writable: ['{folder}']}}")),
                [label]
            );
        }
        for folder in [
            r"D:\apps\shop\uploads",
            r"D:\apps\shop\shop\media",
            r"D:\data",
        ] {
            let none: [&str; 0] = [];
            assert_eq!(judged(&format!("access: {{writable: ['{folder}']}}")), none);
        }
    }

    #[test]
    fn the_folder_of_the_log_is_writable_too() {
        let none: [&str; 0] = [];
        let log = r"log: {file: D:\apps\gateway.log}";
        assert_eq!(judged(log), ["holds the root"]);
        for told in ["", r"env\", r"logs\"] {
            let log = format!(r"log: {{file: D:\apps\shop\{told}gateway.log}}");
            assert_eq!(judged(&log), none, "other rules tell of {log}");
        }
    }

    #[test]
    fn an_interpreter_beside_the_application_leaves_room_for_data() {
        let text = "name: s\nroot: D:\\s\npython: {interpreter: D:\\s\\python.exe, handler: s.app}\naccess: {writable: ['D:\\s\\uploads']}\n";
        let checked = crate::check("f", text.as_bytes(), &crate::Options::default());
        assert_eq!(checked.diagnostics, []);
    }
}
