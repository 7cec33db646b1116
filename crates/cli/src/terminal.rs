//! Standard output and standard error, where the other end may leave at any time.

use std::fmt::Arguments;
use std::io::Write;

/// Prints a line to standard output. A reader that has left, as in `iisc schema | head`, is not an error.
pub(crate) fn out(line: Arguments<'_>) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// Prints a line to standard error.
pub(crate) fn err(line: Arguments<'_>) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}
