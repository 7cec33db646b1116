//! One entry of `handlers`: which module answers which URL.

use super::file::{ConfigFile, LoadError};
use iisc_gateway_core::xml::Element;

/// The module that runs FastCGI applications; the schema compares it with case (iis.md 2.3).
const FASTCGI_MODULE: &str = "FastCgiModule";
/// The module that sends files.
const STATIC_FILE_MODULE: &str = "StaticFileModule";
/// The module that answers for a folder with a file in it.
const DEFAULT_DOCUMENT_MODULE: &str = "DefaultDocumentModule";

/// One entry of `handlers`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Handler {
    pub(crate) name: String,
    /// `*`, `*.ext` or a path.
    pub(crate) path: String,
    /// `*` or a list such as `GET,HEAD`.
    pub(crate) verb: String,
    /// One module, or a list of them.
    pub(crate) modules: String,
    /// `fullPath` or `fullPath|arguments`.
    pub(crate) script_processor: String,
    /// The section of `fcgiext.ini` that takes the place of the pair's comparison on IIS 6.
    pub(crate) section: Option<String>,
    /// What must be there under the URL.
    pub(crate) resource: ResourceType,
    pub(crate) requires: Access,
    /// Bytes that are collected before the first one goes to the client; 0 streams (iis.md 6.5).
    pub(crate) response_buffer_limit: usize,
}

/// What a handler wants to be there under the URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResourceType {
    File,
    Directory,
    Either,
    Unspecified,
}

/// What is there under a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    File,
    Directory,
    Nothing,
}

impl ResourceType {
    fn fits(self, kind: impl Fn() -> Kind) -> bool {
        match self {
            Self::File => kind() == Kind::File,
            Self::Directory => kind() == Kind::Directory,
            Self::Either => kind() != Kind::Nothing,
            Self::Unspecified => true,
        }
    }
}

/// The kind of permission that a handler needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    None,
    Read,
    Write,
    Script,
    Execute,
}

pub(super) const ACCESS: [(&str, Access); 5] = [
    ("None", Access::None),
    ("Read", Access::Read),
    ("Write", Access::Write),
    ("Script", Access::Script),
    ("Execute", Access::Execute),
];

const RESOURCE_TYPES: [(&str, ResourceType); 4] = [
    ("Unspecified", ResourceType::Unspecified),
    ("File", ResourceType::File),
    ("Directory", ResourceType::Directory),
    ("Either", ResourceType::Either),
];

/// The longest collected response unless the handler says otherwise.
pub(super) const RESPONSE_BUFFER_LIMIT: u64 = 4_194_304;

impl Handler {
    /// The handler that a server has behind all others: it sends files.
    pub(super) fn stock() -> Self {
        Self {
            name: "StaticFile".to_owned(),
            modules: format!(
                "{STATIC_FILE_MODULE},{DEFAULT_DOCUMENT_MODULE},DirectoryListingModule"
            ),
            resource: ResourceType::Either,
            requires: Access::Read,
            ..Self::wildcard(String::new())
        }
    }

    /// A handler that takes everything for a FastCGI application.
    pub(super) fn wildcard(script_processor: String) -> Self {
        Self {
            name: "*".to_owned(),
            path: "*".to_owned(),
            verb: "*".to_owned(),
            modules: FASTCGI_MODULE.to_owned(),
            script_processor,
            section: None,
            resource: ResourceType::Unspecified,
            requires: Access::Script,
            response_buffer_limit: usize::try_from(RESPONSE_BUFFER_LIMIT).unwrap_or(usize::MAX),
        }
    }

    pub(crate) fn is_fastcgi(&self) -> bool {
        self.modules == FASTCGI_MODULE
    }

    pub(crate) fn sends_files(&self) -> bool {
        self.has_module(STATIC_FILE_MODULE)
    }

    pub(crate) fn has_default_documents(&self) -> bool {
        self.has_module(DEFAULT_DOCUMENT_MODULE)
    }

    fn has_module(&self, name: &str) -> bool {
        self.modules.split(',').any(|module| module.trim() == name)
    }

    /// True if the handler takes a request; `below` is the URL path below the application, without the
    /// leading `/`, and `kind` finds out what is there.
    pub(super) fn takes(&self, method: &str, below: &str, kind: impl Fn() -> Kind) -> bool {
        let verb = self.verb == "*" || self.verb.split(',').any(|verb| verb.trim() == method);
        // A pattern without a folder is meant for the last segment, wherever it lies.
        let subject = match self.path.contains('/') {
            true => below,
            false => below.rsplit('/').next().unwrap_or_default(),
        };
        let pattern = self.path.strip_prefix('/').unwrap_or(&self.path);
        let path = || matches(&pattern.to_lowercase(), &subject.to_lowercase());
        verb && path() && self.resource.fits(kind)
    }
}

/// True if the text has the form of the pattern, in which `*` stands for any characters.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(text) = text.strip_prefix(start) else {
        return false;
    };
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    ends.filter_map(|at| text.get(at..))
        .any(|tail| matches(rest, tail))
}

/// Reads one `add`.
pub(super) fn read(file: &ConfigFile, element: &Element) -> Result<Handler, LoadError> {
    let attributes = file.attributes(element);
    let limit = attributes.number(
        "responseBufferLimit",
        RESPONSE_BUFFER_LIMIT,
        0..=u32::MAX.into(),
    )?;
    Ok(Handler {
        name: attributes.required("name")?.to_owned(),
        path: attributes.required("path")?.to_owned(),
        verb: attributes.required("verb")?.to_owned(),
        modules: element
            .attribute("modules")
            .unwrap_or("ManagedPipelineHandler")
            .to_owned(),
        script_processor: attributes.text("scriptProcessor").to_owned(),
        section: None,
        resource: attributes.one_of("resourceType", ResourceType::Unspecified, &RESOURCE_TYPES)?,
        requires: attributes.one_of("requireAccess", Access::Script, &ACCESS)?,
        response_buffer_limit: usize::try_from(limit).unwrap_or(usize::MAX),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(path: &str, verb: &str, method: &str, below: &str) -> bool {
        let handler = Handler {
            path: path.to_owned(),
            verb: verb.to_owned(),
            ..Handler::wildcard(String::new())
        };
        handler.takes(method, below, || Kind::Nothing)
    }

    #[test]
    fn verbs_are_compared_with_case() {
        assert!(takes("*", "*", "BREW", ""));
        assert!(takes("*", "GET, HEAD", "HEAD", ""));
        assert!(!takes("*", "GET,HEAD", "POST", ""));
        assert!(!takes("*", "get", "GET", ""));
    }

    #[test]
    fn patterns_take_what_iis_lets_them_take() {
        for (pattern, below, expected) in [
            ("*", "", true),
            ("*", "a/b/", true),
            ("*.py", "a/b.PY", true),
            ("*.py", "a.py/b", false),
            ("*.py", "a.pyc", false),
            ("handler.fcgi", "a/handler.fcgi", true),
            ("handler.fcgi", "a/xhandler.fcgi", false),
            ("api/*", "api/x/y", true),
            ("/api/*", "api/", true),
            ("api/*", "other/api/x", false),
            ("a*b*c", "abbc", true),
            ("a*b*c", "acb", false),
            ("*é", "xÉ", true),
        ] {
            assert_eq!(
                takes(pattern, "*", "GET", below),
                expected,
                "{pattern} {below}"
            );
        }
    }
}
