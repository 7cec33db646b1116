//! What an `iisc-ignore` says.

use crate::source::{SourceFile, Span};

/// The word that such a comment begins with.
pub(super) const WORD: &str = "iisc-ignore";

/// One `# iisc-ignore CODE, CODE: reason`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Comment {
    /// The line it is about, from 1.
    pub(super) line: usize,
    /// The whole comment.
    pub(super) span: Span,
    pub(super) named: Vec<Named>,
    pub(super) has_reason: bool,
}

/// A code, or the name of one, and where it stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) text: String,
    pub(super) span: Span,
}

/// The comments of this kind among all comments of a file, which come in the order of the file.
pub(super) fn comments(source: &SourceFile, all: &[Span]) -> Vec<Comment> {
    let mut found = Vec::new();
    // The line that a comment alone on the line below is about.
    let mut below: Option<(usize, usize)> = None;
    for span in all.iter().rev() {
        let own = source.position(span.start).line;
        let line = match below {
            _ if !is_alone(source, own) => own,
            Some((next, about)) if next == own + 1 => about,
            Some(_) | None => own + 1,
        };
        below = is_alone(source, own).then_some((own, line));
        found.extend(read(source, *span, line));
    }
    found.reverse();
    found
}

/// True for a line with nothing before its comment.
fn is_alone(source: &SourceFile, line: usize) -> bool {
    source.line(line).trim_start().starts_with('#')
}

fn read(source: &SourceFile, span: Span, line: usize) -> Option<Comment> {
    let text = source.slice(span);
    let body = text
        .trim_start_matches(['#', ' ', '\t'])
        .strip_prefix(WORD)?;
    if body.starts_with(|c: char| c.is_alphanumeric() || c == '-') {
        return None;
    }
    let (codes, reason) = body.split_once(':').unwrap_or((body, ""));
    let mut at = span.end - body.len();
    let mut named = Vec::new();
    for part in codes.split(',') {
        let text = part.trim();
        let start = at + (part.len() - part.trim_start().len());
        at += part.len() + 1;
        if !text.is_empty() {
            named.push(Named {
                text: text.to_owned(),
                span: Span::new(start, start + text.len()),
            });
        }
    }
    Some(Comment {
        line,
        span,
        has_reason: !reason.trim().is_empty() && !named.is_empty(),
        named,
    })
}
