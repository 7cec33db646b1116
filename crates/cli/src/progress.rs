//! One line that says how far a long run is, for somebody who sits before a terminal.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// Fewer files are done before anybody wonders.
const MANY: usize = 50;

/// How long a run takes before it says anything.
const PATIENCE: Duration = Duration::from_millis(300);

/// Columns of the line; blanks remove it on every terminal.
const WIDTH: usize = 40;

/// How long a line stays as it is.
const INTERVAL: Duration = Duration::from_millis(100);

/// Rewrites its line on standard error; never writes anything into a pipe.
pub(crate) struct Progress {
    total: usize,
    started: Instant,
    shown: Option<Duration>,
    awake: bool,
}

impl Progress {
    /// The progress of work on so many files.
    pub(crate) fn new(total: usize) -> Self {
        Self {
            total,
            started: Instant::now(),
            shown: None,
            awake: total > MANY && io::stderr().is_terminal(),
        }
    }

    /// Takes note that so many files are done.
    pub(crate) fn tick(&mut self, done: usize) {
        let elapsed = self.started.elapsed();
        if self.awake && is_due(elapsed, self.shown) {
            self.shown = Some(elapsed);
            let line = format!("checked {done} of {} files", self.total);
            let _ = write!(io::stderr(), "\r{line:<WIDTH$}");
        }
    }

    /// Removes the line.
    pub(crate) fn end(self) {
        if self.shown.is_some() {
            let _ = write!(io::stderr(), "\r{:WIDTH$}\r", "");
        }
    }
}

fn is_due(elapsed: Duration, shown: Option<Duration>) -> bool {
    elapsed >= shown.map_or(PATIENCE, |shown| shown + INTERVAL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_comes_after_a_while_and_then_now_and_then() {
        let after = Duration::from_millis;
        assert!(!is_due(after(299), None));
        assert!(is_due(after(300), None));
        assert!(!is_due(after(399), Some(after(300))));
        assert!(is_due(after(400), Some(after(300))));
    }
}
