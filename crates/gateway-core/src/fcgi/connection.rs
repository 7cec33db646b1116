//! The application's side of one connection: bytes in, events out; commands in, bytes out.
//!
//! One request runs at a time. A second id is refused while the first is still being sent, and waits once it
//! has been sent. There is no clock and no socket here: whoever has those calls [`Connection::receive`] with
//! what arrived, [`Connection::poll_event`] until it returns `None`, and sends [`Connection::output`].

use std::fmt;
use std::mem;

use super::params::{self, Pair, ParamsError};
use super::record::{
    BeginRequest, EndRequest, Header, ProtocolStatus, Record, RecordReader, RecordType, Role,
    UnknownVersion, append_record, append_stream,
};
use super::request::{Effect, Input, State, next};
use crate::limits::Limits;

/// What the web server did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A request has all its parameters; the application may run.
    Request(Request),
    /// More of the request body was appended to the caller's buffer.
    Body,
    /// The request body is complete.
    BodyEnd,
    /// The web server no longer wants the answer; the request still has to be ended.
    Abort,
    /// A request was refused. The web server has been told; this is for the log.
    Refused(Refusal),
    /// A record that only an application may send came and was ignored; told once per connection (F34).
    Unexpected(RecordType),
}

/// A request whose parameters are complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its id on this connection.
    pub id: u16,
    /// The parameters in the order of their arrival, or why they cannot be read: then the answer is a status
    /// of the 400 class, and the connection goes on (F4).
    pub params: Result<Vec<Pair>, ParamsError>,
}

/// Why a request was turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It wants a role that no web app has (F10).
    Role(Role),
    /// Another request is being sent on the connection (F9).
    Multiplexed,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Role(role) => write!(f, "the web server asks for the role {role:?}"),
            Self::Multiplexed => {
                f.write_str("the web server began a second request before it had sent the first")
            }
        }
    }
}

/// Why a connection cannot go on. Nothing more is written to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProtocolError {
    /// The peer does not speak FastCGI (F6).
    Version(UnknownVersion),
    /// A `BEGIN_REQUEST` record is not eight bytes long (F7).
    MalformedBegin,
    /// A record that belongs to a request carries the id 0 (F7, S4).
    NullId(RecordType),
    /// A record has no place in the present state of its request (F8).
    OutOfOrder(RecordType),
}

impl fmt::Display for ProtocolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(version) => version.fmt(f),
            Self::MalformedBegin => f.write_str("a BEGIN_REQUEST record is not eight bytes long"),
            Self::NullId(kind) => write!(f, "a record of type {} has the id 0", kind.number()),
            Self::OutOfOrder(kind) => write!(
                f,
                "a record of type {} came while its request was still being sent",
                kind.number()
            ),
        }
    }
}

impl std::error::Error for ProtocolError {}

impl From<UnknownVersion> for ProtocolError {
    fn from(version: UnknownVersion) -> Self {
        Self::Version(version)
    }
}

/// The request that runs.
#[derive(Debug)]
struct Active {
    id: u16,
    keep_connection: bool,
    state: State,
    /// The parameters so far, at most one byte more than allowed.
    params: Vec<u8>,
    has_stderr: bool,
}

/// One connection, as the application sees it.
#[derive(Debug)]
pub struct Connection {
    limits: Limits,
    reader: RecordReader,
    active: Option<Active>,
    out: Vec<u8>,
    /// Bytes of `out` that have been sent.
    sent: usize,
    is_closing: bool,
    has_told_unexpected: bool,
}

impl Connection {
    /// A connection on which nothing has been said.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            reader: RecordReader::default(),
            active: None,
            out: Vec::new(),
            sent: 0,
            is_closing: false,
            has_told_unexpected: false,
        }
    }

    /// Takes bytes that the web server sent, cut anywhere (F2). On a connection that is about to be closed
    /// they mean nothing any more, and are forgotten.
    pub fn receive(&mut self, bytes: &[u8]) {
        if !self.is_closing {
            self.reader.extend(bytes);
        }
    }

    /// The next thing the web server did; request body is appended to `body`.
    ///
    /// The answer `None` can change after [`Connection::receive`] and, when a further request has been sent
    /// ahead of time, after [`Connection::end`].
    ///
    /// # Errors
    /// The connection is beyond repair and is to be closed without another byte.
    pub fn poll_event(&mut self, body: &mut Vec<u8>) -> Result<Option<Event>, ProtocolError> {
        // Taken out for the time being: a record borrows the reader while the rest of us changes.
        let mut reader = mem::take(&mut self.reader);
        let event = self.poll_reader(&mut reader, body);
        self.reader = reader;
        event
    }

    fn poll_reader(
        &mut self,
        reader: &mut RecordReader,
        body: &mut Vec<u8>,
    ) -> Result<Option<Event>, ProtocolError> {
        while !self.is_closing {
            match reader.peek_header()? {
                Some(header) if !self.holds(header) => {}
                Some(_) | None => return Ok(None),
            }
            let Some(record) = reader.next_record()? else {
                return Ok(None);
            };
            if let Some(event) = self.take(record, body)? {
                return Ok(Some(event));
            }
        }
        Ok(None)
    }

    /// True if the record has to wait for the end of the active request (F24).
    fn holds(&self, header: Header) -> bool {
        let waits = |active: &Active| next(active.state, Input::Begin).1 == Effect::Hold;
        header.kind == RecordType::BeginRequest && self.active.as_ref().is_some_and(waits)
    }

    fn take(
        &mut self,
        record: Record<'_>,
        body: &mut Vec<u8>,
    ) -> Result<Option<Event>, ProtocolError> {
        if record.id == 0 {
            return self.manage(record.kind, record.content);
        }
        let is_end = record.content.is_empty();
        match record.kind {
            RecordType::BeginRequest => self.begin(record.id, record.content),
            RecordType::AbortRequest => self.step(record, Input::Abort, body),
            RecordType::Params if is_end => self.step(record, Input::ParamsEnd, body),
            RecordType::Params => self.step(record, Input::Params, body),
            RecordType::Stdin if is_end => self.step(record, Input::StdinEnd, body),
            RecordType::Stdin => self.step(record, Input::Stdin, body),
            RecordType::EndRequest
            | RecordType::Stdout
            | RecordType::Stderr
            | RecordType::GetValuesResult
            | RecordType::UnknownType => Ok(self.unexpected(record.kind)),
            // The second input of the filter role (F33), and types outside the specification (F15).
            RecordType::Data | RecordType::GetValues | RecordType::Other(_) => Ok(None),
        }
    }

    /// Answers a management record (F13-F15).
    fn manage(&mut self, kind: RecordType, content: &[u8]) -> Result<Option<Event>, ProtocolError> {
        match kind {
            RecordType::GetValues => {
                let values = self.values(content);
                append_record(&mut self.out, RecordType::GetValuesResult, 0, &values);
                Ok(None)
            }
            RecordType::Other(number) => {
                let content = [number, 0, 0, 0, 0, 0, 0, 0];
                append_record(&mut self.out, RecordType::UnknownType, 0, &content);
                Ok(None)
            }
            RecordType::GetValuesResult | RecordType::UnknownType => Ok(self.unexpected(kind)),
            RecordType::BeginRequest
            | RecordType::AbortRequest
            | RecordType::EndRequest
            | RecordType::Params
            | RecordType::Stdin
            | RecordType::Stdout
            | RecordType::Stderr
            | RecordType::Data => Err(ProtocolError::NullId(kind)),
        }
    }

    /// Values for those of the asked names that the specification knows.
    fn values(&self, content: &[u8]) -> Vec<u8> {
        let asked = params::parse(content, &self.limits).unwrap_or_default();
        let connections = self.limits.connections.to_string();
        let mut values = Vec::new();
        for (name, value) in [
            ("FCGI_MAX_CONNS", connections.as_str()),
            // A connection runs one request at a time.
            ("FCGI_MAX_REQS", connections.as_str()),
            ("FCGI_MPXS_CONNS", "0"),
        ] {
            if asked.iter().any(|(asked, _)| asked == name.as_bytes()) {
                params::append(&mut values, name.as_bytes(), value.as_bytes());
            }
        }
        values
    }

    fn unexpected(&mut self, kind: RecordType) -> Option<Event> {
        let is_first = !mem::replace(&mut self.has_told_unexpected, true);
        is_first.then_some(Event::Unexpected(kind))
    }

    fn begin(&mut self, id: u16, content: &[u8]) -> Result<Option<Event>, ProtocolError> {
        let begin = BeginRequest::from_content(content).ok_or(ProtocolError::MalformedBegin)?;
        match &self.active {
            // Whether the active request lets the next one wait was asked in `holds`.
            Some(active) if active.id == id => {
                return Err(ProtocolError::OutOfOrder(RecordType::BeginRequest));
            }
            Some(_) => {
                self.append_end(id, 0, ProtocolStatus::CantMultiplexConnections);
                return Ok(Some(Event::Refused(Refusal::Multiplexed)));
            }
            None => {}
        }
        if begin.role != Role::Responder {
            self.append_end(id, 0, ProtocolStatus::UnknownRole);
            self.is_closing = !begin.keep_connection;
            return Ok(Some(Event::Refused(Refusal::Role(begin.role))));
        }
        let (state, _) = next(State::Inactive, Input::Begin);
        self.active = Some(Active {
            id,
            keep_connection: begin.keep_connection,
            state,
            params: Vec::new(),
            has_stderr: false,
        });
        Ok(None)
    }

    /// Moves the active request on; a record of any other id is ignored (F27).
    fn step(
        &mut self,
        record: Record<'_>,
        input: Input,
        body: &mut Vec<u8>,
    ) -> Result<Option<Event>, ProtocolError> {
        let Some(active) = self.active.as_mut().filter(|active| active.id == record.id) else {
            return Ok(None);
        };
        let (state, effect) = next(active.state, input);
        active.state = state;
        match effect {
            Effect::Collect => {
                // One byte too many is enough to know that there were too many.
                let room = (self.limits.params_bytes + 1).saturating_sub(active.params.len());
                active.params.extend(record.content.iter().take(room));
                Ok(None)
            }
            Effect::Run => Ok(Some(Event::Request(Request {
                id: active.id,
                params: params::parse(&mem::take(&mut active.params), &self.limits),
            }))),
            Effect::Deliver => {
                body.extend_from_slice(record.content);
                Ok(Some(Event::Body))
            }
            Effect::Finish => Ok(Some(Event::BodyEnd)),
            Effect::Cancel => Ok(Some(Event::Abort)),
            Effect::Withdraw => {
                self.retire(0);
                Ok(None)
            }
            Effect::Fail => Err(ProtocolError::OutOfOrder(record.kind)),
            // Beginnings and ends have ways of their own; what remains is to do nothing.
            Effect::Open | Effect::Retire | Effect::Hold | Effect::Ignore => Ok(None),
        }
    }

    /// Sends a piece of the answer; an empty piece sends nothing (F17).
    pub fn stdout(&mut self, data: &[u8]) {
        if let Some(active) = &self.active {
            append_stream(&mut self.out, RecordType::Stdout, active.id, data);
        }
    }

    /// Sends error text for the web server's log. IIS turns any of it into a 500 by default (D7).
    pub fn stderr(&mut self, text: &[u8]) {
        if let Some(active) = self.active.as_mut().filter(|_| !text.is_empty()) {
            active.has_stderr = true;
            append_stream(&mut self.out, RecordType::Stderr, active.id, text);
        }
    }

    /// Ends the active request, if there is one. `app_status` is 0 for success.
    pub fn end(&mut self, app_status: u32) {
        if let Some(active) = self.active.as_mut() {
            (active.state, _) = next(active.state, Input::End);
            self.retire(app_status);
        }
    }

    fn retire(&mut self, app_status: u32) {
        let Some(active) = self.active.take() else {
            return;
        };
        if active.has_stderr {
            append_record(&mut self.out, RecordType::Stderr, active.id, b"");
        }
        append_record(&mut self.out, RecordType::Stdout, active.id, b"");
        self.append_end(active.id, app_status, ProtocolStatus::RequestComplete);
        self.is_closing = !active.keep_connection;
    }

    fn append_end(&mut self, id: u16, app_status: u32, protocol_status: ProtocolStatus) {
        let end = EndRequest {
            app_status,
            protocol_status,
        };
        append_record(&mut self.out, RecordType::EndRequest, id, &end.to_content());
    }

    /// Bytes to send.
    #[must_use]
    pub fn output(&self) -> &[u8] {
        self.out.get(self.sent..).unwrap_or_default()
    }

    /// Takes note that the first `count` bytes of [`Connection::output`] were sent.
    pub fn consume_output(&mut self, count: usize) {
        self.sent = self.sent.saturating_add(count).min(self.out.len());
        if self.sent == self.out.len() {
            self.out.clear();
            // One huge answer must not cost its memory for the life of the connection.
            self.out.shrink_to(2 * self.limits.output_window);
            self.sent = 0;
        }
    }

    /// True while more of the active request's body may come.
    #[must_use]
    pub fn awaits_body(&self) -> bool {
        self.active
            .as_ref()
            .is_some_and(|active| active.state == State::Body)
    }

    /// True if what comes next can be dealt with at once: it is body of the active request, or rest of a body
    /// that nobody wants any more. False if it could only be the next request, which would have to be kept.
    #[must_use]
    pub fn takes_input(&self) -> bool {
        self.active.is_none() || self.awaits_body()
    }

    /// True if the connection is to be closed once its output is sent: the web server asked for that by
    /// leaving out `KEEP_CONN` (F23).
    #[must_use]
    pub const fn is_closing(&self) -> bool {
        self.is_closing
    }

    /// True if all that was received has been dealt with: no record has begun, and none is held.
    #[must_use]
    pub fn is_at_boundary(&self) -> bool {
        self.reader.is_at_boundary()
    }

    /// True if the web server may leave without harm: no request runs and no record has begun.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.active.is_none() && self.is_at_boundary()
    }
}

#[cfg(test)]
mod tests;
