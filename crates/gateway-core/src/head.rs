//! Heads of requests and responses, whichever transport brings them.

#[cfg(test)]
mod tests;

use std::fmt;

use crate::fcgi::params::Pair;
use crate::fcgi::record::STREAM_CHUNK;

/// Most bytes of a response's header block: what fits one record, so that no line is cut (F21).
pub const HEADER_BLOCK_BYTES: usize = STREAM_CHUNK;

/// One request: the CGI variables as the application is to see them, and what the gateway itself needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestHead {
    /// CGI variables in the order of their arrival, each name once.
    pub variables: Vec<Pair>,
    /// True if the client's connection is encrypted.
    pub is_https: bool,
    /// Length that the client announced; `None` if it announced none (F30).
    pub content_length: Option<u64>,
    /// Names that were left out because they came twice or are no variable names; for the log.
    pub left_out: Vec<Vec<u8>>,
}

impl RequestHead {
    /// The value of a variable.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&[u8]> {
        self.variables
            .iter()
            .find(|(key, _)| key == name.as_bytes())
            .map(|(_, value)| value.as_slice())
    }
}

/// Status and headers of an answer, checked: nothing in it can end its line early (W47, S11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseHead {
    code: u16,
    reason: Vec<u8>,
    headers: Vec<Pair>,
    content_length: Option<u64>,
    left_out: Vec<String>,
}

/// What is wrong with a response head. The application is told; nothing of it reaches the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeadError {
    /// The status is not three digits and a reason (W45).
    Status(String),
    /// The status announces another answer, which CGI has no way to send (F22).
    Informational(u16),
    /// The name is empty or holds a character that header names cannot have (W48).
    Name(String),
    /// The value or the reason holds a control character, such as a line break (W47).
    ControlCharacter(String),
    /// The value or the reason holds a character beyond U+00FF (W46).
    NotLatin1(String),
    /// `Content-Length` is not a number, or came twice (W52).
    ContentLength(String),
    /// The headers together pass [`HEADER_BLOCK_BYTES`].
    TooLarge,
}

impl fmt::Display for HeadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(
                f,
                "the status {status:?} is not three digits, a space and a reason"
            ),
            Self::Informational(code) => {
                write!(
                    f,
                    "the status {code} cannot be sent: it announces a further answer"
                )
            }
            Self::Name(name) => write!(f, "the header name {name:?} holds a forbidden character"),
            Self::ControlCharacter(name) => {
                write!(f, "the value of {name:?} holds a control character")
            }
            Self::NotLatin1(name) => {
                write!(f, "the value of {name:?} holds a character beyond U+00FF")
            }
            Self::ContentLength(value) => write!(
                f,
                "`Content-Length` must be one number, and there is {value:?}"
            ),
            Self::TooLarge => write!(f, "the headers are longer than {HEADER_BLOCK_BYTES} bytes"),
        }
    }
}

impl std::error::Error for HeadError {}

/// Headers that speak about one connection, and a connection is the web server's (W49).
const HOP_BY_HOP: [&str; 9] = [
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

impl ResponseHead {
    /// Checks a status and headers as a WSGI application gives them.
    ///
    /// Hop-by-hop headers are left out, and so is a header called `Status`, which CGI would take for the
    /// status itself (W50).
    ///
    /// # Errors
    /// The first thing that cannot be sent.
    pub fn new<'a>(
        status: &str,
        headers: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, HeadError> {
        let (code, reason) = parse_status(status)?;
        let mut head = Self {
            code,
            reason,
            headers: Vec::new(),
            content_length: None,
            left_out: Vec::new(),
        };
        for (name, value) in headers {
            head.add(name, value)?;
        }
        if head.to_bytes().len() > HEADER_BLOCK_BYTES {
            return Err(HeadError::TooLarge);
        }
        Ok(head)
    }

    /// The head of an answer of our own, in plain text that no browser takes for anything else (S23).
    #[must_use]
    pub fn plain_text(code: u16, length: u64) -> Self {
        let mut head = Self {
            code,
            reason: standard_reason(code).as_bytes().to_vec(),
            headers: vec![
                (
                    b"Content-Type".to_vec(),
                    b"text/plain; charset=utf-8".to_vec(),
                ),
                (b"X-Content-Type-Options".to_vec(), b"nosniff".to_vec()),
            ],
            content_length: None,
            left_out: Vec::new(),
        };
        head.announce_length(length);
        head
    }

    fn add(&mut self, name: &str, value: &str) -> Result<(), HeadError> {
        if name.is_empty() || !name.bytes().all(is_token) {
            return Err(HeadError::Name(name.to_owned()));
        }
        let bytes = latin1(name, value)?;
        let lower = name.to_ascii_lowercase();
        if lower == "status" || HOP_BY_HOP.contains(&lower.as_str()) {
            self.left_out.push(name.to_owned());
            return Ok(());
        }
        if lower == "content-length" {
            let length = parse_length(&bytes).filter(|_| self.content_length.is_none());
            self.content_length =
                Some(length.ok_or_else(|| HeadError::ContentLength(value.to_owned()))?);
        }
        self.headers.push((name.as_bytes().to_vec(), bytes));
        Ok(())
    }

    /// The status code, 200 to 999.
    #[must_use]
    pub const fn code(&self) -> u16 {
        self.code
    }

    /// The length that the application announced.
    #[must_use]
    pub const fn content_length(&self) -> Option<u64> {
        self.content_length
    }

    /// The words behind the status code.
    #[must_use]
    pub fn reason(&self) -> String {
        self.reason.iter().copied().map(char::from).collect()
    }

    /// Names of the headers that were left out; for the log.
    #[must_use]
    pub fn left_out(&self) -> &[String] {
        &self.left_out
    }

    /// True if an answer with this status has no body (W57).
    #[must_use]
    pub const fn forbids_body(&self) -> bool {
        matches!(self.code, 204 | 304)
    }

    /// Announces the length of a body that turned out to be known, unless the application has (W55).
    pub fn announce_length(&mut self, length: u64) {
        if self.content_length.is_none() && !self.forbids_body() {
            self.content_length = Some(length);
            let value = length.to_string().into_bytes();
            self.headers.push((b"Content-Length".to_vec(), value));
        }
    }

    /// The CGI header block, with the empty line that ends it.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut block = format!("Status: {} ", self.code).into_bytes();
        block.extend_from_slice(&self.reason);
        block.extend_from_slice(b"\r\n");
        for (name, value) in &self.headers {
            // A 204 has no length to speak of, whatever the application says (W57).
            if self.code == 204 && name.eq_ignore_ascii_case(b"content-length") {
                continue;
            }
            block.extend_from_slice(name);
            block.extend_from_slice(b": ");
            block.extend_from_slice(value);
            block.extend_from_slice(b"\r\n");
        }
        block.extend_from_slice(b"\r\n");
        block
    }
}

/// Reads `200 OK`, and `200` alone, which wfastcgi took too (K11).
fn parse_status(status: &str) -> Result<(u16, Vec<u8>), HeadError> {
    let wrong = || HeadError::Status(status.to_owned());
    let (digits, reason) = status.split_once(' ').unwrap_or((status, ""));
    if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong());
    }
    let code = digits.parse().map_err(|_| wrong())?;
    match code {
        0..100 => return Err(wrong()),
        100..200 => return Err(HeadError::Informational(code)),
        200.. => {}
    }
    let reason = latin1("status", reason.trim_matches(' '))?;
    if reason.is_empty() {
        return Ok((code, standard_reason(code).as_bytes().to_vec()));
    }
    Ok((code, reason))
}

/// The usual words for the codes that applications abbreviate.
const fn standard_reason(code: u16) -> &'static str {
    match code {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        206 => "Partial Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        410 => "Gone",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        // Front ends look at the digits; the words are a courtesy to people.
        _ => "Status",
    }
}

/// The value as it goes on the wire.
fn latin1(name: &str, value: &str) -> Result<Vec<u8>, HeadError> {
    let byte = |c: char| match u8::try_from(u32::from(c)) {
        Err(_) => Err(HeadError::NotLatin1(name.to_owned())),
        Ok(b'\t') => Ok(b'\t'),
        Ok(0..0x20 | 0x7f) => Err(HeadError::ControlCharacter(name.to_owned())),
        Ok(byte) => Ok(byte),
    };
    value.chars().map(byte).collect()
}

/// True for the characters of RFC 9110's `token`.
const fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'!' | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'\''
                | b'*'
                | b'+'
                | b'-'
                | b'.'
                | b'^'
                | b'_'
                | b'`'
                | b'|'
                | b'~'
        )
}

/// Reads a decimal length: digits only, no sign.
pub(crate) fn parse_length(value: &[u8]) -> Option<u64> {
    let is_number = !value.is_empty() && value.iter().all(u8::is_ascii_digit);
    let text = std::str::from_utf8(value).ok().filter(|_| is_number)?;
    text.parse().ok()
}
