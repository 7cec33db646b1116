//! A file as the response, as `StaticFileModule` sends it.

use std::fs::Metadata;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use hyper::body::Bytes;
use hyper::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, ETAG, EXPIRES, HeaderMap,
    HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, LAST_MODIFIED, LOCATION,
    RANGE,
};
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};

use crate::body::Source;
use crate::config::{ClientCache, StaticContent, extension};
use crate::head::Head;
use crate::refusal::Refusal;

/// Files that stand for their folder, in this order; what a server has where nobody has changed anything.
pub(crate) const DEFAULT_DOCUMENTS: [&str; 5] = [
    "Default.htm",
    "Default.asp",
    "index.htm",
    "index.html",
    "iisstart.htm",
];

/// The methods that the module answers.
const METHODS: &str = "GET, HEAD, OPTIONS, TRACE";

/// Head and body of a response.
pub(crate) type Sent = (Head, Source);

/// Answers with a file.
///
/// What several ranges at once are answered with is left out: they get the whole file, as HTTP allows.
pub(crate) fn send(parts: &Parts, file: &Path, content: &StaticContent) -> Result<Sent, Refusal> {
    if !matches!(parts.method, Method::GET | Method::HEAD) {
        let reason = format!("Files do not take the method `{}`", parts.method);
        let allowed = HeaderValue::from_static(METHODS);
        return Err(Refusal::method_not_allowed(reason).with_header(ALLOW, allowed));
    }
    let content_type = content_type(file, content)?;
    let unreadable = |error: io::Error| {
        let reason = format!("The file `{}` cannot be read: {error}", file.display());
        Refusal::unauthorized(3, reason)
    };
    let state = State::of(&file.metadata().map_err(unreadable)?);
    let mut headers = HeaderMap::new();
    insert(&mut headers, ETAG, &state.tag);
    insert(&mut headers, LAST_MODIFIED, &state.date());
    insert(&mut headers, ACCEPT_RANGES, "bytes");
    match &content.cache {
        ClientCache::NoControl => {}
        ClientCache::DisableCache => insert(&mut headers, CACHE_CONTROL, "no-cache"),
        ClientCache::MaxAge(age) => insert(&mut headers, CACHE_CONTROL, &format!("max-age={age}")),
        ClientCache::Expires(date) => insert(&mut headers, EXPIRES, date),
    }
    if state.is_known_to(&parts.headers) {
        return Ok(sent(StatusCode::NOT_MODIFIED, headers, Bytes::new()));
    }
    insert(&mut headers, CONTENT_TYPE, content_type);
    let bytes = Bytes::from(std::fs::read(file).map_err(unreadable)?);
    let range = state.range_of(&parts.headers);
    match range.map_or(Part::Whole, |range| part(range, bytes.len())) {
        Part::Whole => Ok(sent(StatusCode::OK, headers, bytes)),
        Part::From { start, end } => {
            let range = format!("bytes {start}-{}/{}", end - 1, bytes.len());
            insert(&mut headers, CONTENT_RANGE, &range);
            let bytes = bytes.slice(start..end);
            Ok(sent(StatusCode::PARTIAL_CONTENT, headers, bytes))
        }
        Part::Outside => {
            let reason = format!("The file has {} bytes", bytes.len());
            let length = HeaderValue::try_from(format!("bytes */{}", bytes.len()));
            let refusal = Refusal::range_not_satisfiable(reason);
            Err(match length {
                Ok(length) => refusal.with_header(CONTENT_RANGE, length),
                Err(_) => refusal,
            })
        }
    }
}

/// Sends a client on to the URL of a folder, which ends with a slash.
pub(crate) fn redirect(parts: &Parts) -> Sent {
    let query = parts.uri.query().map(|query| format!("?{query}"));
    let target = format!("{}/{}", parts.uri.path(), query.unwrap_or_default());
    let mut headers = HeaderMap::new();
    insert(&mut headers, LOCATION, &target);
    sent(StatusCode::MOVED_PERMANENTLY, headers, Bytes::new())
}

fn content_type<'a>(file: &Path, content: &'a StaticContent) -> Result<&'a str, Refusal> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let extension = extension(&name);
    content.type_of(extension).ok_or_else(|| {
        let reason = format!(
            "IIS knows no type for `{extension}`, and sends no such file; a `mimeMap` in `staticContent` names one"
        );
        Refusal::not_found(3, reason)
    })
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    // A text from the configuration that no header can hold is left out.
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(name, value);
    }
}

fn sent(status: StatusCode, headers: HeaderMap, body: Bytes) -> Sent {
    let head = Head {
        status,
        reason: None,
        headers,
    };
    (head, Source::Whole(body))
}

/// What a client may know of a file.
struct State {
    /// Time of the last change, in whole seconds as HTTP has them.
    changed: SystemTime,
    tag: String,
}

impl State {
    fn of(file: &Metadata) -> Self {
        let since = file
            .modified()
            .ok()
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
            .unwrap_or_default();
        Self {
            changed: UNIX_EPOCH + Duration::from_secs(since.as_secs()),
            tag: tag(since),
        }
    }

    fn date(&self) -> String {
        httpdate::fmt_http_date(self.changed)
    }

    /// True if the client has the file as it is. Its tag counts before its date (RFC 9110, 13.2.2).
    fn is_known_to(&self, headers: &HeaderMap) -> bool {
        if let Some(tags) = text(headers, &IF_NONE_MATCH) {
            let mut tags = tags.split(',').map(str::trim);
            return tags.any(|tag| tag == "*" || tag.trim_start_matches("W/") == self.tag);
        }
        let date = text(headers, &IF_MODIFIED_SINCE);
        let date = date.and_then(|date| httpdate::parse_http_date(date).ok());
        date.is_some_and(|date| self.changed <= date)
    }

    /// The wanted range, unless it is one of a file that has changed.
    fn range_of<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        let range = text(headers, &RANGE)?;
        match text(headers, &IF_RANGE) {
            Some(of) if of != self.tag && of != self.date() => None,
            Some(_) | None => Some(range),
        }
    }
}

/// The tag that IIS gives a file: the time of its last change as Windows counts it, in hexadecimal, and a zero.
fn tag(since_1970: Duration) -> String {
    /// From 1601 to 1970.
    const SECONDS: u64 = 11_644_473_600;
    let ticks = (since_1970 + Duration::from_secs(SECONDS)).as_nanos() / 100;
    format!("\"{ticks:x}:0\"")
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The bytes that are wanted.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Whole,
    /// From `start` up to and without `end`.
    From {
        start: usize,
        end: usize,
    },
    /// None of the bytes that are there.
    Outside,
}

/// Reads a `Range`; one that is no single range of bytes is for the whole file.
fn part(range: &str, length: usize) -> Part {
    let Some((first, last)) = range
        .strip_prefix("bytes=")
        .and_then(|range| range.trim().split_once('-'))
    else {
        return Part::Whole;
    };
    let (start, end) = match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), Ok(last)) if first <= last => (first, last.saturating_add(1).min(length)),
        (Ok(first), Err(_)) if last.is_empty() => (first, length),
        (Err(_), Ok(count)) if first.is_empty() => (length.saturating_sub(count), length),
        _ => return Part::Whole,
    };
    match start < end {
        true => Part::From { start, end },
        false => Part::Outside,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_the_time_as_windows_counts_it() {
        assert_eq!(tag(Duration::ZERO), "\"19db1ded53e8000:0\"");
        assert_eq!(tag(Duration::from_nanos(100)), "\"19db1ded53e8001:0\"");
    }

    #[test]
    fn ranges_are_read() {
        let from = |start, end| Part::From { start, end };
        for (range, expected) in [
            ("bytes=0-0", from(0, 1)),
            ("bytes=2-", from(2, 10)),
            ("bytes=2-99", from(2, 10)),
            ("bytes=-3", from(7, 10)),
            ("bytes=-99", from(0, 10)),
            ("bytes=10-", Part::Outside),
            ("bytes=-0", Part::Outside),
            ("bytes=3-2", Part::Whole),
            ("bytes=0-1,3-4", Part::Whole),
            ("lines=0-1", Part::Whole),
            ("bytes=", Part::Whole),
            ("bytes=-", Part::Whole),
        ] {
            assert_eq!(part(range, 10), expected, "{range}");
        }
        assert_eq!(part("bytes=0-", 0), Part::Outside);
    }

    #[test]
    fn a_client_that_has_the_file_is_known_by_tag_or_date() {
        let state = State {
            changed: UNIX_EPOCH + Duration::from_secs(60),
            tag: "\"a:0\"".to_owned(),
        };
        let known = |pairs: &[(HeaderName, &str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                insert(&mut headers, name.clone(), value);
            }
            state.is_known_to(&headers)
        };
        let (then, before) = (
            "Thu, 01 Jan 1970 00:01:00 GMT",
            "Thu, 01 Jan 1970 00:00:59 GMT",
        );
        for (pairs, expected) in [
            (vec![], false),
            (vec![(IF_NONE_MATCH, "\"a:0\"")], true),
            (vec![(IF_NONE_MATCH, "\"b\", W/\"a:0\"")], true),
            (vec![(IF_NONE_MATCH, "*")], true),
            (vec![(IF_NONE_MATCH, "\"b\"")], false),
            (vec![(IF_MODIFIED_SINCE, then)], true),
            (vec![(IF_MODIFIED_SINCE, before)], false),
            (vec![(IF_MODIFIED_SINCE, "yesterday")], false),
            (
                vec![(IF_NONE_MATCH, "\"b\""), (IF_MODIFIED_SINCE, then)],
                false,
            ),
        ] {
            assert_eq!(known(&pairs), expected, "{pairs:?}");
        }
    }
}
