//! How much of a request body has come, and whether that is right.

use std::fmt;

/// Counts a request body against what the client announced and what is allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyMeter {
    announced: Option<u64>,
    limit: u64,
    taken: u64,
}

/// Why a body cannot be read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyError {
    /// The client stopped before the announced length (F29): the specification forbids to act on such a body.
    Short {
        /// Bytes that never came.
        missing: u64,
    },
    /// More than [`Limits::body_bytes`](crate::limits::Limits::body_bytes) (W32).
    TooLarge,
    /// The client left, or the web server gave the request up (W31, F26).
    Gone,
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Short { missing } => write!(
                f,
                "the request body ended {missing} bytes before its `Content-Length`"
            ),
            Self::TooLarge => f.write_str("the request body passes the limit `body_bytes`"),
            Self::Gone => f.write_str("the client left while its request body was being read"),
        }
    }
}

impl std::error::Error for BodyError {}

impl BodyMeter {
    /// Starts to count.
    #[must_use]
    pub const fn new(announced: Option<u64>, limit: u64) -> Self {
        Self {
            announced,
            limit,
            taken: 0,
        }
    }

    /// Takes note of `count` further bytes and tells how many of them belong to the body: a surplus over the
    /// announced length does not (F29).
    ///
    /// # Errors
    /// The body is too large.
    pub fn take(&mut self, count: usize) -> Result<usize, BodyError> {
        let room = self
            .announced
            .map_or(u64::MAX, |length| length - self.taken);
        let kept = usize::try_from(room).unwrap_or(usize::MAX).min(count);
        let total = self.taken.saturating_add(kept as u64);
        if total > self.limit {
            return Err(BodyError::TooLarge);
        }
        self.taken = total;
        Ok(kept)
    }

    /// True once the announced length has come: nothing is left to wait for.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.announced == Some(self.taken)
    }

    /// Takes note that no more bytes will come.
    ///
    /// # Errors
    /// The body is shorter than announced.
    pub const fn finish(&self) -> Result<(), BodyError> {
        match self.announced {
            Some(length) if length > self.taken => Err(BodyError::Short {
                missing: length - self.taken,
            }),
            Some(_) | None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f29_a_surplus_is_cut_and_a_shortage_told() {
        let mut meter = BodyMeter::new(Some(5), 100);
        assert_eq!(meter.take(3), Ok(3));
        assert_eq!(meter.finish(), Err(BodyError::Short { missing: 2 }));
        assert_eq!(meter.take(3), Ok(2));
        assert!(meter.is_full());
        assert_eq!(meter.take(9), Ok(0));
        assert_eq!(meter.finish(), Ok(()));
    }

    #[test]
    fn f30_a_body_without_a_length_ends_where_it_ends() {
        let mut meter = BodyMeter::new(None, 100);
        assert_eq!(meter.take(99), Ok(99));
        assert!(!meter.is_full());
        assert_eq!(meter.finish(), Ok(()));
    }

    #[test]
    fn w32_a_body_has_a_limit() {
        let mut meter = BodyMeter::new(None, 10);
        assert_eq!(meter.take(10), Ok(10));
        assert_eq!(meter.take(1), Err(BodyError::TooLarge));
    }
}
