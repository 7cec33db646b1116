//! crates/emulator
