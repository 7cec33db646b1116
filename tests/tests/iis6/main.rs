//! Set-up of IIS 6: the steps of a plan against a server that is made of a file, and the script under Wine.
//!
//! `tests/iis6/host.js` runs the emitted script by node as Windows Script Host would, with a metabase, a file system
//! and groups of accounts that are one JSON file. The values are the plan's own, as the set-up scripts pass them.
#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test reads files, and ends where it fails"
)]

mod language;
mod metabase;
mod refusal;
mod server;
mod wine;
