//! A request as WSGI's environ, without a Python object.

use crate::head::RequestHead;

/// The entries of one request; the constant ones (`wsgi.version` and so on) are the gateway's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environ<'a> {
    /// Entries whose bytes become a string, one character per byte (W2).
    pub text: Vec<(&'a [u8], &'a [u8])>,
    /// Entries that stay bytes; wfastcgi's extras for applications that decode paths themselves (K7).
    pub raw: Vec<(&'static str, &'a [u8])>,
    /// `wsgi.url_scheme` (W7).
    pub scheme: &'static str,
}

/// The environ of a request, made of its variables and nothing else: the process environment stays out (W11).
#[must_use]
pub fn environ(head: &RequestHead) -> Environ<'_> {
    let text = head
        .variables
        .iter()
        .map(|(name, value)| (name.as_slice(), value.as_slice()));
    let raw = [
        ("wsgi.script_name", "SCRIPT_NAME"),
        ("wsgi.path_info", "PATH_INFO"),
        ("wsgi.query_string", "QUERY_STRING"),
        ("wfastcgi.http_x_original_url", "HTTP_X_ORIGINAL_URL"),
    ];
    Environ {
        text: text.collect(),
        raw: raw
            .into_iter()
            .filter_map(|(key, name)| Some((key, head.variable(name)?)))
            .collect(),
        scheme: if head.is_https { "https" } else { "http" },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cgi::{Mapping, request_head};

    #[test]
    fn variables_keep_their_order_and_paths_are_there_as_bytes() {
        let params = vec![
            (b"PATH_INFO".to_vec(), b"/caf\xe9".to_vec()),
            (b"HTTPS".to_vec(), b"on".to_vec()),
            (b"HTTP_X_ORIGINAL_URL".to_vec(), b"/raw".to_vec()),
        ];
        let head = request_head(params, &Mapping::default()).unwrap();
        let environ = environ(&head);
        assert_eq!(environ.scheme, "https");
        assert_eq!(environ.text[0], (&b"PATH_INFO"[..], &b"/caf\xe9"[..]));
        assert_eq!(
            environ.raw,
            [
                ("wsgi.script_name", &b""[..]),
                ("wsgi.path_info", b"/caf\xe9"),
                ("wsgi.query_string", b""),
                ("wfastcgi.http_x_original_url", b"/raw"),
            ]
        );
    }
}
