//! One file per command: a function from its arguments to an exit code.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod dev;
pub(crate) mod schema;
