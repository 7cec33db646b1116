//! Standard output and standard error, where the other end may leave at any time.

use std::fmt::Arguments;
use std::io::{self, BufWriter, ErrorKind, Write};

/// Prints a line to standard output. A reader that has left, as in `iisc schema | head`, is not an error.
pub(crate) fn out(line: Arguments<'_>) {
    let _ = writeln!(io::stdout().lock(), "{line}");
}

/// Prints a text that is the whole purpose of a command to standard output, and tells if it did not get there:
/// `iisc schema > file` on a full disk must not look like success.
pub(crate) fn deliver(text: &str) -> io::Result<()> {
    deliver_with(|out| out.write_all(text.as_bytes()))
}

/// Does what [`deliver`] does for a text that is made while it is written.
pub(crate) fn deliver_with(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut stdout = BufWriter::new(io::stdout().lock());
    match write(&mut stdout).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Prints a line to standard error.
pub(crate) fn err(line: Arguments<'_>) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}
