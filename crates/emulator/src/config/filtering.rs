//! `security/requestFiltering`: what IIS turns away before any handler sees it.
//!
//! In which order IIS asks these questions is not documented; here it is the order of the status codes' causes in
//! the URL, from the whole to its parts.

use super::collection::Collection;
use super::file::{ConfigFile, LoadError, below};
use crate::refusal::Refusal;
use crate::url;
use iisc_gateway_core::xml::Element;

const FILE_EXTENSIONS: Collection = Collection {
    add: "add",
    key: "fileExtension",
    beside: &[],
    is_case_sensitive: false,
};
const VERBS: Collection = Collection {
    add: "add",
    key: "verb",
    beside: &[],
    is_case_sensitive: true,
};
const HIDDEN_SEGMENTS: Collection = Collection {
    add: "add",
    key: "segment",
    beside: &[],
    is_case_sensitive: false,
};

/// What request filtering lets through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RequestFiltering {
    /// Most bytes of a request body, by its `Content-Length`.
    max_allowed_content_length: u64,
    /// Most bytes of the URL without its query.
    max_url: u64,
    /// Most bytes of the query.
    max_query_string: u64,
    allow_double_escaping: bool,
    allow_high_bit_characters: bool,
    verbs: Listed,
    /// With the dot; a `.` alone is a name without an extension.
    file_extensions: Listed,
    /// In lower case.
    hidden_segments: Vec<(String, ())>,
}

/// Names with a verdict, and the verdict on all others.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Listed {
    allows_unlisted: bool,
    entries: Vec<(String, bool)>,
}

impl Listed {
    const fn all() -> Self {
        Self {
            allows_unlisted: true,
            entries: Vec::new(),
        }
    }

    fn allows(&self, name: &str) -> bool {
        let mut entries = self.entries.iter();
        let entry = entries.find(|(listed, _)| listed == name);
        entry.map_or(self.allows_unlisted, |(_, allowed)| *allowed)
    }

    fn apply(
        &mut self,
        collection: Collection,
        file: &ConfigFile,
        section: &Element,
    ) -> Result<(), LoadError> {
        let attributes = file.attributes(section);
        self.allows_unlisted = attributes.bool("allowUnlisted", self.allows_unlisted)?;
        collection.apply(file, section, &mut self.entries, |entry| {
            entry.required("allowed")?;
            entry.bool("allowed", true)
        })
    }
}

/// What request filtering looks at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Filtered<'a> {
    pub(crate) method: &'a str,
    /// The path as the client sent it.
    pub(crate) raw_path: &'a str,
    /// The decoded path.
    pub(crate) url_path: &'a [u8],
    pub(crate) query: &'a str,
    /// The announced length of the body.
    pub(crate) length: Option<u64>,
}

impl RequestFiltering {
    /// What holds on a server where nobody has changed anything, and ASP.NET is not installed (section 2.7 of the
    /// IIS fact sheet).
    pub(super) fn stock() -> Self {
        Self {
            max_allowed_content_length: 30_000_000,
            max_url: 4_096,
            max_query_string: 2_048,
            allow_double_escaping: false,
            hidden_segments: vec![("web.config".to_owned(), ())],
            ..Self::absent()
        }
    }

    /// IIS 6 has no request filtering.
    pub(super) const fn absent() -> Self {
        Self {
            max_allowed_content_length: u64::MAX,
            max_url: u64::MAX,
            max_query_string: u64::MAX,
            allow_double_escaping: true,
            allow_high_bit_characters: true,
            verbs: Listed::all(),
            file_extensions: Listed::all(),
            hidden_segments: Vec::new(),
        }
    }

    /// Takes over what a `system.webServer` element says.
    pub(super) fn apply(&mut self, file: &ConfigFile, server: &Element) -> Result<(), LoadError> {
        for section in below(server, &["security", "requestFiltering"]) {
            let own = file.attributes(section);
            self.allow_double_escaping =
                own.bool("allowDoubleEscaping", self.allow_double_escaping)?;
            self.allow_high_bit_characters =
                own.bool("allowHighBitCharacters", self.allow_high_bit_characters)?;
            for part in &section.children {
                match part.name.as_str() {
                    "requestLimits" => self.apply_limits(file, part)?,
                    "verbs" => self.verbs.apply(VERBS, file, part)?,
                    "fileExtensions" => self.file_extensions.apply(FILE_EXTENSIONS, file, part)?,
                    "hiddenSegments" => {
                        HIDDEN_SEGMENTS.apply(file, part, &mut self.hidden_segments, |_| Ok(()))?;
                    }
                    // Sequences, headers and rules, which no artifact has.
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn apply_limits(&mut self, file: &ConfigFile, limits: &Element) -> Result<(), LoadError> {
        let number = |name, old| {
            let attributes = file.attributes(limits);
            attributes.number(name, old, 0..=u32::MAX.into())
        };
        self.max_allowed_content_length =
            number("maxAllowedContentLength", self.max_allowed_content_length)?;
        self.max_url = number("maxUrl", self.max_url)?;
        self.max_query_string = number("maxQueryString", self.max_query_string)?;
        Ok(())
    }

    /// Judges a request.
    pub(crate) fn check(&self, request: Filtered<'_>) -> Result<(), Refusal> {
        self.check_lengths(request)?;
        self.check_escapes(request)?;
        self.check_names(request)
    }

    fn check_lengths(&self, request: Filtered<'_>) -> Result<(), Refusal> {
        let bodies = request.length.unwrap_or_default();
        for (substatus, what, length, limit, name) in [
            (14, "URL", bytes(request.raw_path), self.max_url, "maxUrl"),
            (
                15,
                "query",
                bytes(request.query),
                self.max_query_string,
                "maxQueryString",
            ),
            (
                13,
                "request body",
                bodies,
                self.max_allowed_content_length,
                "maxAllowedContentLength",
            ),
        ] {
            if length > limit {
                let reason = format!(
                    "The {what} has {length} bytes, and request filtering allows {limit}; \
                     `{name}` in `requestFiltering/requestLimits` raises that"
                );
                return Err(Refusal::not_found(substatus, reason));
            }
        }
        Ok(())
    }

    fn check_escapes(&self, request: Filtered<'_>) -> Result<(), Refusal> {
        if !self.allow_double_escaping && url::changes_again(request.url_path) {
            let reason = "The path changes when it is decoded a second time, as one with `+`, `%2B` or `%25` \
                          does; `allowDoubleEscaping` in `requestFiltering` lets it through";
            return Err(Refusal::not_found(11, reason));
        }
        if !self.allow_high_bit_characters && !request.url_path.is_ascii() {
            let reason = "The path has characters outside ASCII; `allowHighBitCharacters` in `requestFiltering` \
                          lets them through";
            return Err(Refusal::not_found(12, reason));
        }
        Ok(())
    }

    fn check_names(&self, request: Filtered<'_>) -> Result<(), Refusal> {
        let method = request.method;
        if !self.verbs.allows(method) {
            let reason = format!("Request filtering does not allow the method `{method}`");
            return Err(Refusal::not_found(6, reason));
        }
        let path = String::from_utf8_lossy(request.url_path).to_lowercase();
        let extension = extension(&path);
        if !self.file_extensions.allows(extension) {
            let reason = match extension {
                "." => "Request filtering does not allow names without an extension".to_owned(),
                _ => format!("Request filtering does not allow the extension `{extension}`"),
            };
            return Err(Refusal::not_found(7, reason));
        }
        for segment in path.split('/') {
            if self.hidden_segments.iter().any(|(it, ())| it == segment) {
                let reason =
                    format!("The URL has the segment `{segment}`, which request filtering hides");
                return Err(Refusal::not_found(8, reason));
            }
        }
        Ok(())
    }
}

fn bytes(text: &str) -> u64 {
    u64::try_from(text.len()).unwrap_or(u64::MAX)
}

/// The extension of the last segment with its dot, `.` for a name without one.
pub(crate) fn extension(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    let dot = name.rfind('.');
    dot.and_then(|dot| name.get(dot..)).unwrap_or(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filtering(section: &str) -> RequestFiltering {
        let text = format!(
            "<configuration><system.webServer><security><requestFiltering {section}</requestFiltering></security>\
             </system.webServer></configuration>"
        );
        let file = ConfigFile::parse("Web.config".into(), text.as_bytes()).unwrap();
        let mut filtering = RequestFiltering::stock();
        for server in file.web_servers("") {
            filtering.apply(&file, server).unwrap();
        }
        filtering
    }

    fn code(filtering: &RequestFiltering, method: &str, target: &str, length: u64) -> String {
        let (raw_path, query) = target.split_once('?').unwrap_or((target, ""));
        let request = Filtered {
            method,
            raw_path,
            url_path: &url::decode(raw_path).unwrap(),
            query,
            length: Some(length),
        };
        let judged = filtering.check(request);
        judged.map_or_else(|refusal| refusal.code(), |()| "passes".to_owned())
    }

    #[test]
    fn a_server_that_nobody_changed_has_limits_of_its_own() {
        let stock = filtering(">");
        let long = |count| "x".repeat(count);
        for (target, length, expected) in [
            ("/a?b+%2B".to_owned(), 30_000_000, "passes"),
            ("/a".to_owned(), 30_000_001, "404.13"),
            (format!("/{}", long(4_095)), 0, "passes"),
            (format!("/{}", long(4_096)), 0, "404.14"),
            (format!("/?{}", long(2_048)), 0, "passes"),
            (format!("/?{}", long(2_049)), 0, "404.15"),
            ("/a+b".to_owned(), 0, "404.11"),
            ("/a%2Bb".to_owned(), 0, "404.11"),
            ("/%252e%252e/b".to_owned(), 0, "404.11"),
            ("/a/Web.Config".to_owned(), 0, "404.8"),
            ("/web.config/x".to_owned(), 0, "404.8"),
            ("/a/web.config.txt".to_owned(), 0, "passes"),
            ("/bin/%C3%A9.cs".to_owned(), 0, "passes"),
        ] {
            assert_eq!(code(&stock, "BREW", &target, length), expected, "{target}");
        }
    }

    #[test]
    fn the_file_changes_what_passes() {
        let own = filtering(
            r#"allowDoubleEscaping="true" allowHighBitCharacters="false">
               <requestLimits maxAllowedContentLength="5" maxUrl="20" maxQueryString="0"/>
               <fileExtensions><add fileExtension=".INI" allowed="false"/></fileExtensions>
               <verbs allowUnlisted="false"><remove verb="GET"/><add verb="GET" allowed="true"/></verbs>
               <hiddenSegments><remove segment="WEB.config"/><add segment="Drafts"/></hiddenSegments>"#,
        );
        for (method, target, length, expected) in [
            ("GET", "/a+b/web.config", 5, "passes"),
            ("GET", "/a", 6, "404.13"),
            ("GET", "/0123456789012345678", 0, "passes"),
            ("GET", "/01234567890123456789", 0, "404.14"),
            ("GET", "/?a", 0, "404.15"),
            ("GET", "/%C3%A9", 0, "404.12"),
            ("POST", "/", 0, "404.6"),
            ("get", "/", 0, "404.6"),
            ("GET", "/a.Ini", 0, "404.7"),
            ("GET", "/a.ini/b", 0, "passes"),
            ("GET", "/drafts/b", 0, "404.8"),
        ] {
            assert_eq!(code(&own, method, target, length), expected, "{target}");
        }
    }

    #[test]
    fn a_list_of_what_is_allowed_alone_names_files_without_extension_too() {
        let listed = |entries: &str| {
            filtering(&format!(
                r#"><fileExtensions allowUnlisted="false">{entries}</fileExtensions>"#
            ))
        };
        let html = r#"<add fileExtension=".html" allowed="true"/>"#;
        assert_eq!(code(&listed(html), "GET", "/a.html", 0), "passes");
        assert_eq!(code(&listed(html), "GET", "/a", 0), "404.7");
        let both = format!(r#"{html}<add fileExtension="." allowed="true"/>"#);
        assert_eq!(code(&listed(&both), "GET", "/a", 0), "passes");
    }

    #[test]
    fn what_is_there_already_is_told() {
        let text = r#"<configuration><system.webServer><security><requestFiltering><hiddenSegments>
            <add segment="web.config"/></hiddenSegments></requestFiltering></security></system.webServer></configuration>"#;
        let file = ConfigFile::parse("Web.config".into(), text.as_bytes()).unwrap();
        let server = file.web_servers("").next().unwrap();
        let error = RequestFiltering::stock().apply(&file, server).unwrap_err();
        assert!(error.message().contains("`web.config` twice"), "{error}");
        assert_eq!(error.line(), Some(2));
    }
}
