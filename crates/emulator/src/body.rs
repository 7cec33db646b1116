//! A response body on its way from the process to the client.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::sync::mpsc;

use crate::event::Finish;

/// One piece of a streamed body.
#[derive(Debug)]
pub(crate) enum Piece {
    Data(Bytes),
    /// The body is complete. A channel that closes without this was cut.
    End,
}

/// Where the bytes come from.
#[derive(Debug)]
pub(crate) enum Source {
    /// All bytes are there, so that the length is known.
    Whole(Bytes),
    /// They arrive one by one.
    Streamed(mpsc::Receiver<Piece>),
}

/// The body that HTTP writes; when it is dropped, the request is over.
#[derive(Debug)]
pub(crate) struct ResponseBody {
    source: Source,
    is_ended: bool,
    _finish: Finish,
}

impl ResponseBody {
    pub(crate) const fn new(source: Source, finish: Finish) -> Self {
        Self {
            source,
            is_ended: false,
            _finish: finish,
        }
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.is_end_stream() {
            return Poll::Ready(None);
        }
        let piece = match &mut self.source {
            Source::Whole(bytes) => {
                return Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes)))));
            }
            Source::Streamed(pieces) => ready!(pieces.poll_recv(context)),
        };
        Poll::Ready(match piece {
            Some(Piece::Data(data)) => Some(Ok(Frame::data(data))),
            Some(Piece::End) => {
                self.is_ended = true;
                None
            }
            // The client must see that this is not the whole body, so the connection is cut.
            None => Some(Err(io::Error::other(
                "the process left before the end of its response",
            ))),
        })
    }

    fn is_end_stream(&self) -> bool {
        match &self.source {
            Source::Whole(bytes) => bytes.is_empty(),
            Source::Streamed(_) => self.is_ended,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.source {
            Source::Whole(bytes) => {
                SizeHint::with_exact(u64::try_from(bytes.len()).unwrap_or(u64::MAX))
            }
            Source::Streamed(_) => SizeHint::default(),
        }
    }
}
