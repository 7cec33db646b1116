//! Requests as Python objects, one folder per calling convention.

pub(crate) mod wsgi;
