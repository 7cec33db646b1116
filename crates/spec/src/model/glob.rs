//! File patterns as one regular expression in Python's dialect.

use super::Glob;

/// The expression that matches a path relative to the root, with backslashes between folders and in any case, if
/// it is included and not excluded. `None` if nothing is included.
pub(super) fn expression(include: &[Glob], exclude: &[Glob]) -> Option<String> {
    let included = alternatives(include)?;
    let excluded = alternatives(exclude).map_or_else(String::new, |it| format!("(?!{it}$)"));
    Some(format!("(?i){excluded}{included}$"))
}

fn alternatives(globs: &[Glob]) -> Option<String> {
    let each: Vec<String> = globs.iter().map(|glob| translated(glob.as_str())).collect();
    (!each.is_empty()).then(|| format!("(?:{})", each.join("|")))
}

fn translated(glob: &str) -> String {
    let names: Vec<&str> = glob.split('/').collect();
    let mut text = String::new();
    for (position, name) in names.iter().enumerate() {
        let last = position + 1 == names.len();
        match (*name, last) {
            ("**", true) => text.push_str(".*"),
            ("**", false) => text.push_str(r"(?:[^\\]+\\)*"),
            (name, _) => {
                name.chars().for_each(|c| push(&mut text, c));
                text.push_str(if last { "" } else { r"\\" });
            }
        }
    }
    text
}

fn push(text: &mut String, c: char) {
    match c {
        '*' => text.push_str(r"[^\\]*"),
        '?' => text.push_str(r"[^\\]"),
        c if c.is_alphanumeric() || c == '_' => text.push(c),
        c => {
            text.push('\\');
            text.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expression_of(include: &[&str], exclude: &[&str]) -> Option<String> {
        let globs = |texts: &[&str]| {
            texts
                .iter()
                .map(|text| Glob::new(*text))
                .collect::<Vec<_>>()
        };
        expression(&globs(include), &globs(exclude))
    }

    #[test]
    fn file_patterns_become_one_expression() {
        let text = expression_of(&["**/*.py", "local.cnf"], &["env/**"]).unwrap();
        assert_eq!(
            text,
            r"(?i)(?!(?:env\\.*)$)(?:(?:[^\\]+\\)*[^\\]*\.py|local\.cnf)$"
        );
        assert_eq!(expression_of(&["a?"], &[]).unwrap(), r"(?i)(?:a[^\\])$");
        assert_eq!(expression_of(&[], &["x"]), None);
    }

    #[test]
    fn python_compiles_what_comes_out() {
        let text = expression_of(&["**", "a b+(c)[d]/{e}$.py", "é-ü"], &["~x"]).unwrap();
        assert!(crate::pyregex::Pattern::parse(&text).is_ok(), "{text}");
    }
}
