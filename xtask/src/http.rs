//! One GET request, answered by a server on this machine.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// How long the server may be silent; the first request starts a Python process.
const PATIENCE: Duration = Duration::from_secs(60);

/// A whole answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The status code.
    pub(crate) status: u16,
    /// The body, in the pieces in which the server sent it.
    pub(crate) pieces: Vec<Vec<u8>>,
}

impl Answer {
    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.pieces.concat()).into_owned()
    }
}

/// Gets a URL of the form `http://address:port/path`.
pub(crate) fn get(url: &str) -> io::Result<Answer> {
    let (authority, path) = url
        .strip_prefix("http://")
        .and_then(|rest| rest.split_once('/'))
        .ok_or_else(|| bad("no http URL"))?;
    let mut stream = TcpStream::connect(authority)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "GET /{path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n"
    )?;
    read(BufReader::new(stream))
}

/// Reads an answer to its end, which is what its head says, not what the connection does.
fn read(mut from: impl BufRead) -> io::Result<Answer> {
    let start = line(&mut from)?;
    let status = start.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status = status.ok_or_else(|| bad("no HTTP status"))?;
    let pieces = match body(&mut from)? {
        Body::Chunked => chunks(&mut from)?,
        Body::Length(length) => vec![exactly(&mut from, length)?],
    };
    Ok(Answer { status, pieces })
}

/// How the end of a body is known. A body that only ends with the connection may have been cut: not accepted.
enum Body {
    Chunked,
    Length(usize),
}

fn body(from: &mut impl BufRead) -> io::Result<Body> {
    let mut found = None;
    loop {
        let line = line(from)?.to_ascii_lowercase();
        match line
            .split_once(':')
            .map(|(name, value)| (name, value.trim()))
        {
            Some(("transfer-encoding", "chunked")) => found = Some(Body::Chunked),
            Some(("content-length", length)) => {
                found = Some(Body::Length(
                    length
                        .parse()
                        .map_err(|_| bad("Content-Length is no number"))?,
                ));
            }
            Some(_) => {}
            None => return found.ok_or_else(|| bad("the head does not tell where the body ends")),
        }
    }
}

fn chunks(from: &mut impl BufRead) -> io::Result<Vec<Vec<u8>>> {
    let mut pieces = Vec::new();
    loop {
        let size = line(from)?;
        let size = usize::from_str_radix(&size, 16).map_err(|_| bad("no chunk size"))?;
        if size == 0 {
            return Ok(pieces);
        }
        pieces.push(exactly(from, size)?);
        line(from)?;
    }
}

fn exactly(from: &mut impl BufRead, size: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(size as u64).read_to_end(&mut bytes)?;
    if bytes.len() < size {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}

fn line(from: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    if from.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end().to_owned())
}

fn bad(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHUNKED: &[u8] =
        b"HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\nA\r\n0123456789\r\n0\r\n\r\n";
    const SIZED: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length:  3\r\nX: y: z\r\n\r\nabcd";

    #[test]
    fn chunks_are_the_pieces() {
        let answer = read(CHUNKED).unwrap();
        assert_eq!(answer.status, 404);
        assert_eq!(answer.pieces, [b"ab".to_vec(), b"0123456789".to_vec()]);
        assert_eq!(answer.text(), "ab0123456789");
    }

    #[test]
    fn a_length_is_one_piece_and_ends_the_body() {
        assert_eq!(
            read(SIZED).unwrap(),
            Answer {
                status: 200,
                pieces: vec![b"abc".to_vec()]
            }
        );
    }

    #[test]
    fn an_answer_cut_anywhere_is_an_error() {
        // The last empty line and the byte after the counted three do not matter.
        for whole in [&CHUNKED[..CHUNKED.len() - 4], &SIZED[..SIZED.len() - 1]] {
            for cut in 0..whole.len() {
                assert!(
                    read(&whole[..cut]).is_err(),
                    "{:?}",
                    String::from_utf8_lossy(&whole[..cut])
                );
            }
        }
    }

    #[test]
    fn what_is_no_http_is_refused() {
        for wrong in [
            "",
            "hello\r\n",
            "HTTP/1.1 200 OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        ] {
            assert!(read(wrong.as_bytes()).is_err(), "{wrong:?}");
        }
        assert!(get("https://127.0.0.1/").is_err());
    }
}
