//! `${NAME}` in a text.

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    /// The name in a `${NAME}`, which begins at this byte of the text.
    Variable {
        name: &'a str,
        at: usize,
    },
}

/// True for a text in which a variable stands.
pub(crate) fn is_placeholder(text: &str) -> bool {
    text.contains("${")
        && pieces(text)
            .iter()
            .any(|piece| matches!(piece, Piece::Variable { .. }))
}

/// Takes a text apart. `$${` stands for `${` itself, and a `${` without a name or an end is ordinary text, since
/// patterns may contain one.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut done = 0;
    let mut search = 0;
    while let Some(at) = text
        .get(search..)
        .and_then(|rest| rest.find("${"))
        .map(|at| search + at)
    {
        let name = name_at(text, at + 2);
        let escaped = at > done && text.get(..at).is_some_and(|before| before.ends_with('$'));
        search = at + 2;
        if escaped {
            // The first `$` of `$${` is dropped.
            push_text(&mut found, text.get(done..at - 1));
            done = at;
        } else if let Some(name) = name {
            push_text(&mut found, text.get(done..at));
            found.push(Piece::Variable { name, at });
            done = at + name.len() + 3;
            search = done;
        }
    }
    push_text(&mut found, text.get(done..));
    found
}

fn push_text<'a>(found: &mut Vec<Piece<'a>>, text: Option<&'a str>) {
    found.extend(text.filter(|text| !text.is_empty()).map(Piece::Text));
}

/// The name from a byte on, if `}` closes it.
fn name_at(text: &str, start: usize) -> Option<&str> {
    let rest = text.get(start..)?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
    let (name, behind) = rest.split_at_checked(end)?;
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    (begins && behind.starts_with('}')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::Piece::{Text, Variable};
    use super::*;

    #[test]
    fn variables_are_told_from_text() {
        assert_eq!(pieces("a"), [Text("a")]);
        assert_eq!(pieces(""), []);
        assert_eq!(
            pieces(r"${A}\x${B_1}"),
            [
                Variable { name: "A", at: 0 },
                Text(r"\x"),
                Variable { name: "B_1", at: 6 },
            ]
        );
    }

    #[test]
    fn what_is_no_variable_stays_text() {
        for text in ["$A", "${", "${}", "${1}", "${a b}", "%A%", "x{2}$"] {
            assert_eq!(pieces(text), [Text(text)], "{text}");
            assert!(!is_placeholder(text));
        }
        assert_eq!(pieces("$${A}b"), [Text("${A}b")]);
        assert_eq!(pieces("x$${A}"), [Text("x"), Text("${A}")]);
    }
}
