//! One connection: its stream, its protocol and the request that runs on it. No Python in here.
//!
//! Two locks keep threads apart: who holds `inbound` reads the stream, who holds `state` decides. The second is
//! never held while waiting, so an application may read on one thread and write on another. What may wait is
//! called with the interpreter released.

mod state;

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

use iisc_gateway_core::body::BodyError;
use iisc_gateway_core::fcgi::connection::{ProtocolError, Request};
use iisc_gateway_core::fcgi::record::{HEADER_LEN, Header, RecordType};
use iisc_gateway_core::head::ResponseHead;
use iisc_gateway_core::limits::Limits;
use iisc_gateway_core::response::{Ending, NotStarted, TooLate, Written};

use self::state::State;
use crate::transport::{Doorbell, Interest, Stream};

/// Bytes read at a time: a record of the largest size and a little more.
const READ_SIZE: usize = 64 * 1024 + 512;

/// How long the web server may take to close a connection that is done.
const LINGER: Duration = Duration::from_secs(2);

/// Why something could not be done with a connection.
#[derive(Debug)]
pub(crate) enum WireError {
    /// A signal came; the interpreter should look at it and try again.
    Interrupted,
    /// The web server has left, or has given the request up.
    Gone,
    /// The request has ended; an object of it lives on (W35, W78).
    Ended,
    /// The request body cannot be read.
    Body(BodyError),
    /// There is no response head yet, or it cannot be changed any more.
    Order(OrderError),
    /// The temporary file for request bodies fails.
    Spool(io::Error),
    /// The web server breaks the protocol.
    Protocol(ProtocolError),
}

/// The application says things in the wrong order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OrderError {
    NotStarted,
    TooLate,
}

impl From<NotStarted> for WireError {
    fn from(_: NotStarted) -> Self {
        Self::Order(OrderError::NotStarted)
    }
}

impl From<TooLate> for WireError {
    fn from(_: TooLate) -> Self {
        Self::Order(OrderError::TooLate)
    }
}

/// Names one request of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Serial(u64);

/// One connection.
#[derive(Debug)]
pub(crate) struct Wire {
    stream: Stream,
    limits: Limits,
    /// Room for what is read next.
    inbound: Mutex<Box<[u8]>>,
    state: Mutex<State>,
}

/// What is to be read of a request body.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Portion {
    /// That many bytes, fewer only at the end (W21).
    Bytes(usize),
    /// Everything.
    Rest,
    /// A line with its newline, cut at that many bytes (W23, W24).
    Line(usize),
}

impl Wire {
    pub(crate) fn new(stream: Stream, limits: Limits) -> Self {
        Self {
            stream,
            inbound: Mutex::new(vec![0; READ_SIZE].into_boxed_slice()),
            state: Mutex::new(State::new(&limits)),
            limits,
        }
    }

    /// Waits for the next request. `None`: the connection has come to its end, or the bell has rung while no
    /// request was under way.
    pub(crate) fn next_request(&self, bell: &Doorbell) -> Result<Option<Request>, WireError> {
        loop {
            let (reads, is_idle, is_first) = {
                let mut state = lock(&self.state);
                state.poll()?;
                if let Some(failure) = state.failure {
                    return Err(WireError::Protocol(failure));
                }
                if let Some(request) = state.next.take() {
                    return Ok(Some(request));
                }
                (state.reads, state.protocol.is_idle(), state.is_first())
            };
            self.flush()?;
            if self.has_ended() {
                return Ok(None);
            }
            // One that rang during a request goes before the next request, of which nothing is read.
            if is_idle && (!is_first && bell.has_rung() || self.is_rung_out(bell)?) {
                return Ok(None);
            }
            self.fill(reads)?;
        }
    }

    /// Waits for bytes or the bell. True if it was the bell alone.
    fn is_rung_out(&self, bell: &Doorbell) -> Result<bool, WireError> {
        match self.stream.wait(Interest::Read, Some(bell)) {
            Ok(has_rung) => Ok(has_rung),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(WireError::Interrupted),
            // Reading will tell what is wrong.
            Err(_) => Ok(false),
        }
    }

    fn has_ended(&self) -> bool {
        let state = lock(&self.state);
        state.protocol.is_closing() || state.is_at_end || state.is_gone
    }

    /// Begins the answer to the request that [`Wire::next_request`] told.
    pub(crate) fn open(&self, is_head_request: bool, content_length: Option<u64>) -> Serial {
        lock(&self.state).open(is_head_request, content_length, &self.limits)
    }

    /// The request that runs, if one does.
    pub(crate) fn running(&self) -> Option<Serial> {
        let state = lock(&self.state);
        state.exchange.as_ref().map(|exchange| exchange.serial)
    }

    /// True if nobody waits for the answer any more.
    pub(crate) fn is_abandoned(&self) -> bool {
        let state = lock(&self.state);
        let is_aborted = state.exchange.as_ref().is_some_and(|it| it.is_aborted);
        state.is_gone || is_aborted
    }

    /// Reads a portion of the request body; what has been read is in `out` even if an error comes behind it.
    pub(crate) fn read(
        &self,
        serial: Serial,
        portion: Portion,
        out: &mut Vec<u8>,
    ) -> Result<(), WireError> {
        loop {
            let reads = {
                let mut state = lock(&self.state);
                state.poll()?;
                let exchange = state.exchange(serial)?;
                if exchange.take(portion, out).map_err(WireError::Spool)? {
                    return Ok(());
                }
                match exchange.body_end {
                    Some(Ok(())) => return Ok(()),
                    Some(Err(error)) => return Err(WireError::Body(error)),
                    None => state.reads,
                }
            };
            // What the web server waits for, such as an answer to a management record.
            self.flush()?;
            self.fill(reads)?;
        }
    }

    /// Sets the head of the answer; `may_replace` says whether another one may be there (W40, W41).
    pub(crate) fn start(
        &self,
        serial: Serial,
        head: ResponseHead,
        may_replace: bool,
    ) -> Result<(), WireError> {
        let mut state = lock(&self.state);
        let response = &mut state.exchange(serial)?.response;
        if may_replace {
            response.replace(head)?;
        } else {
            response.start(head)?;
        }
        Ok(())
    }

    /// True once the client may have seen the head of the answer.
    pub(crate) fn is_committed(&self, serial: Serial) -> Result<bool, WireError> {
        Ok(lock(&self.state).exchange(serial)?.response.is_committed())
    }

    /// Takes note of the length of the whole body (W55).
    pub(crate) fn announce_length(&self, serial: Serial, length: usize) -> Result<(), WireError> {
        let mut state = lock(&self.state);
        let response = &mut state.exchange(serial)?.response;
        response.announce_length(length as u64);
        Ok(())
    }

    /// Takes a piece of the answer. It is on the wire afterwards, unless the caller says that the next piece is
    /// at hand and sending can wait for it.
    pub(crate) fn write(
        &self,
        serial: Serial,
        piece: &[u8],
        may_wait: bool,
    ) -> Result<Written, WireError> {
        let (written, collected) = {
            let mut state = lock(&self.state);
            let is_gone = state.is_gone;
            let (exchange, protocol) = state.exchange_and_protocol(serial)?;
            if is_gone || exchange.is_aborted {
                return Err(WireError::Gone);
            }
            let written = exchange.response.write(piece, protocol)?;
            (written, protocol.output().len())
        };
        if !may_wait || collected > self.limits.output_window {
            self.look_up()?;
            self.flush()?;
        }
        Ok(written)
    }

    /// Sends the head if there was no body (W62), and tells whether the body was as long as announced.
    pub(crate) fn complete(&self, serial: Serial) -> Result<Ending, WireError> {
        let mut state = lock(&self.state);
        let (exchange, protocol) = state.exchange_and_protocol(serial)?;
        Ok(exchange.response.finish(protocol)?)
    }

    /// Ends the request, with error text for the web server's log.
    pub(crate) fn end(&self, app_status: u32, stderr: &str) -> Result<(), WireError> {
        {
            let mut state = lock(&self.state);
            state.exchange = None;
            state.protocol.stderr(stderr.as_bytes());
            state.protocol.end(app_status);
        }
        self.flush()
    }

    /// Sends all there is to send.
    ///
    /// While the web server does not take it, what it sends meanwhile is taken: many send the whole request
    /// before they read the first byte of the answer, and two sides that only write wait for ever (F31).
    pub(crate) fn flush(&self) -> Result<(), WireError> {
        loop {
            let (reads, takes_input) = {
                let mut state = lock(&self.state);
                if state.send(&self.stream)? {
                    return Ok(());
                }
                (state.reads, state.takes_input())
            };
            let interest = if takes_input {
                Interest::ReadOrWrite
            } else {
                Interest::Write
            };
            self.wait_to_write(interest);
            if takes_input {
                self.drain(reads)?;
            }
        }
    }

    /// Takes what has come, without waiting: between two pieces of a long answer a web server may give it up, or
    /// ask something (F13, F26).
    ///
    /// Nothing is read of a next request, which would have to be kept, and which the bell may forbid (P68).
    fn look_up(&self) -> Result<(), WireError> {
        let Ok(mut inbound) = self.inbound.try_lock() else {
            return Ok(());
        };
        let (reads, takes_input, has_room) = {
            let mut state = lock(&self.state);
            // What is here already may be the end of the request body.
            state.poll()?;
            (state.reads, state.takes_input(), state.has_room())
        };
        let size = match takes_input {
            true => READ_SIZE,
            false if has_room => self.size_of_record_ahead(),
            false => 0,
        };
        match inbound.get_mut(..size) {
            Some(room @ [_, ..]) => self.take_if_there(reads, room),
            Some([]) | None => Ok(()),
        }
    }

    /// Bytes of the record that comes next; 0 if none has come, or if it begins a request.
    fn size_of_record_ahead(&self) -> usize {
        let mut bytes = [0; HEADER_LEN];
        if !matches!(self.stream.peek(&mut bytes), Ok(HEADER_LEN)) {
            return 0;
        }
        match Header::from_bytes(bytes) {
            Ok(header) if header.kind != RecordType::BeginRequest => header.record_len(),
            Ok(_) | Err(_) => 0,
        }
    }

    /// Waits for room. Whatever else ends the wait, a signal too, the next attempt to write tells.
    fn wait_to_write(&self, interest: Interest) {
        let _ = self.stream.wait(interest, None);
    }

    /// Waits for bytes and takes them, unless another thread has done so since `seen` reads.
    fn fill(&self, seen: u64) -> Result<(), WireError> {
        let mut inbound = lock(&self.inbound);
        if lock(&self.state).reads != seen {
            return Ok(());
        }
        let count = self.stream.read(&mut inbound);
        self.take_in(count, &inbound)
    }

    /// Takes bytes if there are any and no other thread is about to.
    fn drain(&self, seen: u64) -> Result<(), WireError> {
        let mut inbound = match self.inbound.try_lock() {
            Ok(inbound) => inbound,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => {
                self.wait_to_write(Interest::Write);
                return Ok(());
            }
        };
        self.take_if_there(seen, &mut inbound)
    }

    fn take_if_there(&self, seen: u64, inbound: &mut [u8]) -> Result<(), WireError> {
        if lock(&self.state).reads != seen {
            return Ok(());
        }
        match self.stream.try_read(inbound) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(()),
            count => self.take_in(count, inbound),
        }
    }

    /// Hands over what a read has brought. A failed connection is one that has ended.
    fn take_in(&self, count: io::Result<usize>, inbound: &[u8]) -> Result<(), WireError> {
        let mut state = lock(&self.state);
        match count {
            Ok(count) => state.receive(inbound.get(..count).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(WireError::Interrupted),
            Err(_) => {
                state.is_gone = true;
                state.receive(b"")
            }
        }
    }

    /// Says goodbye. The web server hears it even if an object of the application keeps the stream open (W35).
    ///
    /// A connection that is closed while bytes of the request lie unread is reset, and the reset can overtake
    /// the end of the answer; so they are read, for a while.
    pub(crate) fn close(&self) {
        let is_closing = {
            let state = lock(&self.state);
            if state.is_at_end || state.is_gone {
                return;
            }
            state.protocol.is_closing()
        };
        self.stream.shut_down_writing();
        if is_closing {
            let mut inbound = lock(&self.inbound);
            self.stream.read_until_end(&mut inbound, LINGER);
        }
    }
}

/// Locks; a panic while the lock was held has been answered with a 500 already (Y3).
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
