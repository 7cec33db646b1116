//! `fcgiext.ini`: sections of pairs, as the strictest reader of such files takes them (`fcgiconfig.js`).

use super::Unsayable;
use crate::sources::{self, Source};

/// A file of sections, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ini {
    sections: Vec<Section>,
}

/// A section: its name, and pairs in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    comment: Option<&'static str>,
    name: String,
    pairs: Vec<(String, String)>,
    sources: Vec<Source>,
}

impl Section {
    /// A section without pairs.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            comment: None,
            name: name.into(),
            pairs: Vec::new(),
            sources: Vec::new(),
        }
    }

    /// Puts a comment above the section.
    #[must_use]
    pub const fn comment(mut self, comment: &'static str) -> Self {
        self.comment = Some(comment);
        self
    }

    /// Says what in the spec made the section, in a comment before it.
    #[must_use]
    pub fn from(mut self, sources: Vec<Source>) -> Self {
        self.sources = sources;
        self
    }

    /// Adds a pair.
    #[must_use]
    pub fn pair(mut self, key: impl Into<String>, value: impl ToString) -> Self {
        self.pairs.push((key.into(), value.to_string()));
        self
    }
}

impl Ini {
    /// Adds a section.
    #[must_use]
    pub fn section(mut self, section: Section) -> Self {
        self.sections.push(section);
        self
    }

    /// The file, with a comment above it.
    ///
    /// # Errors
    /// A name, key or value that a reader would cut or take for something else (C20): the format has no
    /// quoting of its own.
    pub fn print(&self, comment: &'static str) -> Result<String, Unsayable> {
        let mut text = format!("; {comment}\n");
        for section in &self.sections {
            text.push('\n');
            let made_from = sources::comment(&section.sources);
            for comment in section
                .comment
                .map(str::to_owned)
                .into_iter()
                .chain(made_from)
            {
                text.push_str(&format!("; {comment}\n"));
            }
            text.push_str(&format!("[{}]\n", checked(&section.name, &['[', ']'])?));
            for (key, value) in &section.pairs {
                text.push_str(&format!("{}={}\n", checked_key(key)?, checked(value, &[])?));
            }
        }
        Ok(text)
    }
}

fn checked_key(key: &str) -> Result<&str, Unsayable> {
    if key.starts_with([';', '[']) {
        return Err(unsayable(key, "it would begin a comment or a section"));
    }
    checked(key, &['=', ' '])
}

fn checked<'a>(text: &'a str, forbidden: &[char]) -> Result<&'a str, Unsayable> {
    if text.trim().is_empty() {
        return Err(unsayable(text, "an empty value is an error to its reader"));
    }
    if text.trim() != text {
        return Err(unsayable(text, "blanks at its ends would be lost"));
    }
    if text
        .chars()
        .any(|c| c.is_control() || forbidden.contains(&c))
    {
        return Err(unsayable(text, "a character in it would end the value"));
    }
    Ok(text)
}

fn unsayable(value: &str, reason: &'static str) -> Unsayable {
    Unsayable {
        format: "fcgiext.ini",
        value: value.to_owned(),
        reason,
    }
}

/// The value of `EnvironmentVars`: `NAME:value` pairs, separated by commas.
///
/// `/` escapes a comma and itself, a value with a blank stands in double quotes, and for a double quote there
/// is no escape, nor any sure meaning of an empty value (iis.md 4.5); the rule for IIS 6 environments refuses
/// both.
///
/// # Errors
/// A value that is empty or has a double quote in it.
pub fn environment_vars(variables: &[(String, String)]) -> Result<String, Unsayable> {
    let pair = |(name, value): &(String, String)| {
        if value.is_empty() || value.contains('"') {
            return Err(unsayable(
                value,
                "an empty value, or a double quote in one, has no spelling",
            ));
        }
        let escaped = value.replace('/', "//").replace(',', "/,");
        let blank = escaped.contains(char::is_whitespace);
        Ok(if blank {
            format!("{name}:\"{escaped}\"")
        } else {
            format!("{name}:{escaped}")
        })
    };
    Ok(variables
        .iter()
        .map(pair)
        .collect::<Result<Vec<_>, _>>()?
        .join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(section: Section) -> Result<String, Unsayable> {
        Ini::default().section(section).print("note")
    }

    #[test]
    fn sections_and_pairs_are_printed_in_order() {
        let text = print(Section::new("Types").pair("*:1", "shop").pair("py", "shop"));
        assert_eq!(text.unwrap(), "; note\n\n[Types]\n*:1=shop\npy=shop\n");
    }

    #[test]
    fn what_a_reader_would_take_for_something_else_is_refused() {
        for section in [
            Section::new("a]b"),
            Section::new(""),
            Section::new("a").pair("k=", "v"),
            Section::new("a").pair(";k", "v"),
            Section::new("a").pair("[k", "v"),
            Section::new("a").pair("k", ""),
            Section::new("a").pair("k", " v"),
            Section::new("a").pair("k", "v\nl=w"),
            Section::new("a").pair("k", "v\0"),
        ] {
            assert!(print(section.clone()).is_err(), "{section:?}");
        }
    }

    #[test]
    fn environment_values_are_escaped_as_documented() {
        let variable = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let variables = [
            variable("A", r"C:\x"),
            variable("B", "/app1"),
            variable("C", "{2,3}"),
            variable("D", "a b,c"),
        ];
        assert_eq!(
            environment_vars(&variables).unwrap(),
            r#"A:C:\x,B://app1,C:{2/,3},D:"a b/,c""#
        );
        assert!(environment_vars(&[variable("A", "")]).is_err());
        assert!(environment_vars(&[variable("A", "\"")]).is_err());
    }
}
