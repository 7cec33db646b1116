//! FastCGI, CGI and WSGI as pure functions: no socket, no clock, no file, no Python.
//!
//! A request travels through the modules in this order, and its answer back:
//!
//! 1. [`fcgi::record`] cuts the bytes of a connection into records.
//! 2. [`fcgi::request`] is the table of one request's life; [`fcgi::connection`] applies it to a connection
//!    and tells events: a request with its parameters ([`fcgi::params`]), its body, its abort.
//! 3. [`cgi`] makes a [`head::RequestHead`] of the parameters: each quirk of IIS has its function there.
//! 4. [`body`] counts the request body against its announced length and the limit.
//! 5. [`wsgi`] lists the entries of the environ. Python objects are made of them elsewhere.
//! 6. [`head::ResponseHead`] checks what the application answers, [`response`] decides when it is sent.
//! 7. [`fcgi::connection`] turns the answer into records.
//!
//! Beside the way of a request: [`settings`] is what the compiler writes and the gateway reads,
//! [`web_config`] finds it in a `Web.config` with the help of [`xml`], [`limits`] names every bound, and
//! [`log_line`] writes records of the log.
//!
//! Whoever holds the socket calls these modules with bytes and gets bytes; so every test here runs without
//! waiting, and every split of the bytes can be tried.

pub mod body;
pub mod cgi;
pub mod fcgi;
pub mod head;
pub mod limits;
pub mod log_line;
pub mod response;
pub mod settings;
pub mod web_config;
pub mod wsgi;
pub mod xml;
