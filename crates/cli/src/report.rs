//! What a run of `iisc check` found, as the renderers see it.

use std::path::{Path, PathBuf};

use iisc_spec::{Checked, Code, Diagnostic, Level, Rule, SourceFile};

use crate::args::Deny;
use crate::disk::DiskError;
use crate::relative::relative;

/// What was found, and in what.
#[derive(Debug)]
pub(crate) struct Report {
    /// The files that could be read, in the order of their paths, with the problems that are left; their
    /// applications only if somebody asks for them.
    pub(crate) files: Vec<Checked>,
    /// What could not be read or written.
    pub(crate) failures: Vec<DiskError>,
    /// Problems that were solved.
    pub(crate) fixed: usize,
    /// Problems that a baseline lists, which are in `files` no longer.
    pub(crate) known: usize,
    /// The mildest level that makes the command fail.
    pub(crate) deny: Deny,
    /// The folder that paths are relative to for other machines.
    pub(crate) folder: PathBuf,
}

/// How many problems there are of each level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) notes: usize,
    /// Problems with a fix that keeps the meaning.
    pub(crate) safe: usize,
    /// Problems with another fix.
    pub(crate) to_review: usize,
}

impl Report {
    /// Every problem with its file.
    pub(crate) fn problems(&self) -> impl Iterator<Item = (&SourceFile, &Diagnostic)> {
        self.files.iter().flat_map(|checked| {
            let source = &*checked.source;
            checked.diagnostics.iter().map(move |found| (source, found))
        })
    }

    /// True if there is a problem that makes the command fail.
    pub(crate) fn is_denied(&self) -> bool {
        self.problems()
            .any(|(_, found)| self.deny.includes(found.level))
    }

    /// The numbers of the closing line.
    pub(crate) fn counts(&self) -> Counts {
        Counts::of(self.problems().map(|(_, found)| found))
    }

    /// A file's path for other machines.
    pub(crate) fn path(&self, name: &str) -> String {
        relative(Path::new(name), &self.folder)
    }
}

impl Counts {
    /// Counts some problems.
    pub(crate) fn of<'a>(problems: impl Iterator<Item = &'a Diagnostic>) -> Self {
        let mut counts = Self::default();
        for found in problems {
            match found.level {
                Level::Error => counts.errors += 1,
                Level::Warning => counts.warnings += 1,
                Level::Note => counts.notes += 1,
            }
            match &found.fix {
                Some(fix) if fix.safe => counts.safe += 1,
                Some(_) => counts.to_review += 1,
                None => {}
            }
        }
        counts
    }
}

/// The kind of problem that a code stands for.
pub(crate) fn rule(code: Code) -> Option<&'static Rule> {
    iisc_spec::CATALOGUE
        .iter()
        .copied()
        .find(|rule| rule.code == code)
}

/// The name of a kind of problem, such as `unknown-key`.
pub(crate) fn slug(code: Code) -> &'static str {
    rule(code).map_or("", |rule| rule.slug)
}
