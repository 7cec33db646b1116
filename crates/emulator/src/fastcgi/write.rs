//! To the process: `FCGI_BEGIN_REQUEST`, `FCGI_PARAMS`, `FCGI_STDIN`.

use std::future::pending;

use http_body_util::BodyExt;
use http_body_util::combinators::UnsyncBoxBody;
use hyper::body::{Body, Bytes};
use iisc_gateway_core::fcgi::params::{self, Pair};
use iisc_gateway_core::fcgi::record::{
    BeginRequest, RecordType, Role, STREAM_CHUNK, append_record, append_stream,
};
use tokio::io::{AsyncWrite, AsyncWriteExt};

use super::REQUEST_ID;

/// The client went away in the middle of its request body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClientGone;

/// A request body as it arrives from the client.
pub(crate) type RequestBody = UnsyncBoxBody<Bytes, ClientGone>;

/// Writes one request, piece by piece, as the body arrives and the process reads.
#[derive(Debug)]
pub(crate) struct RequestWriter {
    /// Whole records; what lies before `sent` has been written.
    pending: Vec<u8>,
    sent: usize,
    is_ended: bool,
    took_body: bool,
}

/// What one step of the writer did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Bytes went to the process.
    Wrote,
    /// A piece of the body came from the client.
    Fetched,
}

impl RequestWriter {
    /// A writer that has the request's parameters before it.
    pub(crate) fn new(variables: &[Pair], body: &RequestBody) -> Self {
        let mut writer = Self {
            pending: head(variables),
            sent: 0,
            is_ended: false,
            took_body: false,
        };
        if body.is_end_stream() {
            writer.end();
        }
        writer
    }

    /// Writes what is pending, or else fetches a piece of the body; waits for ever when all is done.
    ///
    /// May be dropped at any time without losing a byte.
    pub(crate) async fn step(
        &mut self,
        process: &mut (impl AsyncWrite + Unpin),
        body: &mut RequestBody,
    ) -> Step {
        let rest = self.pending.get(self.sent..).unwrap_or_default();
        if !rest.is_empty() {
            match process.write(rest).await {
                Ok(count @ 1..) => self.sent += count,
                // The process is gone; the reading side finds out why.
                Ok(0) | Err(_) => self.give_up(),
            }
            return Step::Wrote;
        }
        self.pending.clear();
        self.sent = 0;
        if self.is_ended {
            return pending().await;
        }
        match body.frame().await {
            Some(Ok(frame)) => self.push(frame.data_ref().map_or(&[], |data| &data[..])),
            None => self.end(),
            Some(Err(ClientGone)) => self.abort(),
        }
        Step::Fetched
    }

    fn push(&mut self, data: &[u8]) {
        self.took_body = true;
        append_stream(&mut self.pending, RecordType::Stdin, REQUEST_ID, data);
    }

    /// Ends the body here, also if the client has more: the process does not want it any longer.
    pub(crate) fn end(&mut self) {
        if !self.is_ended {
            self.is_ended = true;
            append_record(&mut self.pending, RecordType::Stdin, REQUEST_ID, b"");
        }
    }

    /// Tells the process that the body is not complete, lest it take the part for the whole (F29). What IIS
    /// does here is not documented; the end of the stream behind it serves processes that ignore the abort.
    fn abort(&mut self) {
        append_record(&mut self.pending, RecordType::AbortRequest, REQUEST_ID, b"");
        self.end();
    }

    fn give_up(&mut self) {
        self.pending.clear();
        self.sent = 0;
        self.is_ended = true;
    }

    /// True if everything has been written.
    pub(crate) const fn is_done(&self) -> bool {
        self.is_ended && self.sent == self.pending.len()
    }

    /// True if a piece of the body was taken, so that the request cannot be sent again.
    pub(crate) const fn took_body(&self) -> bool {
        self.took_body
    }
}

/// The records before the body. The connection is kept, as IIS keeps it, and pairs are not cut by records,
/// since php-cgi and wfastcgi break on cut ones (gateway.md 1.3).
fn head(variables: &[Pair]) -> Vec<u8> {
    let mut wire = Vec::new();
    let begin = BeginRequest {
        role: Role::Responder,
        keep_connection: true,
    };
    append_record(
        &mut wire,
        RecordType::BeginRequest,
        REQUEST_ID,
        &begin.to_content(),
    );
    let mut record = Vec::new();
    for (name, value) in variables {
        let mut pair = Vec::new();
        params::append(&mut pair, name, value);
        if record.len() + pair.len() > STREAM_CHUNK {
            append_stream(&mut wire, RecordType::Params, REQUEST_ID, &record);
            record.clear();
        }
        record.append(&mut pair);
    }
    append_stream(&mut wire, RecordType::Params, REQUEST_ID, &record);
    append_record(&mut wire, RecordType::Params, REQUEST_ID, b"");
    wire
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use super::*;
    use http_body_util::Full;
    use hyper::body::Frame;
    use iisc_gateway_core::fcgi::record::RecordReader;
    use iisc_gateway_core::limits::Limits;
    use tokio::io::AsyncReadExt;

    fn full(data: Vec<u8>) -> RequestBody {
        Full::new(Bytes::from(data))
            .map_err(|never| match never {})
            .boxed_unsync()
    }

    /// A body whose pieces come from a channel.
    struct Arriving(tokio::sync::mpsc::Receiver<Result<Frame<Bytes>, ClientGone>>);

    impl Body for Arriving {
        type Data = Bytes;
        type Error = ClientGone;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, ClientGone>>> {
            self.0.poll_recv(context)
        }
    }

    fn pairs(count: usize) -> Vec<Pair> {
        (0..count)
            .map(|i| (format!("NAME_{i}").into_bytes(), vec![b'v'; 300]))
            .collect()
    }

    async fn records(variables: &[Pair], mut body: RequestBody) -> Vec<(RecordType, Vec<u8>)> {
        let mut writer = RequestWriter::new(variables, &body);
        // Seven bytes at a time, so that every write is a part of a record.
        let (mut ours, mut theirs) = tokio::io::duplex(7);
        let read = tokio::spawn(async move {
            let mut wire = Vec::new();
            theirs.read_to_end(&mut wire).await.unwrap();
            wire
        });
        while !writer.is_done() {
            writer.step(&mut ours, &mut body).await;
        }
        drop(ours);
        let mut reader = RecordReader::default();
        reader.extend(&read.await.unwrap());
        let mut records = Vec::new();
        while let Some(record) = reader.next_record().unwrap() {
            assert_eq!(record.id, REQUEST_ID);
            records.push((record.kind, record.content.to_vec()));
        }
        records
    }

    #[tokio::test]
    async fn a_request_is_begin_params_and_body_each_stream_ended() {
        let records = records(&pairs(1), full(b"body".to_vec())).await;
        let kinds: Vec<_> = records
            .iter()
            .map(|(kind, content)| (*kind, content.len()))
            .collect();
        let params = 1 + 4 + 6 + 300;
        assert_eq!(
            kinds,
            [
                (RecordType::BeginRequest, 8),
                (RecordType::Params, params),
                (RecordType::Params, 0),
                (RecordType::Stdin, 4),
                (RecordType::Stdin, 0),
            ]
        );
    }

    #[tokio::test]
    async fn every_record_holds_whole_pairs() {
        let variables = pairs(1_000);
        let records = records(&variables, full(Vec::new())).await;
        let mut read = Vec::new();
        for (kind, content) in &records {
            if *kind == RecordType::Params {
                let limits = Limits {
                    params_count: 1_000,
                    ..Limits::default()
                };
                read.extend(params::parse(content, &limits).unwrap());
            }
        }
        assert!(records.len() > 6);
        assert_eq!(read, variables);
    }

    #[tokio::test]
    async fn a_request_without_body_is_untouched_when_it_has_been_written() {
        let mut body = full(Vec::new());
        let mut writer = RequestWriter::new(&[], &body);
        let (mut ours, _theirs) = tokio::io::duplex(1_000);
        while !writer.is_done() {
            assert_eq!(writer.step(&mut ours, &mut body).await, Step::Wrote);
        }
        assert!(!writer.took_body());
    }

    #[tokio::test]
    async fn a_client_that_leaves_within_its_body_aborts_the_request() {
        let (sender, receiver) = tokio::sync::mpsc::channel(2);
        sender
            .send(Ok(Frame::data(Bytes::from_static(b"half"))))
            .await
            .unwrap();
        sender.send(Err(ClientGone)).await.unwrap();
        drop(sender);
        let records = records(&[], Arriving(receiver).boxed_unsync()).await;
        let kinds: Vec<_> = records.iter().skip(2).map(|(kind, _)| *kind).collect();
        assert_eq!(
            kinds,
            [
                RecordType::Stdin,
                RecordType::AbortRequest,
                RecordType::Stdin
            ]
        );
    }
}
