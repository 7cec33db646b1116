//! How bytes arrive. Everything that differs between systems is below this module.

mod address;
#[cfg(unix)]
mod unix;

pub(crate) use address::Address;
#[cfg(unix)]
pub(crate) use unix::{
    Doorbell, Listener, Stream, descriptor, handed_over, secure_standard_streams,
};

/// What the process was started with on descriptor 0.
#[derive(Debug)]
pub(crate) enum HandedOver {
    /// One connection, as IIS hands it over.
    Stream(Stream),
    /// A listening socket, as process managers hand it over (F39).
    Listener(Listener),
}

/// What [`Stream::wait`] waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Interest {
    /// Bytes to read, or the bell.
    Read,
    /// Room to write.
    Write,
    /// Either of them.
    ReadOrWrite,
}
