//! What stands between tags: text, references, comments, declarations.

use super::read::{Builder, DOCUMENT_TYPE, MAX_PROBLEMS};
use super::reference::{Reference, reference, unknown_reference};
use crate::diag::Fix;
use crate::source::Span;
use crate::syntax::lookalike::{kind, report};

impl Builder<'_> {
    pub(super) fn characters(&mut self, start: usize, end: usize) {
        let text = self.text.get(start..end).unwrap_or_default();
        for (at, _) in text.match_indices('&').take(MAX_PROBLEMS) {
            self.problems.push(unknown_reference("&", start + at, 1));
        }
        if !text.contains('&') {
            self.outside(start, end);
        }
    }

    pub(super) fn reference(&mut self, start: usize, end: usize) {
        let text = self.text.get(start..end).unwrap_or_default();
        if let Reference::Unknown(length) = reference(text) {
            self.problems.push(unknown_reference(text, start, length));
        }
    }

    /// Text has a place only within an element.
    pub(super) fn outside(&mut self, start: usize, end: usize) {
        let text = self.text.get(start..end).unwrap_or_default();
        let blank = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
        let shown = text.trim_matches(blank);
        let Some(first) = shown.chars().next().filter(|_| self.open.is_empty()) else {
            return;
        };
        let at = start + text.len() - text.trim_start_matches(blank).len();
        if kind(first).is_some() && shown.chars().count() == 1 {
            let span = Span::new(at, at + first.len_utf8());
            let problem = report(at, first, "no text may stand outside of the elements");
            let problem = problem.help("remove it");
            self.problems
                .push(problem.fix(Fix::safe("remove it", span, "")));
            return;
        }
        let line = shown.lines().next().unwrap_or_default();
        self.problem(
            Span::new(at, at + line.len()),
            "text outside of the elements",
            "",
            "remove it",
        );
    }

    pub(super) fn comment(&mut self, start: usize, end: usize) {
        let text = self.text.get(start + 4..end - 3).unwrap_or_default();
        let hyphens = text
            .find("--")
            .or_else(|| text.ends_with('-').then(|| text.len() - 1));
        if let Some(at) = hyphens {
            let at = start + 4 + at;
            self.problem(
                Span::new(at, at + 2),
                "two hyphens in a comment",
                "not allowed before the comment's end",
                "write one hyphen, or a blank between the two",
            );
        }
    }

    pub(super) fn declaration(&mut self, start: usize) {
        if start > 0 {
            let span = Span::new(start, start + "<?xml".len());
            self.problem(
                span,
                "the XML declaration is not at the start of the file",
                "nothing may stand before it, not even a blank",
                "remove what stands before it",
            );
        }
    }

    pub(super) fn document_type(&mut self, start: usize, end: usize) {
        let text = self.text.get(start..end).unwrap_or_default();
        let is_page = text.to_ascii_lowercase().contains("html");
        let (message, help) = match is_page {
            true => (
                "this is a web page, not a configuration file",
                "save the file itself instead of the page that shows it",
            ),
            false => (
                "a document type declaration has no place here",
                "remove it, and write characters instead of entities",
            ),
        };
        let line = text.lines().next().unwrap_or_default();
        self.problems.push(
            DOCUMENT_TYPE
                .problem(message)
                .at(Span::new(start, start + line.len()), "")
                .help(help),
        );
        self.is_over = true;
    }
}
