//! What one kind of problem is.

use crate::diag::{Code, Diagnostic, Level};
use crate::iisfile::View;
use crate::rules::{Document, Sink};

/// One kind of problem: its number, its name and its page.
///
/// Text and shape problems are described by the same record as those that a check function finds, so that
/// `iisc explain` knows them all.
#[derive(Debug)]
pub struct Rule {
    /// The number; never given to another problem.
    pub code: Code,
    /// The name, in lower-case words; reads well after "allow".
    pub slug: &'static str,
    /// How bad it is, unless the user says otherwise.
    pub level: Level,
    /// The page in Markdown: what is wrong, why it matters on IIS, a bad and a good file.
    pub page: &'static str,
    pub(crate) phase: Phase,
    /// True if nothing right can be built from a spec with this problem, so that it cannot be allowed.
    pub(crate) firm: bool,
}

/// When a kind of problem is looked for.
#[derive(Debug)]
pub(crate) enum Phase {
    /// While the text becomes a tree.
    Text,
    /// While the tree is compared with the schema.
    Shape,
    /// On the decoded spec.
    Meaning(fn(&Document<'_>, &mut Sink)),
    /// Between the applications of a file, and between files.
    Between,
    /// On one of IIS's own files.
    File(fn(&View<'_>, &mut Sink)),
    /// On IIS's own files together; a problem comes with the index of its file.
    Files(fn(&[View<'_>], &mut Vec<(usize, Diagnostic)>)),
}

impl Rule {
    /// A kind of problem that keeps a spec from being built, whatever its author says.
    pub(crate) const fn error(
        number: u16,
        slug: &'static str,
        page: &'static str,
        phase: Phase,
    ) -> Self {
        Self {
            code: Code::new(number),
            slug,
            level: Level::Error,
            page,
            phase,
            firm: true,
        }
    }

    /// A kind of problem that a spec can be built in spite of, if its author says why.
    pub(crate) const fn advice(
        number: u16,
        slug: &'static str,
        level: Level,
        page: &'static str,
        phase: Phase,
    ) -> Self {
        Self {
            code: Code::new(number),
            slug,
            level,
            page,
            phase,
            firm: false,
        }
    }

    /// The first heading of the page.
    #[must_use]
    pub fn title(&self) -> &'static str {
        let first = self.page.lines().next().unwrap_or_default();
        first.trim_start_matches('#').trim()
    }

    /// True for a kind of problem that a comment with a reason accepts. IIS's own files have no such comment.
    #[must_use]
    pub const fn can_be_ignored(&self) -> bool {
        match self.phase {
            Phase::Text | Phase::Shape | Phase::Meaning(_) | Phase::Between => !self.firm,
            Phase::File(_) | Phase::Files(_) => false,
        }
    }

    /// The first sentence of what the page says about allowing it.
    pub(crate) fn when_to_allow(&self) -> String {
        let section = self.page.split_once("## When to allow it\n\n");
        let lines = section.map_or("", |(_, rest)| rest).lines();
        let paragraph: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
        let text = paragraph.join(" ");
        let sentence = text.split(". ").next().unwrap_or_default();
        sentence.trim_end_matches('.').to_owned()
    }

    /// A problem of this kind.
    pub(crate) fn problem(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.code, self.level, message)
    }
}
