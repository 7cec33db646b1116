//! `security/requestFiltering`: what IIS turns away before any handler sees it.

use super::file::{ConfigFile, LoadError};
use crate::refusal::Refusal;

/// The limits of request filtering that are played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RequestFiltering {
    /// Most bytes of a request body, by its `Content-Length`.
    pub(crate) max_allowed_content_length: u64,
}

impl RequestFiltering {
    /// Judges a request by its decoded path and its announced length.
    pub(crate) fn check(self, url_path: &[u8], length: Option<u64>) -> Result<(), Refusal> {
        let mut segments = url_path.split(|byte| *byte == b'/');
        if segments.any(|segment| segment.eq_ignore_ascii_case(b"web.config")) {
            let reason = "The URL has the segment `web.config`, which request filtering hides";
            return Err(Refusal::not_found(8, reason));
        }
        let limit = self.max_allowed_content_length;
        match length {
            Some(length) if length > limit => Err(Refusal::not_found(
                13,
                format!(
                    "The request body has {length} bytes, and request filtering allows {limit}; \
                     `maxAllowedContentLength` in `requestFiltering/requestLimits` raises that"
                ),
            )),
            Some(_) | None => Ok(()),
        }
    }
}

/// Reads the section; without it the schema's default counts (iis.md 2.7).
pub(super) fn read(web: &ConfigFile) -> Result<RequestFiltering, LoadError> {
    let chain = [
        "system.webServer",
        "security",
        "requestFiltering",
        "requestLimits",
    ];
    let mut filtering = RequestFiltering {
        max_allowed_content_length: 30_000_000,
    };
    for limits in web.elements(&chain) {
        filtering.max_allowed_content_length = web.attributes(limits).number(
            "maxAllowedContentLength",
            filtering.max_allowed_content_length,
            0..=u32::MAX.into(),
        )?;
    }
    Ok(filtering)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filtering(section: &str) -> RequestFiltering {
        let text = format!(
            "<configuration><system.webServer>{section}</system.webServer></configuration>"
        );
        read(&ConfigFile::parse("Web.config".into(), text.as_bytes()).unwrap()).unwrap()
    }

    fn code(filtering: RequestFiltering, path: &str, length: u64) -> Option<String> {
        filtering
            .check(path.as_bytes(), Some(length))
            .err()
            .map(|refusal| refusal.code())
    }

    #[test]
    fn a_body_may_have_30_million_bytes_unless_the_file_says_otherwise() {
        assert_eq!(code(filtering(""), "/a", 30_000_000), None);
        assert_eq!(
            code(filtering(""), "/a", 30_000_001).as_deref(),
            Some("404.13")
        );
        let own = filtering(
            r#"<security><requestFiltering><requestLimits maxAllowedContentLength="5"/></requestFiltering></security>"#,
        );
        assert_eq!(code(own, "/a", 5), None);
        assert_eq!(code(own, "/a", 6).as_deref(), Some("404.13"));
        assert!(own.check(b"/a", None).is_ok());
    }

    #[test]
    fn the_configuration_itself_is_hidden() {
        assert_eq!(
            code(filtering(""), "/a/Web.Config", 0).as_deref(),
            Some("404.8")
        );
        assert_eq!(
            code(filtering(""), "/web.config/x", 0).as_deref(),
            Some("404.8")
        );
        assert_eq!(code(filtering(""), "/a/web.config.txt", 0), None);
    }
}
