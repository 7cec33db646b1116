//! `requirements.txt`: which libraries a project asks for.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::source::{SourceFile, Span};
use crate::world::World;

/// Files that are followed from the first one.
const MAX_FILES: usize = 20;

/// What may stand behind a name: extras, versions, a condition, a URL, the end of the line.
const BEHIND_A_NAME: &[char] = &['[', '<', '>', '=', '!', '~', ';', '@', '(', '\\'];

/// Endings of files that are no names of libraries.
const ARCHIVES: &[&str] = &[".whl", ".zip", ".gz", ".txt"];

/// One library that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Requirement {
    /// The file that asks, by its path in the project.
    pub(crate) source: Arc<SourceFile>,
    /// The name, normalised: `flask-socketio` for `Flask_SocketIO`.
    pub(crate) name: String,
    /// Where the name stands.
    pub(crate) span: Span,
    /// The line that it stands on.
    pub(crate) line: Span,
    /// It is asked for only under conditions, such as on one system.
    pub(crate) is_conditional: bool,
}

/// What a file of requirements asks for, and the files that it includes with `-r`; nothing if it is not there.
pub(crate) fn requirements(world: &dyn World, path: &str) -> Vec<Requirement> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut waiting = vec![path.to_owned()];
    while let Some(path) = waiting.pop() {
        if seen.len() >= MAX_FILES || !seen.insert(path.clone()) {
            continue;
        }
        let Some(text) = world.read(&path) else {
            continue;
        };
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
        let source = Arc::new(SourceFile::new(&path, text));
        for line in lines(&source) {
            match included(line.text) {
                Some(other) => waiting.extend(beside(&path, other)),
                None => found.extend(requirement(&source, &line)),
            }
        }
    }
    found
}

/// A name as package indexes compare it (PEP 503): `flask-socketio` for `Flask_SocketIO`.
pub(crate) fn normalised(name: &str) -> String {
    let parts = name.split(['-', '_', '.']);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("-").to_lowercase()
}

/// The first line of a logical line, without its comment. What follows a `\` adds to a name nothing but
/// versions, conditions and hashes.
struct Line<'a> {
    text: &'a str,
    span: Span,
    has_condition: bool,
}

fn lines(source: &SourceFile) -> Vec<Line<'_>> {
    let mut found: Vec<Line<'_>> = Vec::new();
    let mut start = 0;
    let mut is_continued = false;
    for whole in source.text().split_inclusive('\n') {
        let line = whole.trim_end_matches(['\n', '\r']);
        let written = without_comment(line).trim_end();
        let text = written.trim_start();
        let has_condition = text.contains(';');
        match found.last_mut() {
            Some(first) if is_continued => first.has_condition |= has_condition,
            Some(_) | None if text.is_empty() => {}
            Some(_) | None => found.push(Line {
                text,
                span: Span::new(start + written.len() - text.len(), start + written.len()),
                has_condition,
            }),
        }
        is_continued = text.ends_with('\\');
        start += whole.len();
    }
    found
}

/// A `#` begins a comment at the start of a line and behind a blank.
fn without_comment(line: &str) -> &str {
    let mut before = ' ';
    for (at, letter) in line.char_indices() {
        if letter == '#' && before.is_whitespace() {
            return line.get(..at).unwrap_or_default();
        }
        before = letter;
    }
    line
}

/// The file that `-r file`, `--requirement file` or `--requirement=file` names.
fn included(line: &str) -> Option<&str> {
    let rest = line
        .strip_prefix("--requirement")
        .or_else(|| line.strip_prefix("-r"))?;
    let rest = rest.strip_prefix('=').unwrap_or(rest);
    Some(rest.trim().trim_matches(['"', '\'']))
}

/// The path of a file named in another one; `None` outside the project.
fn beside(path: &str, other: &str) -> Option<String> {
    if other.contains(':') || other.starts_with(['/', '\\']) {
        return None;
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in other.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn requirement(source: &Arc<SourceFile>, line: &Line<'_>) -> Option<Requirement> {
    let (at, name) = name(line.text)?;
    let start = line.span.start + at;
    Some(Requirement {
        source: Arc::clone(source),
        name: normalised(name),
        span: Span::new(start, start + name.len()),
        line: line.span,
        is_conditional: line.has_condition,
    })
}

/// The name that a line begins with (PEP 508), or that a URL in it gives behind `egg=`, and where it starts.
fn name(line: &str) -> Option<(usize, &str)> {
    const EGG: &str = "egg=";
    let (at, is_url) = match line.find(EGG) {
        Some(at) => (at + EGG.len(), true),
        None => (0, false),
    };
    let rest = line.get(at..)?;
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let end = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
    let (name, rest) = rest.split_at_checked(end)?;
    let is_name = name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && name.ends_with(|last: char| last.is_ascii_alphanumeric())
        && !ARCHIVES.iter().any(|ending| name.ends_with(ending));
    let rest = rest.trim_start();
    let is_alone = is_url || rest.is_empty() || rest.starts_with(BEHIND_A_NAME);
    (is_name && is_alone).then_some((at, name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::MemoryWorld;

    fn names(files: &[(&str, &str)]) -> Vec<String> {
        let world = MemoryWorld::new(files.iter().copied());
        let found = requirements(&world, "requirements.txt");
        found
            .iter()
            .map(|one| {
                let written = one.source.slice(one.span);
                assert_eq!(normalised(written), one.name);
                assert!(one.source.slice(one.line).contains(written));
                format!("{}{}", one.name, if one.is_conditional { "?" } else { "" })
            })
            .collect()
    }

    #[test]
    fn every_form_of_a_line_gives_its_name() {
        let text = "# comment\n\nFlask==3.0  # the framework\nflask_SocketIO[x] >= 5,<6\nnltk ~= 3.8; sys_platform == 'win32'\n\
            -e git+https://host/repo.git#egg=My.Pkg&subdirectory=a\nchannels @ https://host/channels.zip\n./local\nhttps://host/a.whl\n\
            pkg.whl\n--index-url https://host\n-c constraints.txt\nrq (>=1)\n  huey\r\nApScheduler==3 \\\n    --hash=sha256:abc \\\n    --hash=sha256:def\nwsproto \\\n  ; os_name == 'posix'\ncelery\n-bad\nbad-\n";
        assert_eq!(
            names(&[("requirements.txt", text)]),
            [
                "flask",
                "flask-socketio",
                "nltk?",
                "my-pkg",
                "channels",
                "rq",
                "huey",
                "apscheduler",
                "wsproto?",
                "celery"
            ]
        );
    }

    #[test]
    fn included_files_are_followed_once_and_within_the_project() {
        let files = [
            (
                "requirements.txt",
                "a\n-r sub/more.txt\n--requirement=none.txt\n-r /etc/x\n-r ../../y\n-r C:\\z",
            ),
            (
                "sub/more.txt",
                "\u{FEFF}b\n-r ..\\requirements.txt\n-r ./last.txt\n",
            ),
            ("sub/last.txt", "c"),
            ("etc/x", "no"),
            ("y", "no"),
        ];
        assert_eq!(names(&files), ["a", "b", "c"]);
    }

    #[test]
    fn many_files_end() {
        let files: Vec<(String, String)> = (0..100)
            .map(|number| {
                (
                    format!("{number}.txt"),
                    format!("p{number}\n-r {}.txt", number + 1),
                )
            })
            .chain([("requirements.txt".to_owned(), "-r 0.txt".to_owned())])
            .collect();
        let world = MemoryWorld::new(files);
        assert_eq!(
            requirements(&world, "requirements.txt").len(),
            MAX_FILES - 1
        );
    }
}
