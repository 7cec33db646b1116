//! Numbers that look like chance. Shared by the tests that change files at random.

/// Numbers without a pattern, the same in every run.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    /// The next number below a bound.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}
