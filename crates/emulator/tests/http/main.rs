//! Requests over real HTTP, answered by real processes.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and writes its own files"
)]

mod files;
mod folder;
mod pages;
mod processes;
mod responses;
mod servers;
mod stopping;
mod support;
