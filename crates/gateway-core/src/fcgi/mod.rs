//! FastCGI 1.0 without a socket: bytes to records, records to requests, and back.

pub mod connection;
pub mod params;
pub mod record;
pub mod request;
