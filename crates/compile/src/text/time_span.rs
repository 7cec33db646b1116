//! Times as the schema of IIS writes them (`timeSpan`): `[days.]hours:minutes:seconds`.

/// A time in seconds. Without a whole day there are no days in it, which is how `appcmd` prints it too: 29 hours are
/// `1.05:00:00`.
#[must_use]
pub fn time_span(seconds: u32) -> String {
    let (minutes, hours) = (seconds / 60, seconds / 3_600);
    let clock = format!("{:02}:{:02}:{:02}", hours % 24, minutes % 60, seconds % 60);
    match hours / 24 {
        0 => clock,
        days => format!("{days}.{clock}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_if_there_are_any() {
        for (seconds, expected) in [
            (0, "00:00:00"),
            (59, "00:00:59"),
            (3_661, "01:01:01"),
            (104_400, "1.05:00:00"),
            (604_800, "7.00:00:00"),
            (315_360_000, "3650.00:00:00"),
        ] {
            assert_eq!(time_span(seconds), expected);
        }
    }
}
