//! The answers that IIS gives in the application's place.

use hyper::StatusCode;

/// Why a request is not answered by the application, with IIS's code of two numbers (iis.md 3.6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    status: StatusCode,
    substatus: u8,
    reason: String,
    /// A URL path that would have been answered.
    link: Option<String>,
}

impl Refusal {
    fn new(status: StatusCode, substatus: u8, reason: impl Into<String>) -> Self {
        Self {
            status,
            substatus,
            reason: reason.into(),
            link: None,
        }
    }

    pub(crate) fn bad_request(reason: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 0, reason)
    }

    pub(crate) fn not_found(substatus: u8, reason: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, substatus, reason)
    }

    pub(crate) fn internal(substatus: u8, reason: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, substatus, reason)
    }

    pub(crate) fn unavailable(substatus: u8, reason: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, substatus, reason)
    }

    /// The same, with a URL path to go on to.
    pub(crate) fn with_link(self, path: &str) -> Self {
        Self {
            link: Some(path.to_owned()),
            ..self
        }
    }

    pub(crate) const fn status(&self) -> StatusCode {
        self.status
    }

    /// IIS's code, such as `404.13`.
    pub(crate) fn code(&self) -> String {
        format!("{}.{}", self.status.as_str(), self.substatus)
    }

    /// What happened, as a text of one or more lines.
    pub(crate) fn reason(&self) -> &str {
        &self.reason
    }

    pub(crate) const fn content_type(&self) -> &'static str {
        match self.link {
            Some(_) => "text/html; charset=utf-8",
            None => "text/plain; charset=utf-8",
        }
    }

    /// The page. It is plain text, so that carets stand below what they point at; only a link needs HTML.
    pub(crate) fn page(&self) -> String {
        let title = format!(
            "HTTP Error {} - {}",
            self.code(),
            self.status.canonical_reason().unwrap_or_default()
        );
        match &self.link {
            None => format!("{title}\n\n{}\n", self.reason),
            Some(link) => {
                let (reason, link) = (escape(&self.reason), escape(link));
                format!(
                    "<!doctype html>\n<title>{title}</title>\n<h1>{title}</h1>\n\
                     <p>{reason}: <a href=\"{link}\">{link}</a></p>\n"
                )
            }
        }
    }
}

fn escape(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_tells_the_code_and_the_reason() {
        let refusal = Refusal::internal(21, "no `<module>`");
        assert_eq!(
            refusal.page(),
            "HTTP Error 500.21 - Internal Server Error\n\nno `<module>`\n"
        );
    }

    #[test]
    fn a_link_is_escaped() {
        let page = Refusal::not_found(0, "a < b").with_link("/\"x&y").page();
        assert!(
            page.contains("a &lt; b: <a href=\"/&quot;x&amp;y\">/&quot;x&amp;y</a>"),
            "{page}"
        );
    }
}
