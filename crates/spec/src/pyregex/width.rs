//! How many characters a part of a pattern can match.

/// Fewest and most characters; `u64::MAX` is unbounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Width {
    least: u64,
    most: u64,
}

impl Width {
    pub(super) const ZERO: Self = Self { least: 0, most: 0 };
    pub(super) const ONE: Self = Self { least: 1, most: 1 };

    /// One after the other.
    pub(super) fn then(self, next: Self) -> Self {
        Self {
            least: self.least.saturating_add(next.least),
            most: self.most.saturating_add(next.most),
        }
    }

    /// One or the other.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            least: self.least.min(other.least),
            most: self.most.max(other.most),
        }
    }

    /// Repeated; `None` is without bound.
    pub(super) fn times(self, least: u64, most: Option<u64>) -> Self {
        let most = most.unwrap_or(if self.most == 0 { 0 } else { u64::MAX });
        Self {
            least: self.least.saturating_mul(least),
            most: self.most.saturating_mul(most),
        }
    }

    /// Fewest characters.
    pub(super) fn least(self) -> u64 {
        self.least
    }

    /// True if every match is equally long, as lookbehind needs it.
    pub(super) fn is_fixed(self) -> bool {
        self.least == self.most
    }
}
