//! How many tests passed, read from what test runners print.

use std::fmt;
use std::ops::AddAssign;

/// Numbers of tests by outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Tests that passed.
    pub(crate) passed: u64,
    /// Tests that failed, or could not even begin.
    pub(crate) failed: u64,
    /// Tests that a runner left out.
    pub(crate) skipped: u64,
}

/// How a program tells how many tests it ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Runner {
    /// It is one check by itself, and its exit code the outcome.
    Check,
    /// `cargo test`: one `test result:` line for each test binary.
    Cargo,
    /// pytest: the numbers are in the last line.
    Pytest,
}

impl Tally {
    /// One check that passed or failed.
    pub(crate) fn check(success: bool) -> Self {
        Self {
            passed: success.into(),
            failed: (!success).into(),
            skipped: 0,
        }
    }

    /// One check that was left out.
    pub(crate) fn left_out() -> Self {
        Self {
            skipped: 1,
            ..Self::default()
        }
    }

    /// Counts what a program ran.
    ///
    /// A program that fails without a failed test, because it did not compile or found no test, counts as one
    /// failure: the sum never looks better than the exit code.
    pub(crate) fn of(runner: Runner, success: bool, output: &str) -> Self {
        let mut tally = match runner {
            Runner::Check => return Self::check(success),
            Runner::Cargo => Self::cargo(output),
            Runner::Pytest => Self::pytest(output),
        };
        let silent = if success {
            tally.passed == 0
        } else {
            tally.failed == 0
        };
        tally.failed += u64::from(silent);
        tally
    }

    /// Turns every test that was left out into one that failed, for runs that may leave out nothing.
    pub(crate) fn strict(self) -> Self {
        Self {
            passed: self.passed,
            failed: self.failed + self.skipped,
            skipped: 0,
        }
    }

    fn cargo(output: &str) -> Self {
        let mut tally = Self::default();
        for line in output.lines() {
            if let Some(result) = line.trim().strip_prefix("test result: ")
                && let Some((_verdict, numbers)) = result.split_once(". ")
            {
                tally += Self::read(numbers.split(';'));
            }
        }
        tally
    }

    /// The last line is `== 1 failed, 41 passed in 0.30s ==`, in quiet mode without the signs.
    fn pytest(output: &str) -> Self {
        let last = output
            .lines()
            .rev()
            .find_map(|line| line.trim_matches(['=', ' ']).rsplit_once(" in "));
        last.map(|(numbers, _duration)| Self::read(numbers.split(',')))
            .unwrap_or_default()
    }

    fn read<'a>(parts: impl Iterator<Item = &'a str>) -> Self {
        let mut tally = Self::default();
        for part in parts {
            let mut words = part.split_whitespace();
            let (Some(number), Some(outcome)) = (words.next(), words.next()) else {
                continue;
            };
            let number = number.parse().unwrap_or(0);
            match outcome {
                "passed" => tally.passed += number,
                "failed" | "error" | "errors" => tally.failed += number,
                "skipped" | "ignored" => tally.skipped += number,
                _ => {}
            }
        }
        tally
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// The form of a closing line, which has no room for what was skipped: that is told before it.
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: u64, failed: u64, skipped: u64) -> Tally {
        Tally {
            passed,
            failed,
            skipped,
        }
    }

    #[test]
    fn cargo_is_summed_over_all_test_binaries() {
        let output = "
running 3 tests
test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s

   Doc-tests iisc_spec
test result: FAILED. 7 passed; 2 failed; 1 ignored; 0 measured; 4 filtered out; finished in 0.50s
";
        assert_eq!(Tally::of(Runner::Cargo, false, output), tally(10, 2, 1));
    }

    #[test]
    fn pytest_is_read_from_its_last_line() {
        for (output, expected) in [
            (".....\n42 passed in 0.26s\n", tally(42, 0, 0)),
            (
                "== 1 failed, 41 passed, 2 skipped in 61.00s (0:01:01) ==\n",
                tally(41, 1, 2),
            ),
            (
                "x\n2 passed in 9s\n3 passed, 1 warning, 2 errors in 0.1s\n",
                tally(3, 2, 0),
            ),
            ("1 error in 0.05s", tally(0, 1, 0)),
        ] {
            let success = expected.failed == 0;
            assert_eq!(
                Tally::of(Runner::Pytest, success, output),
                expected,
                "{output}"
            );
        }
    }

    #[test]
    fn a_run_without_a_test_is_a_failure() {
        let nothing = "no tests ran in 0.00s\n";
        assert_eq!(Tally::of(Runner::Pytest, false, nothing), tally(0, 1, 0));
        assert_eq!(Tally::of(Runner::Pytest, true, ""), tally(0, 1, 0));
        assert_eq!(
            Tally::of(Runner::Cargo, false, "error: could not compile"),
            tally(0, 1, 0)
        );
    }

    #[test]
    fn a_failing_program_never_counts_as_passed() {
        let crashed = "test result: ok. 3 passed; 0 failed; 0 ignored\nerror: signal 11";
        assert_eq!(Tally::of(Runner::Cargo, false, crashed), tally(3, 1, 0));
        assert_eq!(
            Tally::of(Runner::Check, false, "all 9 passed in 1s"),
            tally(0, 1, 0)
        );
    }

    #[test]
    fn a_strict_run_counts_what_was_left_out_as_failed() {
        assert_eq!(tally(5, 1, 2).strict(), tally(5, 3, 0));
    }

    #[test]
    fn the_sum_is_shown_as_one_line() {
        assert_eq!(tally(12, 1, 3).to_string(), "12 passed, 1 failed");
    }
}
