//! A problem's solution as edits of the text.

use std::collections::BTreeMap;

use crate::source::Span;

/// Edits that solve a problem.
///
/// The user's file is only ever changed in these places, so that comments and order survive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What the edits do, as an order: "write a straight quote".
    pub title: String,
    /// Replacements that do not overlap.
    pub edits: Vec<Edit>,
    /// True if the meaning stays what the user intended beyond doubt; `iisc check --fix` applies only such.
    pub safe: bool,
}

/// One replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Fix {
    /// A fix that keeps the meaning.
    #[must_use]
    pub fn safe(title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        Self::of(title, span, text, true)
    }

    /// A fix that a person should look at, because it rests on a guess.
    #[must_use]
    pub fn to_review(title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        Self::of(title, span, text, false)
    }

    fn of(title: impl Into<String>, span: Span, text: impl Into<String>, safe: bool) -> Self {
        let edit = Edit {
            span,
            text: text.into(),
        };
        Self {
            title: title.into(),
            edits: vec![edit],
            safe,
        }
    }

    /// Adds another replacement, which must not overlap the others.
    #[must_use]
    pub fn and(mut self, span: Span, text: impl Into<String>) -> Self {
        self.edits.push(Edit {
            span,
            text: text.into(),
        });
        self
    }

    /// The text with the edits of some fixes in it, and how many of the fixes were applied.
    ///
    /// A fix is applied whole or not at all; one that touches what an earlier one has changed waits for
    /// another round.
    #[must_use]
    pub fn apply<'a>(text: &str, fixes: impl IntoIterator<Item = &'a Self>) -> (String, usize) {
        let mut chosen: BTreeMap<Span, &str> = BTreeMap::new();
        let mut applied = 0;
        for fix in fixes {
            let known = |edit: &Edit| text.get(edit.span.range()).is_some();
            let free = |edit: &Edit| is_free(edit.span, &chosen);
            if fix.edits.iter().all(|edit| known(edit) && free(edit)) {
                let edits = fix.edits.iter();
                chosen.extend(edits.map(|edit| (edit.span, edit.text.as_str())));
                applied += 1;
            }
        }
        (edited(text, &chosen), applied)
    }
}

/// True for a place that no edit touches. As those that are chosen lie apart, the two beside it tell.
fn is_free(span: Span, chosen: &BTreeMap<Span, &str>) -> bool {
    let before = chosen.range(..span).next_back();
    let behind = chosen.range(span..).next();
    let mut beside = before.into_iter().chain(behind);
    beside.all(|(other, _)| apart(span, *other))
}

/// Two insertions at one place are not apart: their order would be a guess.
fn apart(one: Span, other: Span) -> bool {
    one != other && (one.end <= other.start || other.end <= one.start)
}

fn edited(text: &str, edits: &BTreeMap<Span, &str>) -> String {
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for (span, new) in edits {
        result.push_str(text.get(done..span.start).unwrap_or_default());
        result.push_str(new);
        done = span.end;
    }
    result.push_str(text.get(done..).unwrap_or_default());
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_made_in_the_order_of_the_text() {
        let one = Fix::safe("", Span::new(4, 5), "X").and(Span::empty(0), ">");
        let other = Fix::to_review("", Span::new(2, 3), "");
        assert_eq!(Fix::apply("a b c", [&one, &other]), (">a  X".into(), 2));
    }

    #[test]
    fn a_fix_is_applied_whole_or_not_at_all() {
        let one = Fix::safe("", Span::new(0, 2), "X");
        let other = Fix::safe("", Span::new(1, 3), "Y").and(Span::empty(3), "Z");
        assert_eq!(Fix::apply("abc", [&one, &other]), ("Xc".into(), 1));
        let outside = Fix::safe("", Span::new(2, 9), "X");
        assert_eq!(Fix::apply("abc", [&outside]), ("abc".into(), 0));
    }
}
