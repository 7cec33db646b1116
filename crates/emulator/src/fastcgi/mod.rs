//! The web server's role in FastCGI 1.0: one request at a time over one connected stream.

pub(crate) mod read;
pub(crate) mod write;

/// The id of every request. One request runs on a connection at a time, so one id is enough.
pub(crate) const REQUEST_ID: u16 = 1;
