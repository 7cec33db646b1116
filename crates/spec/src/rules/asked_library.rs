//! The libraries that a spec asks for and that matter under IIS.

use super::Document;
use crate::diag::Diagnostic;
use crate::model;
use crate::pysource::{Concern, Library, Requirement, library, normalised};
use crate::source::Span;
use crate::syntax::KeyPath;

/// A library, and what asks for it.
pub(crate) struct Asked<'d> {
    pub(crate) library: &'static Library,
    /// Where the spec asks, or names the file that does.
    pub(crate) place: Span,
    /// What asks in that file.
    line: Option<&'d Requirement>,
}

/// The libraries that are surely installed and surely of concern.
pub(crate) fn asked<'d>(
    document: &'d Document<'_>,
    concern: fn(Concern) -> bool,
) -> Vec<Asked<'d>> {
    let evidence = document.evidence.iter();
    let path = KeyPath::of("python.packages");
    let file = document.tree.place(&path.key("requirements"));
    let in_file = evidence.flat_map(|evidence| evidence.requirements());
    let in_file = in_file.filter(|line| !line.is_conditional).map(|line| {
        let library = library(&line.name);
        (library, file, Some(line))
    });
    let extra = document.spec.python.packages.extra.iter().enumerate();
    let extra = extra.filter(|_| document.evidence.is_some());
    let extra = extra.map(|(index, one)| {
        let place = document.tree.place(&path.key("extra").index(index));
        (library(&name(one)), place, None)
    });
    in_file
        .chain(extra)
        .filter_map(|(library, place, line)| {
            let library = library?;
            (library.is_sure && concern(library.concern)).then_some(Asked {
                library,
                place,
                line,
            })
        })
        .collect()
}

fn name(requirement: &model::Requirement) -> String {
    let text = requirement.as_str();
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    normalised(
        text.split(|letter| !is_part(letter))
            .next()
            .unwrap_or_default(),
    )
}

/// `a` and `b`, each in backticks and once.
pub(crate) fn names(asked: &[Asked<'_>]) -> String {
    let mut names: Vec<String> = Vec::new();
    for one in asked {
        let name = format!("`{}`", one.library.name);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(" and ")
}

impl Diagnostic {
    /// Adds the lines of the requirements that ask for libraries.
    pub(crate) fn asked_by(self, asked: &[Asked<'_>]) -> Self {
        let lines = asked.iter().filter_map(|one| one.line);
        lines.fold(self, |problem, line| {
            problem.also(&line.source, line.span, "asks for it")
        })
    }
}
