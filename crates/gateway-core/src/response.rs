//! One response's life: headers wait for the first byte, lengths are kept, nothing is sent twice.

use crate::fcgi::connection::Connection;
use crate::head::ResponseHead;

/// A response while the application makes it.
#[derive(Debug)]
pub struct Response {
    is_head_request: bool,
    state: State,
}

#[derive(Debug)]
enum State {
    /// The application has not said a status yet.
    Quiet,
    /// The head is known, and can still be replaced.
    Pending(ResponseHead),
    /// The head was sent.
    Body(Room),
}

/// What of a body may still be sent.
#[derive(Debug, Clone, Copy)]
enum Room {
    /// As much as comes.
    Any,
    /// The rest of an announced length (W53).
    Bytes(u64),
    /// Nothing, and nothing is missing either: HEAD, 204, 304 (W56, W57).
    None,
}

/// The head cannot be set: there is one already, or it has been sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLate;

/// A byte of the body before any head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotStarted;

/// What became of a piece of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// All of it is for the client.
    Whole,
    /// The answer has no body; the application need not make more of it (W56, W57).
    Bodiless,
    /// It reached beyond the announced length; the client gets the part before that (W53).
    Cut,
}

/// How a response ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// As the head announced it.
    Complete,
    /// This many bytes before the announced length (W54).
    Short(u64),
}

impl Response {
    /// A response that has not begun.
    #[must_use]
    pub const fn new(is_head_request: bool) -> Self {
        Self {
            is_head_request,
            state: State::Quiet,
        }
    }

    /// Sets the head, once (W40).
    ///
    /// # Errors
    /// There is one already.
    pub fn start(&mut self, head: ResponseHead) -> Result<(), TooLate> {
        match self.state {
            State::Quiet => {
                self.state = State::Pending(head);
                Ok(())
            }
            State::Pending(_) | State::Body(_) => Err(TooLate),
        }
    }

    /// Sets the head in place of another one, all headers included (W41).
    ///
    /// # Errors
    /// The other one has been sent (W42).
    pub fn replace(&mut self, head: ResponseHead) -> Result<(), TooLate> {
        if self.is_committed() {
            return Err(TooLate);
        }
        self.state = State::Pending(head);
        Ok(())
    }

    /// True once the client may have seen the head.
    #[must_use]
    pub const fn is_committed(&self) -> bool {
        matches!(self.state, State::Body(_))
    }

    /// Takes note of the length of the whole body, if the head is still to be sent (W55).
    pub fn announce_length(&mut self, length: u64) {
        if let State::Pending(head) = &mut self.state {
            head.announce_length(length);
        }
    }

    /// Sends a piece of the body, and the head before the first one. An empty piece sends nothing (W62).
    ///
    /// # Errors
    /// There is no head yet (W44).
    pub fn write(&mut self, piece: &[u8], out: &mut Connection) -> Result<Written, NotStarted> {
        if piece.is_empty() {
            return match self.state {
                State::Quiet => Err(NotStarted),
                State::Pending(_) | State::Body(_) => Ok(Written::Whole),
            };
        }
        match self.commit(out)? {
            Room::Any => out.stdout(piece),
            Room::None => return Ok(Written::Bodiless),
            Room::Bytes(room) => {
                let kept = usize::try_from(room).unwrap_or(usize::MAX).min(piece.len());
                out.stdout(piece.split_at(kept).0);
                self.state = State::Body(Room::Bytes(room - kept as u64));
                if kept < piece.len() {
                    return Ok(Written::Cut);
                }
            }
        }
        Ok(Written::Whole)
    }

    /// Sends the head if no piece of the body has.
    ///
    /// # Errors
    /// There is no head (W44).
    pub fn finish(&mut self, out: &mut Connection) -> Result<Ending, NotStarted> {
        match self.commit(out)? {
            Room::Any | Room::None | Room::Bytes(0) => Ok(Ending::Complete),
            Room::Bytes(missing) => Ok(Ending::Short(missing)),
        }
    }

    /// Sends the head, unless that has happened, and tells what may follow.
    fn commit(&mut self, out: &mut Connection) -> Result<Room, NotStarted> {
        let room = match &self.state {
            State::Quiet => return Err(NotStarted),
            State::Body(room) => return Ok(*room),
            State::Pending(head) => {
                out.stdout(&head.to_bytes());
                if self.is_head_request || head.forbids_body() {
                    Room::None
                } else {
                    head.content_length().map_or(Room::Any, Room::Bytes)
                }
            }
        };
        self.state = State::Body(room);
        Ok(room)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fcgi::record::{BeginRequest, RecordReader, RecordType, Role, append_record};
    use crate::limits::Limits;

    /// A connection with a request on it.
    fn connection() -> Connection {
        let begin = BeginRequest {
            role: Role::Responder,
            keep_connection: true,
        };
        let mut wire = Vec::new();
        append_record(&mut wire, RecordType::BeginRequest, 1, &begin.to_content());
        append_record(&mut wire, RecordType::Params, 1, b"");
        let mut connection = Connection::new(Limits::default());
        connection.receive(&wire);
        connection.poll_event(&mut Vec::new()).unwrap();
        connection
    }

    /// What has been sent to the client.
    fn sent(connection: &Connection) -> String {
        let mut reader = RecordReader::default();
        reader.extend(connection.output());
        let mut text = String::new();
        while let Some(record) = reader.next_record().unwrap() {
            text.push_str(std::str::from_utf8(record.content).unwrap());
        }
        text
    }

    fn head(status: &str, headers: &[(&str, &str)]) -> ResponseHead {
        ResponseHead::new(status, headers.iter().copied()).unwrap()
    }

    #[test]
    fn w62_the_head_leaves_with_the_first_byte() {
        let mut out = connection();
        let mut response = Response::new(false);
        response.start(head("200 OK", &[])).unwrap();
        assert_eq!(response.write(b"", &mut out), Ok(Written::Whole));
        assert_eq!(sent(&out), "");
        assert!(!response.is_committed());
        assert_eq!(response.write(b"x", &mut out), Ok(Written::Whole));
        assert_eq!(sent(&out), "Status: 200 OK\r\n\r\nx");
        assert!(response.is_committed());
    }

    #[test]
    fn w62_the_head_leaves_at_the_end_of_an_empty_body() {
        let mut out = connection();
        let mut response = Response::new(false);
        response.start(head("200 OK", &[])).unwrap();
        assert_eq!(response.finish(&mut out), Ok(Ending::Complete));
        assert_eq!(sent(&out), "Status: 200 OK\r\n\r\n");
    }

    #[test]
    fn w40_w41_w42_a_head_is_replaced_until_it_is_sent() {
        let mut out = connection();
        let mut response = Response::new(false);
        response.start(head("200 OK", &[("X", "stale")])).unwrap();
        assert_eq!(response.start(head("201 OK", &[])), Err(TooLate));
        response.replace(head("500 Oh", &[])).unwrap();
        response.write(b"x", &mut out).unwrap();
        assert_eq!(sent(&out), "Status: 500 Oh\r\n\r\nx");
        assert_eq!(response.start(head("200 OK", &[])), Err(TooLate));
        assert_eq!(response.replace(head("200 OK", &[])), Err(TooLate));
    }

    #[test]
    fn w44_a_body_without_a_head_is_told() {
        let mut out = connection();
        let mut response = Response::new(false);
        assert_eq!(response.write(b"x", &mut out), Err(NotStarted));
        assert_eq!(response.write(b"", &mut out), Err(NotStarted));
        assert_eq!(response.finish(&mut out), Err(NotStarted));
        assert_eq!(sent(&out), "");
    }

    #[test]
    fn w53_w54_an_announced_length_is_kept() {
        let mut out = connection();
        let mut response = Response::new(false);
        let announced = head("200 OK", &[("Content-Length", "3")]);
        response.start(announced).unwrap();
        assert_eq!(response.write(b"ab", &mut out), Ok(Written::Whole));
        assert_eq!(response.finish(&mut out), Ok(Ending::Short(1)));
        assert_eq!(response.write(b"cd", &mut out), Ok(Written::Cut));
        assert_eq!(response.finish(&mut out), Ok(Ending::Complete));
        assert!(sent(&out).ends_with("\r\n\r\nabc"));
    }

    #[test]
    fn w56_w57_some_answers_have_no_body() {
        for (is_head_request, status) in [(true, "200 OK"), (false, "204 No"), (false, "304 Same")]
        {
            let mut out = connection();
            let mut response = Response::new(is_head_request);
            response.start(head(status, &[("ETag", "e")])).unwrap();
            response.announce_length(1);
            assert_eq!(response.write(b"x", &mut out), Ok(Written::Bodiless));
            assert_eq!(response.finish(&mut out), Ok(Ending::Complete));
            assert!(sent(&out).ends_with("\r\n\r\n"), "{status}");
            assert_eq!(sent(&out).contains("Content-Length: 1"), is_head_request);
        }
    }
}
