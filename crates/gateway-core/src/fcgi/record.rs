//! The record: an eight-byte header, content, padding.

#[cfg(test)]
mod tests;

use std::fmt;

/// Bytes of a record header.
pub const HEADER_LEN: usize = 8;

/// Most content bytes that the header's 16-bit length can say.
pub const MAX_CONTENT: usize = 65_535;

/// Content bytes per record when a stream is cut into several: the largest multiple of eight, so that no
/// record needs padding (F19).
pub const STREAM_CHUNK: usize = 65_528;

/// The only version of the protocol.
const VERSION: u8 = 1;

/// What a record is about (the specification's `FCGI_BEGIN_REQUEST` and so on).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordType {
    /// The web server starts a request.
    BeginRequest,
    /// The web server gives a request up.
    AbortRequest,
    /// The application has finished a request.
    EndRequest,
    /// Name-value pairs, as a stream.
    Params,
    /// The request body, as a stream.
    Stdin,
    /// The CGI response, as a stream.
    Stdout,
    /// Error text, as a stream.
    Stderr,
    /// A second input of the filter role, as a stream.
    Data,
    /// The web server asks for limits of the application.
    GetValues,
    /// The application's answer to that.
    GetValuesResult,
    /// The application's answer to a management record that it does not know.
    UnknownType,
    /// A type outside the specification.
    Other(u8),
}

impl RecordType {
    /// The type with that number.
    #[must_use]
    pub const fn from_number(number: u8) -> Self {
        match number {
            1 => Self::BeginRequest,
            2 => Self::AbortRequest,
            3 => Self::EndRequest,
            4 => Self::Params,
            5 => Self::Stdin,
            6 => Self::Stdout,
            7 => Self::Stderr,
            8 => Self::Data,
            9 => Self::GetValues,
            10 => Self::GetValuesResult,
            11 => Self::UnknownType,
            other => Self::Other(other),
        }
    }

    /// The number on the wire.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::BeginRequest => 1,
            Self::AbortRequest => 2,
            Self::EndRequest => 3,
            Self::Params => 4,
            Self::Stdin => 5,
            Self::Stdout => 6,
            Self::Stderr => 7,
            Self::Data => 8,
            Self::GetValues => 9,
            Self::GetValuesResult => 10,
            Self::UnknownType => 11,
            Self::Other(number) => number,
        }
    }
}

/// The first eight bytes of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// What the record is about.
    pub kind: RecordType,
    /// The request it belongs to; 0 for management records.
    pub id: u16,
    /// Bytes of content that follow.
    pub content_len: u16,
    /// Bytes of padding behind the content.
    pub padding_len: u8,
}

impl Header {
    /// Reads a header. The reserved byte is ignored (F35).
    ///
    /// # Errors
    /// A version other than 1 means that the peer does not speak FastCGI, so nothing behind it can be
    /// trusted either (F6, S18).
    pub const fn from_bytes(bytes: [u8; HEADER_LEN]) -> Result<Self, UnknownVersion> {
        let [
            version,
            kind,
            id_high,
            id_low,
            len_high,
            len_low,
            padding_len,
            _reserved,
        ] = bytes;
        if version != VERSION {
            return Err(UnknownVersion(version));
        }
        Ok(Self {
            kind: RecordType::from_number(kind),
            id: u16::from_be_bytes([id_high, id_low]),
            content_len: u16::from_be_bytes([len_high, len_low]),
            padding_len,
        })
    }

    /// The header as it goes on the wire.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; HEADER_LEN] {
        let [id_high, id_low] = self.id.to_be_bytes();
        let [len_high, len_low] = self.content_len.to_be_bytes();
        [
            VERSION,
            self.kind.number(),
            id_high,
            id_low,
            len_high,
            len_low,
            self.padding_len,
            0,
        ]
    }

    /// Adds up the bytes of the whole record; wide, since 65,535 + 255 + 8 passes 16 bits (S2).
    #[must_use]
    pub const fn record_len(self) -> usize {
        HEADER_LEN + self.content_len as usize + self.padding_len as usize
    }
}

/// A record header whose version byte is not 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownVersion(pub u8);

impl fmt::Display for UnknownVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the peer does not speak FastCGI 1.0: version byte {} instead of 1",
            self.0
        )
    }
}

impl std::error::Error for UnknownVersion {}

/// One whole record, its content borrowed from the reader's buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record<'a> {
    /// What the record is about.
    pub kind: RecordType,
    /// The request it belongs to; 0 for management records.
    pub id: u16,
    /// The content, without padding.
    pub content: &'a [u8],
}

/// Cuts a byte stream, however it arrives, into records (F2).
#[derive(Debug, Default)]
pub struct RecordReader {
    buffer: Vec<u8>,
    /// Where the first unread byte stands; what lies before it has been handed out.
    start: usize,
}

impl RecordReader {
    /// Adds bytes that the peer sent.
    pub fn extend(&mut self, bytes: &[u8]) {
        // Moving the rest down keeps the buffer no larger than one record and one read.
        self.buffer.drain(..self.start);
        self.start = 0;
        self.buffer.extend_from_slice(bytes);
    }

    /// The header of the next record, which stays where it is; `None` until its eight bytes have arrived.
    ///
    /// # Errors
    /// The version is unknown, as for [`RecordReader::next_record`].
    pub fn peek_header(&self) -> Result<Option<Header>, UnknownVersion> {
        let rest = self.buffer.get(self.start..).unwrap_or_default();
        match rest.first_chunk::<HEADER_LEN>() {
            Some(bytes) => Header::from_bytes(*bytes).map(Some),
            None => Ok(None),
        }
    }

    /// The next whole record, or `None` until more bytes arrive.
    ///
    /// # Errors
    /// Fails for ever once the peer has sent a header of an unknown version.
    pub fn next_record(&mut self) -> Result<Option<Record<'_>>, UnknownVersion> {
        let Some(header) = self.peek_header()? else {
            return Ok(None);
        };
        let rest = self.buffer.get(self.start..).unwrap_or_default();
        let content = HEADER_LEN..HEADER_LEN + usize::from(header.content_len);
        if rest.len() < header.record_len() {
            return Ok(None);
        }
        self.start += header.record_len();
        let content = rest.get(content).unwrap_or_default();
        Ok(Some(Record {
            kind: header.kind,
            id: header.id,
            content,
        }))
    }

    /// True if the stream may end here: no record has begun.
    #[must_use]
    pub fn is_at_boundary(&self) -> bool {
        self.start == self.buffer.len()
    }
}

/// Appends one record; content past [`MAX_CONTENT`] is left out, see [`append_stream`] for that.
pub fn append_record(out: &mut Vec<u8>, kind: RecordType, id: u16, content: &[u8]) {
    debug_assert!(
        content.len() <= MAX_CONTENT,
        "cut streams with append_stream"
    );
    let content_len = u16::try_from(content.len()).unwrap_or(u16::MAX);
    let header = Header {
        kind,
        id,
        content_len,
        padding_len: 0,
    };
    out.extend_from_slice(&header.to_bytes());
    out.extend(content.iter().take(usize::from(content_len)));
}

/// Appends stream data as as many records as it takes. Empty data appends nothing, since an empty record
/// would end the stream (F17).
pub fn append_stream(out: &mut Vec<u8>, kind: RecordType, id: u16, data: &[u8]) {
    for chunk in data.chunks(STREAM_CHUNK) {
        append_record(out, kind, id, chunk);
    }
}

/// What the web server wants of the application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Answer an HTTP request; the only role that web apps have.
    Responder,
    /// Decide whether a request may go on.
    Authorizer,
    /// Transform a file.
    Filter,
    /// A role outside the specification.
    Other(u16),
}

/// Content of a [`RecordType::BeginRequest`] record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BeginRequest {
    /// What the web server wants.
    pub role: Role,
    /// The connection stays open behind the request.
    pub keep_connection: bool,
}

impl BeginRequest {
    /// Reads the content; `None` unless it has exactly eight bytes (F7). Unknown flags are ignored (F35).
    #[must_use]
    pub fn from_content(content: &[u8]) -> Option<Self> {
        let &[role_high, role_low, flags, _, _, _, _, _] = content else {
            return None;
        };
        let role = match u16::from_be_bytes([role_high, role_low]) {
            1 => Role::Responder,
            2 => Role::Authorizer,
            3 => Role::Filter,
            other => Role::Other(other),
        };
        Some(Self {
            role,
            keep_connection: flags & 1 == 1,
        })
    }

    /// The content as it goes on the wire.
    #[must_use]
    pub const fn to_content(self) -> [u8; 8] {
        let role = match self.role {
            Role::Responder => 1,
            Role::Authorizer => 2,
            Role::Filter => 3,
            Role::Other(number) => number,
        };
        let [role_high, role_low] = role.to_be_bytes();
        [
            role_high,
            role_low,
            self.keep_connection as u8,
            0,
            0,
            0,
            0,
            0,
        ]
    }
}

/// How the protocol side of a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProtocolStatus {
    /// Normally.
    RequestComplete,
    /// Refused: the application runs one request per connection.
    CantMultiplexConnections,
    /// Refused: the application is out of some resource.
    Overloaded,
    /// Refused: the application does not have that role.
    UnknownRole,
}

/// Content of a [`RecordType::EndRequest`] record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndRequest {
    /// Exit code of the application, 0 for success.
    pub app_status: u32,
    /// How the protocol side ended.
    pub protocol_status: ProtocolStatus,
}

impl EndRequest {
    /// Reads the content; `None` unless it has exactly eight bytes and a known status.
    #[must_use]
    pub fn from_content(content: &[u8]) -> Option<Self> {
        let &[a, b, c, d, status, _, _, _] = content else {
            return None;
        };
        let protocol_status = match status {
            0 => ProtocolStatus::RequestComplete,
            1 => ProtocolStatus::CantMultiplexConnections,
            2 => ProtocolStatus::Overloaded,
            3 => ProtocolStatus::UnknownRole,
            _ => return None,
        };
        Some(Self {
            app_status: u32::from_be_bytes([a, b, c, d]),
            protocol_status,
        })
    }

    /// The content as it goes on the wire.
    #[must_use]
    pub const fn to_content(self) -> [u8; 8] {
        let [a, b, c, d] = self.app_status.to_be_bytes();
        let status = match self.protocol_status {
            ProtocolStatus::RequestComplete => 0,
            ProtocolStatus::CantMultiplexConnections => 1,
            ProtocolStatus::Overloaded => 2,
            ProtocolStatus::UnknownRole => 3,
        };
        [a, b, c, d, status, 0, 0, 0]
    }
}
