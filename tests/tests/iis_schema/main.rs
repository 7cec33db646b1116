//! Shows that the checker of IIS's schema language refuses what is wrong.
#![expect(clippy::unwrap_used, reason = "a test ends where it fails")]

mod refusals;
