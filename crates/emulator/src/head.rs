//! The header block that a CGI response begins with.

use hyper::StatusCode;
use hyper::header::{
    CONNECTION, CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue, LOCATION, TRANSFER_ENCODING,
};

/// Most bytes of a header block. IIS's bound is not documented; this one stops a process that never comes to
/// an end of it.
const MAX_BYTES: usize = 64 * 1024;

/// Status and headers of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    /// The text behind the status, if the process gave one.
    pub(crate) reason: Option<Vec<u8>>,
    /// In the order of the process, duplicates included.
    pub(crate) headers: HeaderMap,
}

/// Finds and reads the header block at the start of a response: the head, and where the body begins. `None`
/// until the empty line has come.
///
/// Lines may end with or without a carriage return, as CGI allows.
pub(crate) fn read(bytes: &[u8]) -> Result<Option<(Head, usize)>, String> {
    let mut lines = Vec::new();
    let mut start = 0;
    while let Some(length) = bytes.iter().skip(start).position(|byte| *byte == b'\n') {
        let line = bytes.get(start..start + length).unwrap_or_default();
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        start += length + 1;
        if line.is_empty() {
            return from_lines(&lines).map(|head| Some((head, start)));
        }
        lines.push(line);
    }
    if bytes.len() > MAX_BYTES {
        return Err(format!("its header block has more than {MAX_BYTES} bytes"));
    }
    Ok(None)
}

fn from_lines(lines: &[&[u8]]) -> Result<Head, String> {
    let mut headers = HeaderMap::new();
    let mut status = None;
    for line in lines {
        let (name, value) = split(line)?;
        if !name.as_str().eq_ignore_ascii_case("status") {
            headers.append(name, value);
        } else if status.is_none() {
            status = Some(read_status(value.as_bytes())?);
        }
    }
    check_framing(&mut headers)?;
    // Without a status, a location means a redirection (RFC 3875 6.2).
    let (status, reason) = status.unwrap_or(match headers.contains_key(LOCATION) {
        true => (StatusCode::FOUND, None),
        false => (StatusCode::OK, None),
    });
    Ok(Head {
        status,
        reason,
        headers,
    })
}

fn split(line: &[u8]) -> Result<(HeaderName, HeaderValue), String> {
    let wrong = || {
        format!(
            "its header line `{}` is not valid",
            String::from_utf8_lossy(line).escape_debug()
        )
    };
    let colon = line
        .iter()
        .position(|byte| *byte == b':')
        .ok_or_else(wrong)?;
    let (name, value) = line.split_at_checked(colon).ok_or_else(wrong)?;
    let name = HeaderName::from_bytes(name).map_err(|_| wrong())?;
    let value = value.strip_prefix(b":").unwrap_or(value).trim_ascii();
    Ok((name, HeaderValue::from_bytes(value).map_err(|_| wrong())?))
}

/// Reads `404` or `404 Not Found`. A 1xx status is no answer (F22).
fn read_status(text: &[u8]) -> Result<(StatusCode, Option<Vec<u8>>), String> {
    let wrong = || {
        format!(
            "its status `{}` is not valid",
            String::from_utf8_lossy(text)
        )
    };
    let (digits, reason) = text.split_at_checked(3).ok_or_else(wrong)?;
    let status = StatusCode::from_bytes(digits).map_err(|_| wrong())?;
    if status.is_informational() || !matches!(reason, [] | [b' ', ..]) {
        return Err(wrong());
    }
    let reason = reason.trim_ascii();
    Ok((status, (!reason.is_empty()).then(|| reason.to_vec())))
}

/// How the body is framed is the web server's business; a length must be one number.
fn check_framing(headers: &mut HeaderMap) -> Result<(), String> {
    headers.remove(CONNECTION);
    headers.remove(TRANSFER_ENCODING);
    let lengths: Vec<_> = headers.get_all(CONTENT_LENGTH).iter().collect();
    let is_number = |value: &&HeaderValue| value.as_bytes().iter().all(u8::is_ascii_digit);
    match lengths.as_slice() {
        [] => Ok(()),
        [one] if is_number(one) && one.to_str().is_ok_and(|text| text.parse::<u64>().is_ok()) => {
            Ok(())
        }
        _ => Err("its `Content-Length` is not one number".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> Head {
        read(text.as_bytes()).unwrap().unwrap().0
    }

    #[test]
    fn status_headers_and_duplicates_are_read() {
        let head =
            head("Status: 404 Not Here\r\nSet-Cookie: a\r\nset-cookie:b\r\nX-Empty:\r\n\r\nbody");
        assert_eq!(head.status, StatusCode::NOT_FOUND);
        assert_eq!(head.reason.as_deref(), Some(&b"Not Here"[..]));
        let cookies: Vec<_> = head.headers.get_all("set-cookie").iter().collect();
        assert_eq!(cookies, ["a", "b"]);
        assert_eq!(head.headers["x-empty"], "");
    }

    #[test]
    fn the_body_begins_behind_the_empty_line_wherever_the_block_is_cut() {
        for text in [
            "Status: 200 OK\r\nA: b\r\n\r\n",
            "Status: 200\nA: b\n\n",
            "\r\n",
            "A: b\r\n\n",
        ] {
            for end in 0..text.len() {
                assert_eq!(read(&text.as_bytes()[..end]), Ok(None), "{text:?} {end}");
            }
            let whole = format!("{text}\r\nbody");
            assert_eq!(read(whole.as_bytes()).unwrap().unwrap().1, text.len());
        }
    }

    #[test]
    fn without_a_status_a_location_redirects() {
        assert_eq!(head("A: b\n\n").status, StatusCode::OK);
        assert_eq!(head("Location: /x\n\n").status, StatusCode::FOUND);
        assert_eq!(
            head("Status: 201\nLocation: /x\n\n").status,
            StatusCode::CREATED
        );
    }

    #[test]
    fn framing_headers_of_the_process_do_not_pass() {
        let head = head("Transfer-Encoding: chunked\nConnection: close\nContent-Length: 5\n\n");
        assert_eq!(head.headers.len(), 1);
    }

    #[test]
    fn what_is_no_header_block_is_told() {
        for (text, message) in [
            ("Traceback (most recent call last)\n\n", "`Traceback (most"),
            ("A b: c\n\n", "`A b: c`"),
            (": c\n\n", "`: c`"),
            ("A: \u{1}\n\n", r"`A: \u{1}`"),
            ("Status: ok\n\n", "status `ok`"),
            ("Status: 2000\n\n", "status `2000`"),
            ("Status: 100 Continue\n\n", "status `100 Continue`"),
            (
                "Content-Length: 1\nContent-Length: 1\n\n",
                "`Content-Length`",
            ),
            ("Content-Length: +1\n\n", "`Content-Length`"),
            (
                "Content-Length: 99999999999999999999\n\n",
                "`Content-Length`",
            ),
        ] {
            let error = read(text.as_bytes()).unwrap_err();
            assert!(error.contains(message), "{error}");
        }
        assert!(read(&[b'a'; MAX_BYTES + 1]).is_err());
    }
}
