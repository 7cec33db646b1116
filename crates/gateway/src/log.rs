//! The log of the process. It never fails a request: what cannot be written to the file goes to standard
//! error, and what cannot go there is lost (K6, P19).

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use iisc_gateway_core::log_line::{self, Origin};

use crate::transport;

static LOG: Mutex<Log> = Mutex::new(Log {
    app: String::new(),
    path: None,
    file: None,
});

thread_local! {
    /// The request that runs on this thread.
    static REQUEST: RefCell<Option<String>> = const { RefCell::new(None) };
    /// Keeps other threads from writing while this one forks.
    static HELD: RefCell<Option<MutexGuard<'static, Log>>> = const { RefCell::new(None) };
    /// A line that the application has begun to print.
    static LINE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Bytes after which a line without an end is written anyway.
const LINE_LIMIT: usize = 64 * 1024;

#[derive(Debug)]
struct Log {
    app: String,
    path: Option<PathBuf>,
    /// `None` writes to standard error.
    file: Option<File>,
}

fn log() -> MutexGuard<'static, Log> {
    LOG.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits until nobody writes, and keeps it so: a process that is forked meanwhile would wait for ever for a writer
/// that it does not have (P59).
pub(crate) fn hold() {
    HELD.set(Some(log()));
}

/// Ends what [`hold`] began, in the process that forked and in the one that was forked.
pub(crate) fn release() {
    HELD.set(None);
}

/// Labels all records with the name of the application.
pub(crate) fn label(app: &str) {
    app.clone_into(&mut log().app);
}

/// Appends to that file from now on.
pub(crate) fn open(path: &Path) {
    if log().path.as_deref() == Some(path) {
        return;
    }
    match File::options().append(true).create(true).open(path) {
        Ok(file) => {
            let mut log = log();
            log.path = Some(path.to_path_buf());
            log.file = Some(file);
        }
        Err(error) => {
            let text = format!(
                "the log `{}` cannot be written, and goes to standard error: {error}",
                path.display()
            );
            write(&text, "");
        }
    }
}

/// Writes a record; `details` follow it as indented lines.
pub(crate) fn write(text: &str, details: &str) {
    let since_1970 = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let mut log = log();
    let record = REQUEST.with_borrow(|request| {
        let origin = Origin {
            pid: std::process::id(),
            app: &log.app,
            request: request.as_deref(),
        };
        log_line::format(since_1970, origin, text, details)
    });
    // One call per record: the system appends it whole, whoever else writes to the file.
    let written = match &mut log.file {
        Some(file) => file.write_all(record.as_bytes()),
        None => Err(io::ErrorKind::NotFound.into()),
    };
    if written.is_err() {
        let _ = io::stderr().write_all(record.as_bytes());
    }
}

/// Writes what the application prints, a record per line.
pub(crate) fn print(bytes: &[u8]) {
    let lines = LINE.with_borrow_mut(|line| {
        line.extend_from_slice(bytes);
        let is_long = line.len() > LINE_LIMIT;
        let end = match line.iter().rposition(|byte| *byte == b'\n') {
            Some(_) | None if is_long => line.len(),
            Some(at) => at + 1,
            None => return Vec::new(),
        };
        line.drain(..end).collect()
    });
    for line in String::from_utf8_lossy(&lines).lines() {
        write(line, "");
    }
}

/// Writes the line that the application has begun and not ended.
pub(crate) fn finish_line() {
    let line = LINE.take();
    if !line.is_empty() {
        write(&String::from_utf8_lossy(&line), "");
    }
}

/// The descriptor behind the log, for child processes that want to write there.
pub(crate) fn descriptor() -> i32 {
    transport::descriptor(log().file.as_ref())
}

/// Until it is dropped, records of this thread carry the id of a request.
#[derive(Debug)]
pub(crate) struct RequestScope(());

impl RequestScope {
    pub(crate) fn enter(id: &str) -> Self {
        REQUEST.set(Some(id.to_owned()));
        Self(())
    }
}

impl Drop for RequestScope {
    fn drop(&mut self) {
        finish_line();
        REQUEST.set(None);
    }
}
