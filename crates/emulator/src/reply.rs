//! One response on its way out: header block, buffer, stream.
//!
//! Output is collected until `responseBufferLimit` bytes or the end of the response (iis.md 6.5). Up to then
//! anything that goes wrong can still become an error page; afterwards the response can only be cut.

use std::borrow::Cow;

use hyper::body::Bytes;
use iisc_gateway_core::fcgi::record::{EndRequest, ProtocolStatus};
use tokio::sync::{mpsc, oneshot};

use crate::body::{Piece, Source};
use crate::config::StderrMode;
use crate::head::{self, Head};
use crate::refusal::Refusal;

/// Most error text that a page shows.
const MAX_STDERR: usize = 64 * 1024;

/// What a process answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) head: Head,
    pub(crate) body: Source,
    pub(crate) pid: u32,
}

/// Receives what becomes of a request.
pub(crate) type AnswerReceiver = oneshot::Receiver<Result<Answer, Refusal>>;

/// The response as far as it has come.
#[derive(Debug)]
pub(crate) struct Reply {
    stage: Stage,
    limit: usize,
    stderr_mode: StderrMode,
    stderr: Vec<u8>,
    is_untouched: bool,
}

#[derive(Debug)]
enum Stage {
    /// The header block is not complete.
    Head {
        answer: oneshot::Sender<Result<Answer, Refusal>>,
        bytes: Vec<u8>,
    },
    /// Below the limit.
    Buffering {
        answer: oneshot::Sender<Result<Answer, Refusal>>,
        head: Head,
        body: Vec<u8>,
    },
    /// The client has the head; `pending` is the next piece.
    Streaming {
        client: mpsc::Sender<Piece>,
        pending: Vec<u8>,
        is_ended: bool,
    },
    /// Answered, refused, or the client is gone: the rest is thrown away.
    Closed,
}

impl Reply {
    pub(crate) fn new(limit: usize, stderr_mode: StderrMode) -> (Self, AnswerReceiver) {
        let (answer, receiver) = oneshot::channel();
        let stage = Stage::Head {
            answer,
            bytes: Vec::new(),
        };
        (
            Self {
                stage,
                limit,
                stderr_mode,
                stderr: Vec::new(),
                is_untouched: true,
            },
            receiver,
        )
    }

    /// True if the client is gone, so that nobody wants the response.
    pub(crate) fn is_abandoned(&self) -> bool {
        match &self.stage {
            Stage::Head { answer, .. } | Stage::Buffering { answer, .. } => answer.is_closed(),
            Stage::Streaming { client, .. } => client.is_closed(),
            Stage::Closed => true,
        }
    }

    /// True until the process has said anything.
    pub(crate) const fn is_untouched(&self) -> bool {
        self.is_untouched
    }

    /// Takes error text.
    pub(crate) fn stderr(&mut self, text: &[u8]) {
        self.is_untouched &= text.is_empty();
        let room = MAX_STDERR.saturating_sub(self.stderr.len());
        self.stderr.extend(text.iter().take(room));
    }

    /// The error text so far.
    pub(crate) fn error_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.stderr)
    }

    /// Takes response bytes; `Err` says why they are no CGI response.
    pub(crate) fn stdout(&mut self, data: &[u8], pid: u32) -> Result<(), String> {
        self.is_untouched &= data.is_empty();
        if self.is_spoilt() {
            return Ok(());
        }
        if let Stage::Head { bytes, .. } = &mut self.stage {
            bytes.extend_from_slice(data);
            let Some((head, body_start)) = head::read(bytes)? else {
                return Ok(());
            };
            let body = bytes.split_off(body_start);
            self.stage = match std::mem::replace(&mut self.stage, Stage::Closed) {
                Stage::Head { answer, .. } => Stage::Buffering { answer, head, body },
                other => other,
            };
        } else if let Stage::Buffering { body: bytes, .. }
        | Stage::Streaming { pending: bytes, .. } = &mut self.stage
        {
            bytes.extend_from_slice(data);
        }
        self.stream_past_limit(pid);
        Ok(())
    }

    /// True if error text turns this response into a 500, for which it is still early enough.
    fn is_spoilt(&self) -> bool {
        let is_early = matches!(self.stage, Stage::Head { .. } | Stage::Buffering { .. });
        let counts = match self.stderr_mode {
            StderrMode::ReturnStdErrIn500
            | StderrMode::ReturnGeneric500
            | StderrMode::TerminateProcess => true,
            StderrMode::IgnoreAndReturn200 => false,
        };
        is_early && counts && !self.stderr.is_empty()
    }

    /// Hands the head to the client as soon as the buffer is full; with the limit 0 that is at once.
    fn stream_past_limit(&mut self, pid: u32) {
        let full = matches!(&self.stage, Stage::Buffering { body, .. } if body.len() >= self.limit);
        if !full {
            return;
        }
        if let Stage::Buffering { answer, head, body } =
            std::mem::replace(&mut self.stage, Stage::Closed)
        {
            let (client, pieces) = mpsc::channel(1);
            let source = Source::Streamed(pieces);
            if answer
                .send(Ok(Answer {
                    head,
                    body: source,
                    pid,
                }))
                .is_ok()
            {
                self.stage = Stage::Streaming {
                    client,
                    pending: body,
                    is_ended: false,
                };
            }
        }
    }

    /// The process has ended the request.
    pub(crate) fn end(&mut self, end: EndRequest, pid: u32) {
        if self.is_spoilt() {
            return self.refuse(stderr_page(self.stderr_mode, &self.stderr));
        }
        match std::mem::replace(&mut self.stage, Stage::Closed) {
            Stage::Head { answer, .. } => drop(answer.send(Err(no_head(end)))),
            Stage::Buffering { answer, head, body } => {
                let body = Source::Whole(Bytes::from(body));
                drop(answer.send(Ok(Answer { head, body, pid })));
            }
            Stage::Streaming {
                client, pending, ..
            } => {
                self.stage = Stage::Streaming {
                    client,
                    pending,
                    is_ended: true,
                };
            }
            Stage::Closed => {}
        }
    }

    /// Answers with an error page, or cuts a response that has begun.
    pub(crate) fn refuse(&mut self, refusal: Refusal) {
        match std::mem::replace(&mut self.stage, Stage::Closed) {
            Stage::Head { answer, .. } | Stage::Buffering { answer, .. } => {
                // The receiver is gone if the client is.
                drop(answer.send(Err(refusal)));
            }
            Stage::Streaming { .. } | Stage::Closed => {}
        }
    }

    /// True if a piece waits for the client; nothing more is read from the process meanwhile.
    pub(crate) fn is_waiting(&self) -> bool {
        matches!(&self.stage, Stage::Streaming { pending, is_ended, .. } if *is_ended || !pending.is_empty())
    }

    /// Hands the pending piece to the client as soon as it has room. May be dropped without losing a byte.
    pub(crate) async fn deliver(&mut self) {
        let is_waiting = self.is_waiting();
        let Stage::Streaming {
            client, pending, ..
        } = &mut self.stage
        else {
            return;
        };
        let is_over = match client.reserve().await {
            Ok(_) if !is_waiting => false,
            Ok(permit) if !pending.is_empty() => {
                permit.send(Piece::Data(Bytes::from(std::mem::take(pending))));
                false
            }
            Ok(permit) => {
                permit.send(Piece::End);
                true
            }
            Err(_) => true,
        };
        if is_over {
            self.stage = Stage::Closed;
        }
    }
}

/// The page that error text turns a response into.
fn stderr_page(mode: StderrMode, text: &[u8]) -> Refusal {
    match mode {
        StderrMode::ReturnStdErrIn500 => Refusal::internal(0, String::from_utf8_lossy(text)),
        StderrMode::ReturnGeneric500
        | StderrMode::IgnoreAndReturn200
        | StderrMode::TerminateProcess => {
            Refusal::internal(0, "The process wrote to the error stream of FastCGI")
        }
    }
}

/// The page for a request that was ended before its header block was complete.
fn no_head(end: EndRequest) -> Refusal {
    let refused =
        |what| Refusal::internal(0, format!("An unknown FastCGI error occurred\n\n{what}"));
    match end.protocol_status {
        ProtocolStatus::RequestComplete => {
            refused("The process ended the request without a complete header block")
        }
        ProtocolStatus::CantMultiplexConnections => {
            refused("The process refused the request: it is still at work on another one")
        }
        ProtocolStatus::Overloaded => refused("The process refused the request: it is overloaded"),
        ProtocolStatus::UnknownRole => {
            refused("The process refused the request: it is no responder")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const END: EndRequest = EndRequest {
        app_status: 0,
        protocol_status: ProtocolStatus::RequestComplete,
    };
    const PID: u32 = 7;

    fn whole(answer: AnswerReceiver) -> (Head, Vec<u8>) {
        let mut answer = answer;
        match answer.try_recv().unwrap().unwrap() {
            Answer {
                head,
                body: Source::Whole(bytes),
                pid: PID,
            } => (head, bytes.to_vec()),
            other => panic!("{other:?}"),
        }
    }

    fn refusal(answer: AnswerReceiver) -> Refusal {
        let mut answer = answer;
        answer.try_recv().unwrap().unwrap_err()
    }

    #[test]
    fn a_response_below_the_limit_goes_out_whole_wherever_it_was_cut() {
        let text = b"A: b\r\n\r\nbody";
        for at in 0..=text.len() {
            let (mut reply, answer) = Reply::new(5, StderrMode::ReturnStdErrIn500);
            reply.stdout(&text[..at], PID).unwrap();
            reply.stdout(&text[at..], PID).unwrap();
            assert!(!reply.is_waiting());
            reply.end(END, PID);
            assert_eq!(whole(answer).1, b"body");
        }
    }

    #[tokio::test]
    async fn from_the_limit_on_it_is_streamed() {
        let (mut reply, mut answer) = Reply::new(4, StderrMode::ReturnStdErrIn500);
        reply.stdout(b"A: b\n\nbod", PID).unwrap();
        assert!(answer.try_recv().is_err());
        reply.stdout(b"y", PID).unwrap();
        let Ok(Answer {
            body: Source::Streamed(mut pieces),
            ..
        }) = answer.try_recv().unwrap()
        else {
            panic!("not streamed");
        };
        reply.deliver().await;
        assert!(matches!(pieces.recv().await, Some(Piece::Data(data)) if data == "body"));
        assert!(!reply.is_waiting());
        reply.end(END, PID);
        reply.deliver().await;
        assert!(matches!(pieces.recv().await, Some(Piece::End)));
        assert!(!reply.is_waiting());
    }

    #[test]
    fn the_limit_0_hands_out_the_head_before_any_body() {
        let (mut reply, mut answer) = Reply::new(0, StderrMode::ReturnStdErrIn500);
        reply.stdout(b"A: b\n\n", PID).unwrap();
        assert!(matches!(
            answer.try_recv(),
            Ok(Ok(Answer {
                body: Source::Streamed(_),
                ..
            }))
        ));
    }

    #[test]
    fn error_text_becomes_a_500_by_the_mode() {
        for (mode, page) in [
            (StderrMode::ReturnStdErrIn500, Some("secret")),
            (
                StderrMode::ReturnGeneric500,
                Some("wrote to the error stream"),
            ),
            (
                StderrMode::TerminateProcess,
                Some("wrote to the error stream"),
            ),
            (StderrMode::IgnoreAndReturn200, None),
        ] {
            for stderr_first in [true, false] {
                let (mut reply, answer) = Reply::new(100, mode);
                if stderr_first {
                    reply.stderr(b"secret");
                }
                reply.stdout(b"A: b\n\nbody", PID).unwrap();
                reply.stderr(b"secret");
                reply.end(END, PID);
                match page {
                    Some(text) => assert!(refusal(answer).reason().contains(text)),
                    None => assert_eq!(whole(answer).1, b"body"),
                }
            }
        }
    }

    #[tokio::test]
    async fn a_client_that_leaves_closes_the_reply() {
        let (mut reply, answer) = Reply::new(0, StderrMode::ReturnStdErrIn500);
        reply.stdout(b"A: b\n\nbody", PID).unwrap();
        drop(answer);
        assert!(reply.is_abandoned());
        reply.deliver().await;
        assert!(!reply.is_waiting());
        reply.stdout(b"more", PID).unwrap();
        assert!(!reply.is_waiting());
    }

    #[test]
    fn an_end_without_header_block_is_a_500_with_the_reason() {
        for (protocol_status, text) in [
            (ProtocolStatus::RequestComplete, "complete header block"),
            (ProtocolStatus::CantMultiplexConnections, "another one"),
            (ProtocolStatus::Overloaded, "overloaded"),
            (ProtocolStatus::UnknownRole, "no responder"),
        ] {
            let (mut reply, answer) = Reply::new(0, StderrMode::ReturnStdErrIn500);
            reply.stdout(b"A: b\n", PID).unwrap();
            reply.end(
                EndRequest {
                    app_status: 0,
                    protocol_status,
                },
                PID,
            );
            assert!(refusal(answer).reason().contains(text));
        }
    }
}
