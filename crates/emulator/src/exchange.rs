//! One request and its response over one connected stream.

use std::time::Duration;

use iisc_gateway_core::fcgi::params::Pair;
use iisc_gateway_core::fcgi::record::RecordReader;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadHalf, WriteHalf};
use tokio::time::{Instant, sleep_until};

use crate::fastcgi::read::receive;
use crate::fastcgi::write::{RequestBody, RequestWriter, Step};
use crate::reply::Reply;

/// Bytes per read from a process.
const READ_SIZE: usize = 64 * 1024;

/// A request that waits for a process, or has one.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) variables: Vec<Pair>,
    pub(crate) body: RequestBody,
    pub(crate) reply: Reply,
}

/// The emulator's end of the stream to a process.
#[derive(Debug)]
pub(crate) struct Wire<S> {
    reader: ReadHalf<S>,
    writer: WriteHalf<S>,
    records: RecordReader,
    buffer: Vec<u8>,
}

/// How long a request may take and be silent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timeouts {
    pub(crate) request: Duration,
    pub(crate) activity: Duration,
}

/// Why an exchange did not come to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The process closed the stream before it ended the request.
    Closed {
        /// Nothing was taken from the client and nothing said to it, so another process may have the request.
        is_untouched: bool,
    },
    RequestTimeout,
    ActivityTimeout,
    /// The process does not speak FastCGI as it should.
    Protocol(String),
}

/// A piece of error text that came through FastCGI.
pub(crate) type OnStderr<'a> = &'a mut (dyn FnMut(&[u8]) + Send);

impl<S: AsyncRead + AsyncWrite> Wire<S> {
    pub(crate) fn new(stream: S) -> Self {
        let (reader, writer) = tokio::io::split(stream);
        Self {
            reader,
            writer,
            records: RecordReader::default(),
            buffer: vec![0; READ_SIZE],
        }
    }

    /// Waits between two requests until the process closes the stream or sends what nobody asked for.
    /// `Ok` is the end of the stream, `Err` says what was wrong.
    pub(crate) async fn closed(&mut self) -> Result<(), String> {
        match self.reader.read(&mut self.buffer).await {
            Ok(1..) => Err("it sent bytes without a request".to_owned()),
            Ok(0) | Err(_) => Ok(()),
        }
    }

    /// Runs one request. Both directions go on at the same time, so that neither side can block the other
    /// (D3). A client that leaves does not end it: the rest of the response is read and thrown away.
    pub(crate) async fn exchange(
        &mut self,
        job: &mut Job,
        pid: u32,
        timeouts: Timeouts,
        on_stderr: OnStderr<'_>,
    ) -> Result<(), Failure> {
        let mut request = RequestWriter::new(&job.variables, &job.body);
        let end = Instant::now() + timeouts.request;
        let mut silent_until = Instant::now() + timeouts.activity;
        let mut is_ended = false;
        while !(is_ended && request.is_done() && !job.reply.is_waiting()) {
            tokio::select! {
                () = sleep_until(end.min(silent_until)) => {
                    return Err(if end <= silent_until { Failure::RequestTimeout } else { Failure::ActivityTimeout });
                }
                () = job.reply.deliver(), if job.reply.is_waiting() => {}
                step = request.step(&mut self.writer, &mut job.body), if !request.is_done() => match step {
                    Step::Wrote => silent_until = Instant::now() + timeouts.activity,
                    Step::Fetched => {}
                },
                read = self.reader.read(&mut self.buffer), if !is_ended && !job.reply.is_waiting() => {
                    let Ok(count @ 1..) = read else {
                        let is_untouched = job.reply.is_untouched() && !request.took_body();
                        return Err(Failure::Closed { is_untouched });
                    };
                    silent_until = Instant::now() + timeouts.activity;
                    is_ended = self.take(count, job, pid, on_stderr).map_err(Failure::Protocol)?;
                    if is_ended {
                        request.end();
                    }
                }
            }
        }
        Ok(())
    }

    /// Passes on what a read brought; true if the process has ended the request.
    fn take(
        &mut self,
        count: usize,
        job: &mut Job,
        pid: u32,
        on_stderr: OnStderr<'_>,
    ) -> Result<bool, String> {
        let bytes = self.buffer.get(..count).unwrap_or_default();
        let received = receive(&mut self.records, bytes)?;
        if !received.stderr.is_empty() {
            on_stderr(&received.stderr);
            job.reply.stderr(&received.stderr);
        }
        job.reply.stdout(&received.stdout, pid)?;
        if let Some(end) = received.end {
            job.reply.end(end, pid);
        }
        Ok(received.end.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::StderrMode;
    use crate::reply::AnswerReceiver;
    use http_body_util::{BodyExt, Full};
    use hyper::body::Bytes;
    use iisc_gateway_core::fcgi::record::{
        EndRequest, ProtocolStatus, RecordType, append_record, append_stream,
    };
    use tokio::io::{AsyncWriteExt, DuplexStream};

    const TIMEOUTS: Timeouts = Timeouts {
        request: Duration::from_secs(90),
        activity: Duration::from_secs(70),
    };

    fn job(body: Vec<u8>) -> (Job, AnswerReceiver) {
        let (reply, answer) = Reply::new(1 << 20, StderrMode::ReturnStdErrIn500);
        let body = Full::new(Bytes::from(body))
            .map_err(|never| match never {})
            .boxed_unsync();
        (
            Job {
                variables: Vec::new(),
                body,
                reply,
            },
            answer,
        )
    }

    fn response(body: &[u8]) -> Vec<u8> {
        let mut wire = Vec::new();
        append_stream(&mut wire, RecordType::Stdout, 1, b"A: b\r\n\r\n");
        append_stream(&mut wire, RecordType::Stdout, 1, body);
        let end = EndRequest {
            app_status: 0,
            protocol_status: ProtocolStatus::RequestComplete,
        };
        append_record(&mut wire, RecordType::EndRequest, 1, &end.to_content());
        wire
    }

    async fn run(stream: DuplexStream, job: &mut Job) -> Result<(), Failure> {
        Wire::new(stream)
            .exchange(job, 1, TIMEOUTS, &mut |_| {})
            .await
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_process_meets_the_activity_timeout() {
        let (ours, _process) = tokio::io::duplex(1 << 16);
        let start = Instant::now();
        assert_eq!(
            run(ours, &mut job(Vec::new()).0).await,
            Err(Failure::ActivityTimeout)
        );
        assert_eq!(start.elapsed().as_secs(), 70);
    }

    #[tokio::test(start_paused = true)]
    async fn a_process_that_keeps_talking_meets_the_request_timeout() {
        let (ours, mut process) = tokio::io::duplex(1 << 16);
        let talk = tokio::spawn(async move {
            let mut record = Vec::new();
            append_stream(&mut record, RecordType::Stdout, 1, b"A: b\n");
            while process.write_all(&record).await.is_ok() {
                tokio::time::advance(Duration::from_secs(20)).await;
            }
        });
        assert_eq!(
            run(ours, &mut job(Vec::new()).0).await,
            Err(Failure::RequestTimeout)
        );
        talk.await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn a_process_that_never_reads_meets_the_activity_timeout() {
        let (ours, _process) = tokio::io::duplex(16);
        assert_eq!(
            run(ours, &mut job(vec![0; 1_000]).0).await,
            Err(Failure::ActivityTimeout)
        );
    }

    #[tokio::test]
    async fn a_body_that_the_process_does_not_want_is_cut_at_a_record() {
        let (ours, mut process) = tokio::io::duplex(1 << 20);
        process.write_all(&response(b"x")).await.unwrap();
        let mut wire = Wire::new(ours);
        for _ in 0..2 {
            let (mut job, answer) = job(vec![7; 100_000]);
            let outcome = wire.exchange(&mut job, 1, TIMEOUTS, &mut |_| {}).await;
            assert_eq!(outcome, Ok(()));
            assert!(answer.await.unwrap().is_ok());
            process.write_all(&response(b"x")).await.unwrap();
        }
        drop(wire);
        let mut sent = Vec::new();
        process.read_to_end(&mut sent).await.unwrap();
        let mut records = RecordReader::default();
        records.extend(&sent);
        let mut begins = 0;
        while let Some(record) = records.next_record().unwrap() {
            begins += usize::from(record.kind == RecordType::BeginRequest);
        }
        assert_eq!(begins, 2);
        assert!(records.is_at_boundary());
    }

    #[tokio::test]
    async fn a_process_that_leaves_leaves_the_request_untouched_only_before_its_first_byte() {
        for (said, body, expected) in [(0, 0, true), (20, 0, false), (0, 5, false)] {
            let (ours, mut process) = tokio::io::duplex(1 << 16);
            let (mut job, _answer) = job(vec![0; body]);
            let exchange = run(ours, &mut job);
            let leave = async {
                let mut begin = [0; 100];
                // Everything has been written once the end of the body has come.
                let mut read = 0;
                while read < 32 + if body > 0 { 8 + body } else { 0 } {
                    read += process.read(&mut begin).await.unwrap();
                }
                process.write_all(&response(b"")[..said]).await.unwrap();
                drop(process);
            };
            let (outcome, ()) = tokio::join!(exchange, leave);
            assert_eq!(
                outcome,
                Err(Failure::Closed {
                    is_untouched: expected
                }),
                "{said} {body}"
            );
        }
    }

    #[tokio::test]
    async fn noise_is_no_fastcgi() {
        let (ours, mut process) = tokio::io::duplex(1 << 16);
        process.write_all(b"Traceback (most recent").await.unwrap();
        assert!(matches!(
            run(ours, &mut job(Vec::new()).0).await,
            Err(Failure::Protocol(_))
        ));
    }
}
