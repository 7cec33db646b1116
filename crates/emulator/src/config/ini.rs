//! Reads a file of sections and pairs, as the FastCGI extension of IIS 6 does (section 4.2 of the IIS fact sheet).

use std::path::Path;

use super::file::{BUILD_AGAIN, LoadError};

/// A section with its pairs, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) pairs: Vec<Pair>,
}

/// A pair, without the blanks around its halves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) key: String,
    pub(super) value: String,
    pub(super) line: usize,
}

/// Reads all sections.
pub(super) fn read(path: &Path, text: &str) -> Result<Vec<Section>, LoadError> {
    let mut sections: Vec<Section> = Vec::new();
    for (at, text) in text.lines().enumerate() {
        let line = at + 1;
        let error = |message: &str| LoadError::new(path, Some(line), message, BUILD_AGAIN);
        let content = text.trim();
        if content.is_empty() || text.starts_with(';') {
            continue;
        }
        if let Some(header) = content.strip_prefix('[') {
            let name = header
                .strip_suffix(']')
                .ok_or_else(|| error("the header of a section has no `]` at its end"))?;
            sections.push(Section {
                name: name.trim().to_owned(),
                line,
                pairs: Vec::new(),
            });
            continue;
        }
        let (key, value) = content
            .split_once('=')
            .ok_or_else(|| error("the line is no section, pair or comment"))?;
        let section = sections
            .last_mut()
            .ok_or_else(|| error("a pair stands before the first section"))?;
        section.pairs.push(Pair {
            key: key.trim().to_owned(),
            value: value.trim().to_owned(),
            line,
        });
    }
    Ok(sections)
}

/// The variables in a value of `EnvironmentVars` (section 4.5 of the IIS fact sheet); `None` if a part has no colon.
///
/// `/` takes the meaning from the comma or slash behind it, and a value may stand in double quotes.
pub(super) fn environment_vars(text: &str) -> Option<Vec<(String, String)>> {
    let mut parts = vec![String::new()];
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, parts.last_mut()) {
            ('/', Some(part)) => {
                let escaped = characters.next_if(|next| matches!(next, ',' | '/'));
                part.push(escaped.unwrap_or('/'));
            }
            (',', _) | (_, None) => parts.push(String::new()),
            (other, Some(part)) => part.push(other),
        }
    }
    let variable = |part: &String| {
        let (name, value) = part.split_once(':')?;
        let quoted = value
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'));
        Some((name.trim().to_owned(), quoted.unwrap_or(value).to_owned()))
    };
    parts.iter().map(variable).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_and_pairs_are_read() {
        let text = "; note\r\n\r\n[Types]\r\n * = shop \r\n[ shop ]\r\nArguments=-m x ; y=z\r\n";
        let sections = read(Path::new("fcgiext.ini"), text).unwrap();
        let expected = [
            ("Types", 3, vec![("*", "shop", 4)]),
            ("shop", 5, vec![("Arguments", "-m x ; y=z", 6)]),
        ];
        let read: Vec<_> = sections
            .iter()
            .map(|section| {
                let pairs = section.pairs.iter();
                let pairs = pairs.map(|it| (it.key.as_str(), it.value.as_str(), it.line));
                (section.name.as_str(), section.line, pairs.collect())
            })
            .collect();
        assert_eq!(read, expected);
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        for (text, line, message) in [
            ("\na=b", 2, "before the first section"),
            ("[Types", 1, "no `]`"),
            ("[Types] x", 1, "no `]`"),
            ("[Types]\nx", 2, "no section, pair or comment"),
        ] {
            let error = read(Path::new("fcgiext.ini"), text).unwrap_err();
            assert!(error.message().contains(message), "{error}");
            assert_eq!(error.line(), Some(line), "{error}");
        }
    }

    #[test]
    fn variables_are_taken_apart() {
        let variables = |text: &str| {
            environment_vars(text).map(|variables| {
                let pairs = variables.into_iter();
                pairs.map(|(a, b)| format!("{a} {b}")).collect::<Vec<_>>()
            })
        };
        for (text, expected) in [
            (r"A:D:\a,B:b", vec![r"A D:\a", "B b"]),
            ("SCRIPT_NAME://app1", vec!["SCRIPT_NAME /app1"]),
            ("R:{2/,3},B:a//b", vec!["R {2,3}", "B a/b"]),
            (r#"A:"b c",D:"e/,f""#, vec!["A b c", "D e,f"]),
            ("A:a/b", vec!["A a/b"]),
        ] {
            assert_eq!(variables(text).unwrap(), expected, "{text}");
        }
        assert_eq!(variables("A:b,C"), None);
    }
}
