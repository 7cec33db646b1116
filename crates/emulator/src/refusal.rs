//! The answers that IIS gives in the application's place.

use hyper::StatusCode;
use hyper::header::{HeaderName, HeaderValue};

/// Why a request is not answered by the application, with IIS's code of two numbers (iis.md 3.6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    status: StatusCode,
    substatus: u8,
    reason: String,
    /// URL paths that would have been answered.
    links: Vec<String>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Refusal {
    fn new(status: StatusCode, substatus: u8, reason: impl Into<String>) -> Self {
        Self {
            status,
            substatus,
            reason: reason.into(),
            links: Vec::new(),
            headers: Vec::new(),
        }
    }

    pub(crate) fn bad_request(reason: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 0, reason)
    }

    pub(crate) fn unauthorized(substatus: u8, reason: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, substatus, reason)
    }

    pub(crate) fn forbidden(substatus: u8, reason: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, substatus, reason)
    }

    pub(crate) fn method_not_allowed(reason: impl Into<String>) -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, 0, reason)
    }

    pub(crate) fn range_not_satisfiable(reason: impl Into<String>) -> Self {
        Self::new(StatusCode::RANGE_NOT_SATISFIABLE, 0, reason)
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
    pub(crate) fn with_link(mut self, path: &str) -> Self {
        self.links.push(path.to_owned());
        self
    }

    /// The same, with a header.
    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    pub(crate) fn headers(&self) -> &[(HeaderName, HeaderValue)] {
        &self.headers
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

    pub(crate) fn content_type(&self) -> &'static str {
        match self.links.as_slice() {
            [] => "text/plain; charset=utf-8",
            [..] => "text/html; charset=utf-8",
        }
    }

    /// The page. It is plain text, so that carets stand below what they point at; only a link needs HTML.
    pub(crate) fn page(&self) -> String {
        let title = format!(
            "HTTP Error {} - {}",
            self.code(),
            self.status.canonical_reason().unwrap_or_default()
        );
        if self.links.is_empty() {
            return format!("{title}\n\n{}\n", self.reason);
        }
        let link = |link: &String| {
            let link = escape(link);
            format!("<a href=\"{link}\">{link}</a>")
        };
        let links: Vec<_> = self.links.iter().map(link).collect();
        format!(
            "<!doctype html>\n<title>{title}</title>\n<h1>{title}</h1>\n<p>{}; try {}</p>\n",
            escape(&self.reason),
            links.join(", ")
        )
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
    fn links_are_escaped() {
        let refusal = Refusal::not_found(0, "a < b").with_link("/\"x&y");
        let page = refusal.with_link("/z").page();
        assert!(
            page.contains(
                "a &lt; b; try <a href=\"/&quot;x&amp;y\">/&quot;x&amp;y</a>, <a href=\"/z\">/z</a>"
            ),
            "{page}"
        );
    }
}
