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

impl LoadError {
    /// A mistake at a line of a file, or of the file as a whole.
    pub(super) fn new(
        file: &Path,
        line: Option<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            file: file.to_owned(),
            line,
            message: message.into(),
            help: help.into(),
        }
    }
}

/// The bytes of a file that must be there.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, LoadError> {
    std::fs::read(path).map_err(|error| {
        let message = format!("the file cannot be read: {error}");
        LoadError::new(path, None, message, BUILD_AGAIN)
    })
}

/// A configuration file that has been read.
#[derive(Debug)]
pub(super) struct ConfigFile {
    path: PathBuf,
    root: Element,
}

impl ConfigFile {
    pub(super) fn read(path: PathBuf) -> Result<Self, LoadError> {
        let bytes = read_bytes(&path)?;
        Self::parse(path, &bytes).and_then(|file| match file.root.name.as_str() {
            "configuration" => Ok(file),
            _ => Err(file.lacks("the top-level element is not `configuration`")),
        })
    }

    pub(super) fn parse(path: PathBuf, bytes: &[u8]) -> Result<Self, LoadError> {
        match xml::parse(bytes) {
            Ok(root) => Ok(Self { path, root }),
            Err(error) => Err(LoadError::new(
                &path,
                Some(error.line),
                error.message,
                BUILD_AGAIN,
            )),
        }
    }

    /// The elements at the end of a chain of names below `configuration`.
    pub(super) fn elements<'a>(&'a self, chain: &[&'a str]) -> impl Iterator<Item = &'a Element> {
        below(&self.root, chain)
    }

    /// The `system.webServer` elements that are meant for exactly this path, outside or within a `location`.
    pub(super) fn web_servers<'a>(&'a self, path: &str) -> impl Iterator<Item = &'a Element> {
        let own = is_same_path(path, "").then_some(&self.root);
        let locations = self.root.children_named("location");
        let locations =
            locations.filter(move |location| is_same_path(location_path(location), path));
        own.into_iter()
            .chain(locations)
            .flat_map(|element| element.children_named("system.webServer"))
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// The paths of all `location` elements, without slashes at their ends.
    pub(super) fn location_paths(&self) -> impl Iterator<Item = &str> {
        self.root.children_named("location").map(location_path)
    }

    /// A mistake in an element.
    pub(super) fn error(
        &self,
        element: &Element,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> LoadError {
        LoadError::new(&self.path, Some(element.line), message, help)
    }

    /// Something that the file as a whole lacks.
    pub(super) fn lacks(&self, message: impl Into<String>) -> LoadError {
        LoadError::new(&self.path, None, message, BUILD_AGAIN)
    }

    /// The attributes of an element, read by the types of IIS's schema.
    pub(super) const fn attributes<'a>(&'a self, element: &'a Element) -> Attributes<'a> {
        Attributes {
            file: self,
            element,
        }
    }
}

/// The elements at the end of a chain of names below an element.
pub(super) fn below<'a>(
    element: &'a Element,
    chain: &[&'a str],
) -> impl Iterator<Item = &'a Element> + use<'a> {
    let mut found = vec![element];
    for name in chain {
        found = found
            .iter()
            .flat_map(|element| element.children_named(name))
            .collect();
    }
    found.into_iter()
}

/// The seconds in a time of the schema.
fn seconds(text: &str) -> Option<u64> {
    let (days, time) = text.split_once('.').unwrap_or(("0", text));
    let mut parts = time.split(':').map(str::parse::<u64>);
    let (hours, minutes, seconds) = (parts.next()?, parts.next()?, parts.next()?);
    let hours = days
        .parse::<u64>()
        .ok()?
        .checked_mul(24)?
        .checked_add(hours.ok()?)?;
    let minutes = hours.checked_mul(60)?.checked_add(minutes.ok()?)?;
    let seconds = minutes.checked_mul(60)?.checked_add(seconds.ok()?)?;
    parts.next().is_none().then_some(seconds)
}

/// The path of a `location`; `.` is the file's own level, as the empty path is (section 3.4 of the IIS fact sheet).
fn location_path(location: &Element) -> &str {
    let path = location.attribute("path").unwrap_or_default();
    match path.trim_matches('/') {
        "." => "",
        path => path,
    }
}

fn is_same_path(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
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

    /// `true` or `false`; `default` if the attribute is absent.
    pub(super) fn bool(self, name: &str, default: bool) -> Result<bool, LoadError> {
        self.one_of(name, default, &[("true", true), ("false", false)])
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

    /// Seconds of a `[days.]hours:minutes:seconds`; `default` if the attribute is absent.
    pub(super) fn time_span(self, name: &str, default: u64) -> Result<u64, LoadError> {
        let Some(text) = self.element.attribute(name) else {
            return Ok(default);
        };
        seconds(text).ok_or_else(|| {
            self.wrong(
                name,
                text,
                "write `[days.]hours:minutes:seconds`, such as `7.00:00:00`",
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

    /// A mistake in the value of an attribute.
    pub(super) fn wrong(self, name: &str, text: &str, help: &str) -> LoadError {
        self.file
            .error(self.element, format!("`{name}` is `{text}`"), help)
    }
}
