//! Every bound of the gateway, named.

/// What the gateway takes from a front end before it says no. A breach is logged with the field's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of all parameters of one request. Answered with 431.
    pub params_bytes: usize,
    /// Number of parameters of one request. Answered with 431.
    pub params_count: usize,
    /// Bytes of one parameter's name. Answered with 431.
    pub name_bytes: usize,
    /// Bytes of one parameter's value. Answered with 431.
    pub value_bytes: usize,
    /// Bytes of a request body. Answered with 413.
    pub body_bytes: u64,
    /// Bytes of a request body that are kept in memory while the application does not read; more goes to a
    /// temporary file.
    pub body_memory: usize,
    /// Bytes of an answer that are collected before they are sent, where collecting costs no time.
    pub output_window: usize,
    /// Connections that are served at a time; further ones wait in the system's queue.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            params_bytes: 256 * 1024,
            params_count: 500,
            name_bytes: 256,
            value_bytes: 64 * 1024,
            body_bytes: 1024 * 1024 * 1024,
            body_memory: 512 * 1024,
            output_window: 256 * 1024,
            connections: 1_000,
        }
    }
}
