//! Every path relative to the root lies below it, on Windows too.

use std::ops::Range;

use super::{Document, Phase, Rule, Sink};
use crate::model::{AppSpec, PathProblem, ProjectPath, WinPath};
use crate::source::Span;
use crate::syntax::{KeyPath, Value};

pub(crate) static RULE: Rule = Rule::error(
    607,
    "project-path",
    include_str!("project-path.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    for (place, path) in paths(document.spec) {
        let Some((name, problem)) = faulty_name(path).or_else(|| too_long(document.spec, path))
        else {
            continue;
        };
        let (label, help) = reason(problem);
        let at = name.as_ptr().addr() - path.as_str().as_ptr().addr();
        let span = written(document, &place, at..at + name.len());
        let problem = RULE
            .problem(format!(
                "`{path}` is not a path of the project on every system"
            ))
            .at(span, label)
            .help(help);
        sink.push(problem);
    }
}

const fn reason(problem: PathProblem) -> (&'static str, &'static str) {
    match problem {
        PathProblem::Dots => ("leaves the project", "name a file or folder of the project"),
        PathProblem::TrailingDotOrBlank => (
            "Windows does not keep a blank or dot at an end",
            "remove it from the name",
        ),
        PathProblem::TooLong => (
            "longer than the paths of Windows, with the root before it",
            "shorten it, or the root",
        ),
        PathProblem::Reserved
        | PathProblem::Blank
        | PathProblem::Posix
        | PathProblem::Relative
        | PathProblem::DriveRelative
        | PathProblem::RootRelative
        | PathProblem::Verbatim
        | PathProblem::NoShare
        | PathProblem::ForwardSlash
        | PathProblem::DoubledSeparator
        | PathProblem::Forbidden(_)
        | PathProblem::Folder => ("Windows takes no such name for a file", "rename it"),
    }
}

/// The whole path, if it is too long for the server.
fn too_long<'a>(spec: &AppSpec, path: &'a ProjectPath) -> Option<(&'a str, PathProblem)> {
    let problem = path.below(&spec.root).problem();
    // Another problem is one of the root.
    let long = problem.filter(|it| *it == PathProblem::TooLong && spec.root.problem().is_none());
    long.map(|problem| (path.as_str(), problem))
}

/// A name of a local file is a key, all others are values.
fn written(document: &Document<'_>, place: &KeyPath, part: Range<usize>) -> Span {
    let value = document.tree.at(place).map(|node| &node.value);
    let is_key = matches!(value, Some(Value::Mapping(_)));
    let key = document.tree.key_span(place).filter(|_| is_key);
    key.unwrap_or_else(|| document.part(place, part))
}

/// The first name on the way that Windows would not hold as it is.
fn faulty_name(path: &ProjectPath) -> Option<(&str, PathProblem)> {
    let alone = |name: &str| WinPath::new(format!(r"C:\{name}\x")).problem();
    path.names().find_map(|name| Some((name, alone(name)?)))
}

/// Every path of the project that a spec names, and where it is written.
fn paths(spec: &AppSpec) -> Vec<(KeyPath, &ProjectPath)> {
    let packages = &spec.python.packages;
    let single = [
        ("python.packages.requirements", &packages.requirements),
        ("python.packages.constraints", &packages.constraints),
    ];
    let single = single.into_iter();
    let mut found: Vec<_> = single
        .filter_map(|(key, path)| Some((KeyPath::of(key), path.as_ref()?)))
        .collect();
    let wheels = packages.wheels.iter().enumerate();
    found.extend(wheels.map(|(index, path)| {
        let place = KeyPath::of("python.packages.wheels").index(index);
        (place, path)
    }));
    found.extend(spec.static_files.iter().map(|(mount, files)| {
        let place = KeyPath::of("static").key(mount.as_str()).key("folder");
        (place, &files.folder)
    }));
    for (path, file) in &spec.local_files {
        let place = KeyPath::of("local-files").key(path.as_str());
        let template = file.template.as_ref();
        found.extend(template.map(|template| (place.key("template"), template)));
        found.push((place, path));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::found;

    #[test]
    fn names_are_judged_as_windows_does() {
        for (path, expected) in [
            ("a/../b", Some(("..", PathProblem::Dots))),
            ("a/Con", Some(("Con", PathProblem::Reserved))),
            (r"a\aux.txt", Some(("aux.txt", PathProblem::Reserved))),
            ("a./b", Some(("a.", PathProblem::TrailingDotOrBlank))),
            ("a/b ", Some(("b ", PathProblem::TrailingDotOrBlank))),
            ("./a/./b/", None),
            ("console/.hidden", None),
        ] {
            assert_eq!(faulty_name(&ProjectPath::new(path)), expected, "{path}");
        }
    }

    #[test]
    fn every_path_of_the_project_is_judged() {
        let rest = "
  packages: {requirements: ../a, constraints: nul, wheels: [ok.whl, prn/b.whl]}
static: {/s: {folder: s.}}
local-files: {'../c': {}, d: {template: ../e}}";
        assert_eq!(found(&RULE, rest.trim_start_matches('\n')).len(), 6);
    }

    #[test]
    fn the_root_counts_for_the_length() {
        let rest = |length| format!("static: {{/s: {{folder: {}}}}}", "x".repeat(length));
        assert_eq!(found(&RULE, &rest(246)).len(), 0);
        assert_eq!(found(&RULE, &rest(247)).len(), 1);
    }
}
