//! Where a connection stands: its protocol, its request, and how either ends. Nothing in here waits.

use std::io;

use iisc_gateway_core::body::{BodyError, BodyMeter};
use iisc_gateway_core::fcgi::connection::{Connection, Event, ProtocolError, Request};
use iisc_gateway_core::limits::Limits;
use iisc_gateway_core::response::Response;

use super::{Portion, Serial, WireError};
use crate::log;
use crate::spool::Spool;
use crate::transport::Stream;

/// Where a connection stands.
#[derive(Debug)]
pub(super) struct State {
    pub(super) protocol: Connection,
    pub(super) exchange: Option<Exchange>,
    last_serial: u64,
    /// A request that nobody has taken on yet.
    pub(super) next: Option<Request>,
    /// Counts the reads, so that one who waited for the right to read sees that another has read meanwhile.
    pub(super) reads: u64,
    /// Nothing can be sent any more.
    pub(super) is_gone: bool,
    /// The web server sends nothing more.
    pub(super) is_at_end: bool,
    pub(super) failure: Option<ProtocolError>,
}

/// The request that runs.
#[derive(Debug)]
pub(super) struct Exchange {
    pub(super) serial: Serial,
    pub(super) response: Response,
    meter: BodyMeter,
    body: Spool,
    /// How the body ended, once it has.
    pub(super) body_end: Option<Result<(), BodyError>>,
    pub(super) is_aborted: bool,
}

impl State {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            protocol: Connection::new(limits.clone()),
            exchange: None,
            last_serial: 0,
            next: None,
            reads: 0,
            is_gone: false,
            is_at_end: false,
            failure: None,
        }
    }

    /// Begins an exchange.
    pub(super) fn open(
        &mut self,
        is_head_request: bool,
        content_length: Option<u64>,
        limits: &Limits,
    ) -> Serial {
        self.last_serial += 1;
        let serial = Serial(self.last_serial);
        let meter = BodyMeter::new(content_length, limits.body_bytes);
        self.exchange = Some(Exchange {
            serial,
            response: Response::new(is_head_request),
            body: Spool::new(limits.body_memory),
            body_end: meter.is_full().then_some(Ok(())),
            meter,
            is_aborted: false,
        });
        serial
    }

    /// True until the connection has had a request.
    pub(super) const fn is_first(&self) -> bool {
        self.last_serial == 0
    }

    pub(super) fn exchange(&mut self, serial: Serial) -> Result<&mut Exchange, WireError> {
        self.exchange_and_protocol(serial)
            .map(|(exchange, _)| exchange)
    }

    pub(super) fn exchange_and_protocol(
        &mut self,
        serial: Serial,
    ) -> Result<(&mut Exchange, &mut Connection), WireError> {
        match &mut self.exchange {
            Some(exchange) if exchange.serial == serial => Ok((exchange, &mut self.protocol)),
            Some(_) | None => Err(WireError::Ended),
        }
    }

    /// Sends what the system takes. True if nothing is left.
    pub(super) fn send(&mut self, stream: &Stream) -> Result<bool, WireError> {
        while !self.protocol.output().is_empty() {
            if self.is_gone {
                return Err(WireError::Gone);
            }
            match stream.try_write(self.protocol.output()) {
                Ok(count) => self.protocol.consume_output(count),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(false),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => {
                    self.is_gone = true;
                    return Err(WireError::Gone);
                }
            }
        }
        Ok(true)
    }

    /// True if the web server may send something, and it need not be kept for later.
    pub(super) fn takes_input(&self) -> bool {
        !self.is_at_end && self.next.is_none() && self.protocol.takes_input()
    }

    /// True if the web server may send something, and nothing of a next request is kept yet.
    pub(super) fn has_room(&self) -> bool {
        !self.is_at_end && self.next.is_none() && self.protocol.is_at_boundary()
    }

    pub(super) fn receive(&mut self, bytes: &[u8]) -> Result<(), WireError> {
        self.reads += 1;
        if bytes.is_empty() {
            self.hang_up();
            return Ok(());
        }
        self.protocol.receive(bytes);
        self.poll()
    }

    /// The web server will send nothing more. If it owed us something, it takes no answer either (F25).
    fn hang_up(&mut self) {
        self.is_at_end = true;
        self.is_gone |= self.protocol.awaits_body();
        if let Some(exchange) = &mut self.exchange {
            exchange.body_end.get_or_insert(Err(BodyError::Gone));
        }
    }

    /// Looks at what has come, until a further request waits to be taken on.
    pub(super) fn poll(&mut self) -> Result<(), WireError> {
        let mut arrived = Vec::new();
        while self.next.is_none() && self.failure.is_none() {
            let event = match self.protocol.poll_event(&mut arrived) {
                Ok(Some(event)) => event,
                Ok(None) => break,
                Err(error) => {
                    self.failure = Some(error);
                    self.is_gone = true;
                    self.hang_up();
                    break;
                }
            };
            match event {
                Event::Request(request) => self.next = Some(request),
                Event::Body => self.deliver(&arrived)?,
                Event::BodyEnd => self.end_body(),
                Event::Abort => self.abort(),
                Event::Refused(refusal) => log::write(&format!("request refused: {refusal}"), ""),
                Event::Unexpected(kind) => log::write(
                    &format!(
                        "ignored a record of type {}, which only an application may send",
                        kind.number()
                    ),
                    "",
                ),
            }
            arrived.clear();
        }
        Ok(())
    }

    fn deliver(&mut self, bytes: &[u8]) -> Result<(), WireError> {
        let Some(exchange) = self.exchange.as_mut().filter(|it| it.body_end.is_none()) else {
            return Ok(());
        };
        match exchange.meter.take(bytes.len()) {
            Ok(kept) => {
                let body = bytes.get(..kept).unwrap_or_default();
                exchange.body.push(body).map_err(WireError::Spool)?;
                if exchange.meter.is_full() {
                    exchange.body_end = Some(Ok(()));
                }
            }
            Err(error) => exchange.body_end = Some(Err(error)),
        }
        Ok(())
    }

    fn end_body(&mut self) {
        if let Some(exchange) = &mut self.exchange {
            let end = exchange.meter.finish();
            exchange.body_end.get_or_insert(end);
        }
    }

    fn abort(&mut self) {
        if let Some(exchange) = &mut self.exchange {
            exchange.is_aborted = true;
            exchange.body_end = Some(Err(BodyError::Gone));
        }
    }
}

impl Exchange {
    /// Moves what there is of a portion to `out`. True if the portion is whole.
    pub(super) fn take(&mut self, portion: Portion, out: &mut Vec<u8>) -> io::Result<bool> {
        loop {
            let wanted = match portion {
                Portion::Rest => usize::MAX,
                Portion::Bytes(size) | Portion::Line(size) => size - out.len(),
            };
            let front = self.body.front()?;
            if wanted == 0 || front.is_empty() {
                return Ok(wanted == 0);
            }
            let front = front.get(..wanted.min(front.len())).unwrap_or_default();
            let newline = match portion {
                Portion::Line(_) => front.iter().position(|byte| *byte == b'\n'),
                Portion::Bytes(_) | Portion::Rest => None,
            };
            let count = newline.map_or(front.len(), |at| at + 1);
            out.extend_from_slice(front.get(..count).unwrap_or_default());
            self.body.take(count);
            if newline.is_some() {
                return Ok(true);
            }
        }
    }
}
