//! One response on its way out: header block, buffer, stream.
//!
//! Output is collected until `responseBufferLimit` bytes or the end of the response (iis.md 6.5). Up to then
//! anything that goes wrong can still become an error page; afterwards the response can only be cut.

#[cfg(test)]
mod tests;

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
