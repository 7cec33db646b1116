//! From the process: `FCGI_STDOUT`, `FCGI_STDERR`, `FCGI_END_REQUEST`.

use iisc_gateway_core::fcgi::record::{EndRequest, RecordReader, RecordType};

use super::REQUEST_ID;

/// What one read from the process brought.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Received {
    /// CGI response, joined.
    pub(crate) stdout: Vec<u8>,
    /// Error text, joined.
    pub(crate) stderr: Vec<u8>,
    /// The end of the request, if it has come.
    pub(crate) end: Option<EndRequest>,
}

/// Takes bytes from the process; `Err` says why it does not speak FastCGI.
///
/// Stricter than IIS probably is, whose tolerance nobody has published: a record that has no place in the
/// conversation is a bug of the process, and is better found here. Empty records of an output stream are
/// fine anywhere, since wfastcgi sends them between chunks (D4).
pub(crate) fn receive(records: &mut RecordReader, bytes: &[u8]) -> Result<Received, String> {
    let mut received = Received::default();
    records.extend(bytes);
    while let Some(record) = records.next_record().map_err(|error| error.to_string())? {
        if received.end.is_some() {
            return Err(format!(
                "a record {:?} behind the end of the request",
                record.kind
            ));
        }
        if record.id != REQUEST_ID {
            return Err(format!(
                "a record {:?} for request {}",
                record.kind, record.id
            ));
        }
        match record.kind {
            RecordType::Stdout => received.stdout.extend_from_slice(record.content),
            RecordType::Stderr => received.stderr.extend_from_slice(record.content),
            RecordType::EndRequest => {
                let end = EndRequest::from_content(record.content);
                received.end = Some(end.ok_or("an end of request with unknown content")?);
            }
            RecordType::BeginRequest
            | RecordType::AbortRequest
            | RecordType::Params
            | RecordType::Stdin
            | RecordType::Data
            | RecordType::GetValues
            | RecordType::GetValuesResult
            | RecordType::UnknownType
            | RecordType::Other(_) => {
                return Err(format!(
                    "a record {:?}, which a process does not send",
                    record.kind
                ));
            }
        }
    }
    match received.end {
        Some(_) if !records.is_at_boundary() => {
            Err("bytes behind the end of the request".to_owned())
        }
        Some(_) | None => Ok(received),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iisc_gateway_core::fcgi::record::{ProtocolStatus, append_record};

    const END: EndRequest = EndRequest {
        app_status: 0,
        protocol_status: ProtocolStatus::RequestComplete,
    };

    fn answer() -> Vec<u8> {
        let mut wire = Vec::new();
        append_record(&mut wire, RecordType::Stdout, 1, b"out");
        append_record(&mut wire, RecordType::Stderr, 1, b"err");
        append_record(&mut wire, RecordType::Stdout, 1, b"");
        append_record(&mut wire, RecordType::Stdout, 1, b"put");
        append_record(&mut wire, RecordType::EndRequest, 1, &END.to_content());
        wire
    }

    #[test]
    fn any_split_of_the_answer_gives_the_same_streams() {
        let wire = answer();
        for at in 0..=wire.len() {
            let mut records = RecordReader::default();
            let first = receive(&mut records, &wire[..at]).unwrap();
            let second = receive(&mut records, &wire[at..]).unwrap();
            assert_eq!([first.stdout, second.stdout].concat(), b"output");
            assert_eq!([first.stderr, second.stderr].concat(), b"err");
            assert_eq!(first.end.or(second.end), Some(END));
        }
    }

    #[test]
    fn records_without_a_place_are_refused() {
        let one = |kind, id| {
            let mut wire = Vec::new();
            append_record(&mut wire, kind, id, b"");
            wire
        };
        for (wire, message) in [
            (one(RecordType::Stdout, 2), "for request 2"),
            (one(RecordType::Stdin, 1), "does not send"),
            (one(RecordType::EndRequest, 1), "unknown content"),
            (b"HTTP/1.1".to_vec(), "does not speak FastCGI"),
            (
                [answer(), one(RecordType::Stdout, 1)].concat(),
                "behind the end",
            ),
            ([answer(), vec![1]].concat(), "behind the end"),
        ] {
            let error = receive(&mut RecordReader::default(), &wire).unwrap_err();
            assert!(error.contains(message), "{error}");
        }
    }
}
