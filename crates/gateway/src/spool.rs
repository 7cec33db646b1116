//! Bytes on their way: first in, first out; in memory first, in a temporary file beyond that.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};

/// Bytes that are moved from the file to memory at a time.
const REFILL: u64 = 64 * 1024;

/// A queue of bytes whose memory is bounded.
#[derive(Debug)]
pub(crate) struct Spool {
    memory: Vec<u8>,
    /// Bytes of `memory` that have been taken.
    taken: usize,
    /// What came after memory was full; it comes behind `memory`.
    overflow: Option<Overflow>,
    limit: usize,
}

/// A file that nobody else can open and that vanishes with its handle (W34).
#[derive(Debug)]
struct Overflow {
    file: File,
    read: u64,
    written: u64,
}

impl Spool {
    /// An empty queue that keeps up to `limit` bytes in memory.
    pub(crate) const fn new(limit: usize) -> Self {
        Self {
            memory: Vec::new(),
            taken: 0,
            overflow: None,
            limit,
        }
    }

    /// Adds bytes at the end.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.overflow.is_none() && self.memory.len() - self.taken + bytes.len() > self.limit {
            self.overflow = Some(Overflow {
                file: tempfile::tempfile()?,
                read: 0,
                written: 0,
            });
        }
        match &mut self.overflow {
            Some(overflow) => overflow.push(bytes),
            None => {
                if self.taken > 0 {
                    self.memory.drain(..self.taken);
                    self.taken = 0;
                }
                self.memory.extend_from_slice(bytes);
                Ok(())
            }
        }
    }

    /// Bytes at the front; empty only if the queue is empty.
    pub(crate) fn front(&mut self) -> io::Result<&[u8]> {
        if self.taken == self.memory.len() {
            self.memory.clear();
            self.taken = 0;
            if let Some(overflow) = &mut self.overflow {
                overflow.refill(&mut self.memory)?;
                if overflow.read == overflow.written {
                    self.overflow = None;
                }
            }
        }
        Ok(self.memory.get(self.taken..).unwrap_or_default())
    }

    /// Takes bytes off the front, no more than [`Spool::front`] told.
    pub(crate) fn take(&mut self, count: usize) {
        self.taken = (self.taken + count).min(self.memory.len());
    }
}

impl Overflow {
    fn push(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(self.written))?;
        self.file.write_all(bytes)?;
        self.written += bytes.len() as u64;
        Ok(())
    }

    fn refill(&mut self, memory: &mut Vec<u8>) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(self.read))?;
        let count = (&self.file)
            .take(REFILL.min(self.written - self.read))
            .read_to_end(memory)?;
        self.read += count as u64;
        Ok(())
    }
}
