//! What keys and values must satisfy whatever the schema says.

use super::{ANCHOR, Composer, DUPLICATE_KEY, KEY_NOT_TEXT, MERGE_KEY, MISSING_VALUE, TAG};
use crate::source::Span;
use crate::syntax::lookalike;
use crate::syntax::node::{Node, Scalar, Value};

impl Composer<'_> {
    /// The whole file is this node.
    pub(super) fn root(&mut self, node: Node) {
        match &node.value {
            Value::Scalar(scalar) if is_null(scalar) => return,
            Value::Scalar(scalar) if scalar.is_plain() => {
                lookalike::in_key(self.source, node.span)
                    .into_iter()
                    .for_each(|found| self.refuse(found));
            }
            Value::Scalar(_) | Value::List(_) | Value::Mapping(_) => {}
        }
        self.tree = Some(node);
    }

    pub(super) fn key(&mut self, node: &Node) {
        let Value::Scalar(scalar) = &node.value else {
            self.refuse(not_text(node.span));
            self.await_value("", node.span);
            return;
        };
        if scalar.is_plain()
            && let Some(found) = lookalike::in_key(self.source, node.span)
        {
            self.refuse(found);
        }
        if scalar.is_plain() && scalar.text == "<<" {
            self.refuse(merge_key(node.span));
        } else if is_null(scalar) {
            self.refuse(not_text(node.span));
        }
        if let Some(earlier) = self.await_value(&scalar.text, node.span) {
            let problem = DUPLICATE_KEY
                .problem(format!("the key `{}` stands here twice", scalar.text))
                .at(node.span, "again")
                .with(earlier, "first here")
                .help("keep one of the two");
            self.refuse(problem);
        }
    }

    pub(super) fn check_value(&mut self, node: &Node, key: &str, key_span: Span) {
        if let Value::Scalar(scalar) = &node.value
            && is_null(scalar)
        {
            let help = match self.is_hidden_by_hash(key_span) {
                true => "put the value into quotes: `#` behind a blank begins a comment",
                false => {
                    "write a value behind the colon or remove the key; an empty text is `\"\"`"
                }
            };
            let problem = MISSING_VALUE
                .problem(format!("`{key}` has no value"))
                .at(key_span, "")
                .help(help);
            return self.refuse(problem);
        }
        self.check_text(node);
    }

    /// True for `COLOR: #fff`, where the value is a comment.
    fn is_hidden_by_hash(&self, key: Span) -> bool {
        let rest = self.source.text().get(key.end..).unwrap_or_default();
        let value = rest
            .strip_prefix(':')
            .map(|rest| rest.trim_start_matches(' '));
        let comment = value.and_then(|value| value.strip_prefix('#'));
        comment.is_some_and(|comment| comment.starts_with(|c: char| c.is_alphanumeric()))
    }

    pub(super) fn check_item(&mut self, node: &Node, number: usize) {
        if let Value::Scalar(scalar) = &node.value
            && is_null(scalar)
        {
            let problem = MISSING_VALUE
                .problem(format!("item {number} of the list has no value"))
                .at(self.visible(node.span), "")
                .help("write a value or remove the item; an empty text is `\"\"`");
            return self.refuse(problem);
        }
        self.check_text(node);
    }

    fn check_text(&mut self, node: &Node) {
        if let Value::Scalar(scalar) = &node.value
            && scalar.is_plain()
            && let Some(found) = lookalike::in_value(self.source, node.span)
        {
            self.refuse(found);
        }
    }

    /// One message for all anchors and aliases of a file: with the first gone, the others go too.
    pub(super) fn reference(&mut self, place: Span, what: &str) {
        if self
            .problems
            .iter()
            .any(|problem| problem.code == ANCHOR.code)
        {
            return;
        }
        let name = self.source.slice(place);
        let problem = ANCHOR
            .problem(format!("`{name}` is {what}, which is not allowed"))
            .at(place, "")
            .help(
                "write the value out where it is needed; quote a text that begins with `*` or `&`",
            );
        self.refuse(problem);
    }

    pub(super) fn tag(&mut self, tagged: bool, place: Span) {
        if tagged {
            let problem = TAG
                .problem(format!(
                    "`{}` is a tag, which is not allowed",
                    self.source.slice(place)
                ))
                .at(place, "")
                .help("remove it; quote a text that begins with `!`");
            self.refuse(problem);
        }
    }

    /// For a place without text, the character before it: the `-` of an item that is not there.
    fn visible(&self, span: Span) -> Span {
        let before = self.source.slice(Span::new(0, span.start)).trim_end();
        match before.chars().next_back() {
            Some(last) if span.is_empty() => {
                Span::new(before.len() - last.len_utf8(), before.len())
            }
            Some(_) | None => span,
        }
    }
}

/// What every YAML tool reads as "nothing".
fn is_null(scalar: &Scalar) -> bool {
    scalar.is_plain() && matches!(scalar.text.as_str(), "" | "~" | "null" | "Null" | "NULL")
}

fn not_text(span: Span) -> crate::diag::Diagnostic {
    KEY_NOT_TEXT
        .problem("a key must be a text")
        .at(span, "")
        .help("write `key: value`")
}

fn merge_key(span: Span) -> crate::diag::Diagnostic {
    MERGE_KEY
        .problem("the merge key `<<` is not allowed")
        .at(span, "")
        .help("write the keys out where they are needed")
}
