//! XPath 1.0: how a text stands in an expression.

/// A text as XPath writes it, which has two kinds of quotes and no escapes: `None` for a text with both.
#[must_use]
pub fn literal(text: &str) -> Option<String> {
    match (text.contains('\''), text.contains('"')) {
        (false, _) => Some(format!("'{text}'")),
        (true, false) => Some(format!("\"{text}\"")),
        (true, true) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_quoted_by_what_it_does_not_hold() {
        assert_eq!(literal("a\"b").as_deref(), Some("'a\"b'"));
        assert_eq!(literal("a'b").as_deref(), Some("\"a'b\""));
        assert_eq!(literal("'\""), None);
    }
}
