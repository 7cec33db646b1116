//! The environ dictionary.

use std::borrow::Cow;
use std::collections::HashMap;

use iisc_gateway_core::head::RequestHead;
use iisc_gateway_core::wsgi;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString};

use super::file_wrapper::FileWrapper;
use super::input::Input;
use crate::py::streams;

/// Names that nearly every request has; their strings are made once.
const USUAL_NAMES: [&str; 48] = [
    "APPL_MD_PATH",
    "APPL_PHYSICAL_PATH",
    "AUTH_PASSWORD",
    "AUTH_TYPE",
    "AUTH_USER",
    "CONTENT_LENGTH",
    "CONTENT_TYPE",
    "DOCUMENT_ROOT",
    "DOCUMENT_URI",
    "GATEWAY_INTERFACE",
    "HTTPS",
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_CACHE_CONTROL",
    "HTTP_CONNECTION",
    "HTTP_COOKIE",
    "HTTP_HOST",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_ORIGIN",
    "HTTP_REFERER",
    "HTTP_UPGRADE_INSECURE_REQUESTS",
    "HTTP_USER_AGENT",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "INSTANCE_ID",
    "INSTANCE_META_PATH",
    "INSTANCE_NAME",
    "LOCAL_ADDR",
    "LOGON_USER",
    "PATH_INFO",
    "PATH_TRANSLATED",
    "QUERY_STRING",
    "REMOTE_ADDR",
    "REMOTE_HOST",
    "REMOTE_PORT",
    "REMOTE_USER",
    "REQUEST_METHOD",
    "REQUEST_URI",
    "SCRIPT_FILENAME",
    "SCRIPT_NAME",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PORT_SECURE",
    "SERVER_PROTOCOL",
    "SERVER_SOFTWARE",
    "URL",
];

/// What is the same in every environ of the process.
#[derive(Debug)]
pub(crate) struct Template {
    constants: Py<PyDict>,
    names: HashMap<&'static [u8], Py<PyString>>,
}

impl Template {
    pub(crate) fn new(
        py: Python<'_>,
        is_multithread: bool,
        is_multiprocess: bool,
    ) -> PyResult<Self> {
        let constants = PyDict::new(py);
        constants.set_item("wsgi.version", (1, 0))?;
        constants.set_item("wsgi.multithread", is_multithread)?;
        constants.set_item("wsgi.multiprocess", is_multiprocess)?;
        constants.set_item("wsgi.run_once", false)?;
        constants.set_item("wsgi.input_terminated", true)?;
        constants.set_item("wsgi.errors", streams::text_stream(py, "<wsgi.errors>")?)?;
        constants.set_item("wsgi.file_wrapper", py.get_type::<FileWrapper>())?;
        let names = USUAL_NAMES
            .iter()
            .map(|name| (name.as_bytes(), PyString::intern(py, name).unbind()));
        Ok(Self {
            constants: constants.unbind(),
            names: names.collect(),
        })
    }

    /// The environ of a request: a dictionary of its own, for the application to change (W1).
    pub(crate) fn environ<'py>(
        &self,
        py: Python<'py>,
        head: &RequestHead,
        input: Bound<'py, Input>,
        request_id: &str,
    ) -> PyResult<Bound<'py, PyDict>> {
        let environ = self.constants.bind(py).copy()?;
        let entries = wsgi::environ(head);
        for (name, value) in entries.text {
            let value = PyString::new(py, &latin1(value));
            match self.names.get(name) {
                Some(name) => environ.set_item(name, value)?,
                None => environ.set_item(&*latin1(name), value)?,
            }
        }
        for (name, value) in entries.raw {
            environ.set_item(name, PyBytes::new(py, value))?;
        }
        environ.set_item(intern!(py, "wsgi.url_scheme"), entries.scheme)?;
        environ.set_item(intern!(py, "wsgi.input"), input)?;
        environ.set_item(intern!(py, "iisc.request_id"), request_id)?;
        Ok(environ)
    }
}

/// One character per byte (W2).
fn latin1(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) if bytes.is_ascii() => Cow::Borrowed(text),
        Ok(_) | Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}
