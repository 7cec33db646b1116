//! What the gateway needs of the interpreter, requests apart.

pub(crate) mod attach;
pub(crate) mod bytes;
pub(crate) mod failure;
pub(crate) mod load;
pub(crate) mod pattern;
pub(crate) mod settings;
pub(crate) mod streams;
