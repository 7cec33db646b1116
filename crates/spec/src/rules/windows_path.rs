//! Every path of a spec is one that all tools on the server read alike.

use std::ops::Range;

use super::{Document, Phase, Rule, Sink, server_folder, unexpanded_variable};
use crate::diag::{Diagnostic, Fix};
use crate::model::{AppSpec, PathProblem, WinPath, is_unwritable};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    202,
    "windows-path",
    include_str!("windows-path.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    for (place, path) in paths(document.spec) {
        let problem = match FILES.iter().any(|file| place.begins_with(file)) {
            true => path.file_problem(),
            false => path.problem(),
        };
        let Some(problem) = problem else {
            continue;
        };
        // Two folders in one text; a rule of its own says so.
        if path.as_str().contains(';') && place.begins_with("python.pythonpath") {
            continue;
        }
        if let Some(found) = with_variable(document, &place, path) {
            sink.push(found);
            continue;
        }
        let span = document.part(&place, part(path, problem));
        let message = match problem {
            PathProblem::Posix
            | PathProblem::Relative
            | PathProblem::DriveRelative
            | PathProblem::RootRelative
            | PathProblem::NoShare => format!("`{place}` is not an absolute Windows path"),
            PathProblem::Blank
            | PathProblem::Verbatim
            | PathProblem::ForwardSlash
            | PathProblem::Dots
            | PathProblem::DoubledSeparator
            | PathProblem::Forbidden(_)
            | PathProblem::Reserved
            | PathProblem::TrailingDotOrBlank => {
                format!("`{place}` is not a path that every tool on the server reads alike")
            }
            PathProblem::Folder => format!("`{place}` is not the path of a file"),
            PathProblem::TooLong => format!("`{place}` is longer than the paths of Windows"),
        };
        let help = match document.is_double_quoted(&place) && has_escapes(path) {
            true => "use single quotes or none: in double quotes `\\` begins an escape".to_owned(),
            false => way_out(&place, path, problem),
        };
        let fact = match path.as_str().starts_with('"') {
            true => "these quotes are part of the path".to_owned(),
            false => fact(problem),
        };
        let found = RULE.problem(message).at(span, fact).help(help);
        sink.push(match without_quotes(document, &place, path) {
            Some(fix) => found.fix(fix),
            None => found,
        });
    }
}

/// A path with `%NAME%` in it.
fn with_variable(document: &Document<'_>, place: &KeyPath, path: &WinPath) -> Option<Diagnostic> {
    let text = path.as_str();
    let range = unexpanded_variable::references(text).into_iter().next()?;
    let name = text.get(range.start + 1..range.end - 1)?;
    let help = server_folder::way_out(text, name, &document.spec.root);
    let problem = RULE
        .problem(format!("`{place}` has a variable of Windows in it"))
        .at(
            document.part(place, range),
            "IIS expands it; the gateway and `icacls` do not",
        );
    Some(problem.help(help))
}

/// A path without the quotes that were written into the text.
fn without_quotes(document: &Document<'_>, place: &KeyPath, path: &WinPath) -> Option<Fix> {
    let text = path.as_str();
    let bare = text.strip_prefix('"')?.strip_suffix('"')?;
    let node = document.tree.at(place)?;
    let given = document.source.slice(node.span).contains("${");
    let fine = !given && WinPath::new(bare).problem().is_none();
    let quoted = format!("'{}'", bare.replace('\'', "''"));
    fine.then(|| Fix::safe("remove the quotes within the text", node.span, quoted))
}

/// The keys that name a file; all others name folders.
const FILES: [&str; 6] = [
    "python.interpreter",
    "python.base-interpreter",
    "bridge.script",
    "process.monitor",
    "log.file",
    "secrets",
];

/// Every path of a spec and where it is written.
pub(super) fn paths(spec: &AppSpec) -> Vec<(KeyPath, &WinPath)> {
    let python = &spec.python;
    let one = |key, path| (KeyPath::of(key), path);
    let mut found = vec![
        one("root", &spec.root),
        one("python.interpreter", &python.interpreter),
    ];
    let single = [
        ("python.virtualenv", python.virtualenv.as_ref()),
        ("python.base-interpreter", python.base_interpreter.as_ref()),
        ("bridge.script", spec.bridge.script.as_ref()),
        ("process.monitor", spec.process.monitor.as_ref()),
    ];
    for (key, path) in single {
        found.extend(path.map(|path| one(key, path)));
    }
    found.extend(spec.log.iter().map(|log| one("log.file", &log.file)));
    for (key, list) in [
        ("python.pythonpath", &python.pythonpath),
        ("python.dll-directories", &python.dll_directories),
        ("access.writable", &spec.access.writable),
        ("access.readable", &spec.access.readable),
    ] {
        let key = KeyPath::of(key);
        let items = list.iter().enumerate();
        found.extend(items.map(|(index, path)| (key.index(index), path)));
    }
    let secrets = spec.secrets.iter();
    found.extend(secrets.map(|(name, secret)| {
        let key = KeyPath::of("secrets").key(name.as_str()).key("file");
        (key, &secret.file)
    }));
    found
}

/// What an example of an interpreter has behind the root.
const PROGRAM: &str = r"\env\Scripts\python.exe";

/// The part of the path that the problem is about.
fn part(path: &WinPath, problem: PathProblem) -> Range<usize> {
    let text = path.as_str();
    let of = |part: &str| text.find(part).map(|at| at..at + part.len());
    let found = match problem {
        PathProblem::ForwardSlash => of("/"),
        PathProblem::DoubledSeparator => {
            let names = text.get(2..).unwrap_or_default();
            names.find(r"\\").map(|at| at + 2..at + 4)
        }
        PathProblem::Forbidden(c) => {
            // The colon behind the drive is not the one that is meant.
            let found = text.char_indices().skip(2).find(|(_, other)| *other == c);
            found.map(|(at, c)| at..at + c.len_utf8())
        }
        PathProblem::Dots | PathProblem::Reserved | PathProblem::TrailingDotOrBlank => {
            let alone =
                |name: &&str| WinPath::new(format!(r"C:\{name}\x")).problem() == Some(problem);
            let name = text.split('\\').find(alone);
            name.map(|name| {
                let start = name.as_ptr().addr() - text.as_ptr().addr();
                start..start + name.len()
            })
        }
        PathProblem::Blank
        | PathProblem::Posix
        | PathProblem::Relative
        | PathProblem::DriveRelative
        | PathProblem::RootRelative
        | PathProblem::NoShare
        | PathProblem::Verbatim
        | PathProblem::TooLong => None,
        PathProblem::Folder => Some(text.len().saturating_sub(1)..text.len()),
    };
    found.unwrap_or(0..text.len())
}

/// True for what only an escape can have put there: `"D:\new"` holds a line break.
fn has_escapes(path: &WinPath) -> bool {
    path.as_str()
        .contains(|c: char| c.is_control() || matches!(c, '\u{A0}' | '\u{2028}' | '\u{2029}'))
}

fn fact(problem: PathProblem) -> String {
    match problem {
        PathProblem::Blank => "empty, or a blank at an end".to_owned(),
        PathProblem::Posix => "a path of another system".to_owned(),
        PathProblem::Relative => "no drive and no share at the start".to_owned(),
        PathProblem::DriveRelative => "no `\\` behind the drive".to_owned(),
        PathProblem::RootRelative => "no drive before the first `\\`".to_owned(),
        PathProblem::Verbatim => "IIS does not read paths that begin so".to_owned(),
        PathProblem::NoShare => "a server without a share".to_owned(),
        PathProblem::ForwardSlash => {
            "IIS compares paths as text, and others write `\\` here".to_owned()
        }
        PathProblem::Dots => "only a tool that resolves this finds the folder".to_owned(),
        PathProblem::DoubledSeparator => "two separators in a row".to_owned(),
        PathProblem::Forbidden('%') => "IIS expands `%`; the gateway does not".to_owned(),
        PathProblem::Forbidden(c) if is_unwritable(c) => {
            format!("the character U+{:04X}", u32::from(c))
        }
        PathProblem::Forbidden(c) => format!("Windows allows no `{c}` in a name"),
        PathProblem::Reserved => "Windows reserves this name for a device".to_owned(),
        PathProblem::TrailingDotOrBlank => "Windows drops this dot or blank".to_owned(),
        PathProblem::Folder => "this ends the name of a folder".to_owned(),
        PathProblem::TooLong => "more than 259 characters".to_owned(),
    }
}

fn way_out(place: &KeyPath, path: &WinPath, problem: PathProblem) -> String {
    let text = path.as_str();
    match problem {
        PathProblem::Blank if text.ends_with('\n') => {
            "write it on the line of its key, without `|` or `>`".to_owned()
        }
        PathProblem::Blank => "write the path without blanks around it".to_owned(),
        PathProblem::Posix => such_as(place),
        PathProblem::Relative => {
            let whole = WinPath::new(r"D:\apps\shop").join(&text.replace('/', "\\"));
            match (WinPath::new(text.trim_matches('"')), whole.problem()) {
                (bare, _) if bare.problem().is_none() => {
                    format!("write `{bare}`, without a quote in it")
                }
                (_, None) => format!("write it from the drive on: `{whole}`"),
                (_, Some(_)) => such_as(place),
            }
        }
        PathProblem::DriveRelative => {
            let (drive, rest) = text.split_at_checked(2).unwrap_or((text, ""));
            format!("write `{drive}\\{rest}`")
        }
        PathProblem::RootRelative => format!("write the drive: `C:{text}`"),
        PathProblem::Verbatim => "write it from the drive or the share on".to_owned(),
        PathProblem::NoShare => {
            let server = text.trim_end_matches('\\');
            format!("write the share too, such as `{server}\\web`")
        }
        PathProblem::ForwardSlash => format!("write `{}`", text.replace('/', "\\")),
        PathProblem::Dots => match resolved(text) {
            Some(path) => format!("write `{path}`"),
            None => "write the folder's own path".to_owned(),
        },
        PathProblem::DoubledSeparator => {
            "write one `\\`; it needs no doubling outside of double quotes".to_owned()
        }
        PathProblem::Forbidden('%') => "write the folder itself".to_owned(),
        PathProblem::Forbidden('|') if text.to_ascii_lowercase().contains(".exe|") => {
            let program = text.split('|').next().unwrap_or_default();
            format!("write the program alone: `{program}`")
        }
        PathProblem::Forbidden(c) => {
            let without = text.replace(c, "");
            match WinPath::new(&*without).problem() {
                None if c != ':' => format!("write `{without}`"),
                _ => "remove the character".to_owned(),
            }
        }
        PathProblem::Reserved => "rename the file or folder".to_owned(),
        PathProblem::TrailingDotOrBlank => "remove it".to_owned(),
        PathProblem::Folder => "write the name of the file behind it".to_owned(),
        PathProblem::TooLong => "choose a folder with a shorter path".to_owned(),
    }
}

/// The path without `.` and `..`, if none of them leads above the drive.
fn resolved(text: &str) -> Option<WinPath> {
    let mut names: Vec<&str> = Vec::new();
    for name in text.split('\\') {
        match name {
            "." => {}
            ".." => drop(names.pop().filter(|_| !names.is_empty())?),
            name => names.push(name),
        }
    }
    let path = WinPath::new(names.join("\\"));
    (names.len() > 1 && path.problem().is_none()).then_some(path)
}

/// Shows a path of the kind that belongs there.
fn such_as(place: &KeyPath) -> String {
    let program = match place.to_string().ends_with("interpreter") {
        true => PROGRAM,
        false => "",
    };
    format!("write the path on the server, such as `D:\\apps\\shop{program}`")
}

#[cfg(test)]
mod tests {
    use crate::check;

    /// The marked text and the help for a root written so.
    fn judged(root: &str) -> (String, String) {
        let text =
            format!("name: a\nroot: {root}\npython: {{interpreter: D:\\a.exe, handler: a.b}}\n");
        let checked = check("f", text.as_bytes(), &crate::Options::default());
        let [found] = checked.diagnostics.as_slice() else {
            return (format!("{:?}", checked.diagnostics), String::new());
        };
        let marked = checked.source.slice(found.span().unwrap());
        (marked.to_owned(), found.help.clone().unwrap())
    }

    #[test]
    fn quotes_within_a_path_are_removed_by_a_fix() {
        let text =
            "name: a\nroot: '\"D:\\it''s a\"'\npython: {interpreter: D:\\a.exe, handler: a.b}\n";
        let checked = check("f", text.as_bytes(), &crate::Options::default());
        let fixes = checked
            .diagnostics
            .iter()
            .filter_map(|found| found.fix.as_ref());
        let (fixed, applied) = crate::Fix::apply(text, fixes);
        assert_eq!(
            (fixed.contains("root: 'D:\\it''s a'\n"), applied),
            (true, 1),
            "{fixed}"
        );
    }

    #[test]
    fn a_log_file_is_not_a_folder() {
        let text = "name: a\nroot: D:\\a\\\npython: {interpreter: D:\\a.exe, handler: a.b}\nlog: {file: D:\\logs\\}\n";
        let checked = check("f", text.as_bytes(), &crate::Options::default());
        let [found] = checked.diagnostics.as_slice() else {
            panic!("{:?}", checked.diagnostics)
        };
        assert_eq!(found.message, "`log.file` is not the path of a file");
        assert_eq!(
            checked.source.position(found.span().unwrap().start).column,
            20
        );
    }

    #[test]
    fn each_problem_is_marked_and_has_its_way_out() {
        let escape = "use single quotes or none: in double quotes `\\` begins an escape";
        for (root, marked, help) in [
            ("''", "''", "write the path without blanks around it"),
            (
                "~/shop",
                "~/shop",
                r"write the path on the server, such as `D:\apps\shop`",
            ),
            (
                "shop",
                "shop",
                r"write it from the drive on: `D:\apps\shop\shop`",
            ),
            (
                "logs/a",
                "logs/a",
                r"write it from the drive on: `D:\apps\shop\logs\a`",
            ),
            (
                r"1:\x",
                r"1:\x",
                r"write the path on the server, such as `D:\apps\shop`",
            ),
            (
                "'\"D:\\a b\"'",
                "\"D:\\a b\"",
                r"write `D:\a b`, without a quote in it",
            ),
            ("D:shop", "D:shop", r"write `D:\shop`"),
            (r"\shop", r"\shop", r"write the drive: `C:\shop`"),
            (
                r"\\?\D:\x",
                r"\\?\D:\x",
                "write it from the drive or the share on",
            ),
            ("D:/a/b", "/", r"write `D:\a\b`"),
            (r"'D:\it''s/b'", "/", r"write `D:\it's\b`"),
            (r"D:\a\..\b", "..", r"write `D:\b`"),
            (
                r"D:\a\\b",
                r"\\",
                "write one `\\`; it needs no doubling outside of double quotes",
            ),
            (
                r"\\nas\",
                r"\\nas\",
                r"write the share too, such as `\\nas\web`",
            ),
            (r"D:\%X%\b", "%", "write the folder itself"),
            (
                r"'%ProgramFiles%\b'",
                "%ProgramFiles%",
                r"write `C:\Program Files\b`, or where that is on the server",
            ),
            (r"D:\a:b", ":", "remove the character"),
            (r"D:\a\Con.txt\b", "Con.txt", "rename the file or folder"),
            (r"D:\a.\b", "a.", "remove it"),
            ("\"D:\\\\a\\new\"", "\"D:\\\\a\\new\"", escape),
        ] {
            assert_eq!(judged(root), (marked.to_owned(), help.to_owned()), "{root}");
        }
    }
}
