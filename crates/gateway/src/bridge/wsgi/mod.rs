//! WSGI (PEP 3333): the environ, the input, the answer.

pub(crate) mod environ;
pub(crate) mod exchange;
pub(crate) mod file_wrapper;
pub(crate) mod input;
pub(crate) mod response;
