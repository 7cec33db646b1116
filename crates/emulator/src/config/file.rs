//! One configuration file: reading it, finding sections, and telling where a mistake stands.

use std::fmt;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use iisc_gateway_core::xml::{self, Element};

/// Why the artifacts cannot be played, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    file: PathBuf,
    line: Option<usize>,
    message: String,
    help: String,
}

impl LoadError {
    /// The file that the mistake is in.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// The line of the mistake, from 1; `None` if it concerns the file as a whole.
    #[must_use]
    pub const fn line(&self) -> Option<usize> {
        self.line
    }

    /// What is wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &str {
        &self.help
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        write!(f, ": {}; {}", self.message, self.help)
    }
}

impl std::error::Error for LoadError {}

/// What helps against every mistake in a generated file.
pub(super) const BUILD_AGAIN: &str = "build the artifacts again with `iisc build`";

/// A configuration file that has been read.
#[derive(Debug)]
pub(super) struct ConfigFile {
    path: PathBuf,
    root: Element,
}

impl ConfigFile {
    pub(super) fn read(path: PathBuf) -> Result<Self, LoadError> {
        let whole = |path: &Path, message: String| LoadError {
            file: path.to_owned(),
            line: None,
            message,
            help: BUILD_AGAIN.to_owned(),
        };
        let bytes = std::fs::read(&path)
            .map_err(|error| whole(&path, format!("the file cannot be read: {error}")))?;
        Self::parse(path.clone(), &bytes).and_then(|file| match file.root.name.as_str() {
            "configuration" => Ok(file),
            _ => Err(whole(
                &path,
                "the top-level element is not `configuration`".to_owned(),
            )),
        })
    }

    pub(super) fn parse(path: PathBuf, bytes: &[u8]) -> Result<Self, LoadError> {
        match xml::parse(bytes) {
            Ok(root) => Ok(Self { path, root }),
            Err(error) => Err(LoadError {
                file: path,
                line: Some(error.line),
                message: error.message,
                help: BUILD_AGAIN.to_owned(),
            }),
        }
    }

    /// The elements at the end of a chain of names below `configuration`.
    pub(super) fn elements<'a>(&'a self, chain: &[&'a str]) -> impl Iterator<Item = &'a Element> {
        let mut found = vec![&self.root];
        for name in chain {
            found = found
                .iter()
                .flat_map(|element| element.children_named(name))
                .collect();
        }
        found.into_iter()
    }

    /// A mistake in an element.
    pub(super) fn error(
        &self,
        element: &Element,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> LoadError {
        LoadError {
            file: self.path.clone(),
            line: Some(element.line),
            message: message.into(),
            help: help.into(),
        }
    }

    /// Something that the file as a whole lacks.
    pub(super) fn lacks(&self, message: impl Into<String>) -> LoadError {
        LoadError {
            line: None,
            ..self.error(&self.root, message, BUILD_AGAIN)
        }
    }

    /// The attributes of an element, read by the types of IIS's schema.
    pub(super) const fn attributes<'a>(&'a self, element: &'a Element) -> Attributes<'a> {
        Attributes {
            file: self,
            element,
        }
    }
}

/// The attributes of one element.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attributes<'a> {
    file: &'a ConfigFile,
    element: &'a Element,
}

impl<'a> Attributes<'a> {
    /// A string that the schema requires to be there and not empty.
    pub(super) fn required(self, name: &str) -> Result<&'a str, LoadError> {
        self.element
            .attribute(name)
            .filter(|text| !text.is_empty())
            .ok_or_else(|| {
                let message = format!("`{}` lacks the attribute `{name}`", self.element.name);
                self.file.error(self.element, message, BUILD_AGAIN)
            })
    }

    /// A string with the empty string as its default.
    pub(super) fn text(self, name: &str) -> &'a str {
        self.element.attribute(name).unwrap_or_default()
    }

    /// A whole number; `default` if the attribute is absent.
    pub(super) fn number(
        self,
        name: &str,
        default: u64,
        range: RangeInclusive<u64>,
    ) -> Result<u64, LoadError> {
        let Some(text) = self.element.attribute(name) else {
            return Ok(default);
        };
        text.parse()
            .ok()
            .filter(|number| range.contains(number))
            .ok_or_else(|| {
                let (from, to) = range.into_inner();
                self.wrong(
                    name,
                    text,
                    &format!("write a whole number from {from} to {to}"),
                )
            })
    }

    /// One of the names that the schema lists, compared without case (iis.md 2.1); the first is the default.
    pub(super) fn one_of<T: Copy>(
        self,
        name: &str,
        default: T,
        values: &[(&str, T)],
    ) -> Result<T, LoadError> {
        let Some(text) = self.element.attribute(name) else {
            return Ok(default);
        };
        let found = values
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(text));
        found.map(|(_, value)| *value).ok_or_else(|| {
            let known: Vec<_> = values
                .iter()
                .map(|(known, _)| format!("`{known}`"))
                .collect();
            self.wrong(name, text, &format!("write {}", known.join(" or ")))
        })
    }

    /// Refuses attributes outside the schema, as IIS does with 500.19.
    pub(super) fn refuse_others(self, known: &[&str]) -> Result<(), LoadError> {
        let mut names = self
            .element
            .attributes
            .iter()
            .map(|(name, _)| name.as_str());
        let Some(other) = names.find(|name| !known.contains(name)) else {
            return Ok(());
        };
        let message = format!("`{}` has no attribute `{other}`", self.element.name);
        let help = format!("its attributes are `{}`", known.join("`, `"));
        Err(self.file.error(self.element, message, help))
    }

    fn wrong(self, name: &str, text: &str, help: &str) -> LoadError {
        self.file
            .error(self.element, format!("`{name}` is `{text}`"), help)
    }
}
