//! Lines of the log: one record, one line, and nothing in it can forge another (S20).

use std::fmt::Write as _;
use std::time::Duration;

/// Who writes.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// Process id.
    pub pid: u32,
    /// Name of the application.
    pub app: &'a str,
    /// The request it is about, if it is about one.
    pub request: Option<&'a str>,
}

/// Writes one record: time in UTC, process, application, request and text, then the line break.
///
/// Details, such as a traceback, follow as lines that begin with `  | `. A record begins with a digit, so
/// neither can be taken for the other. Control characters are written as escapes.
#[must_use]
pub fn format(since_1970: Duration, origin: Origin<'_>, text: &str, details: &str) -> String {
    let Origin { pid, app, request } = origin;
    let mut record = timestamp(since_1970);
    // Writing to a string cannot fail.
    let _ = write!(record, " {pid} ");
    push_escaped(&mut record, if app.is_empty() { "-" } else { app });
    record.push(' ');
    push_escaped(&mut record, request.unwrap_or("-"));
    record.push(' ');
    push_escaped(&mut record, text);
    record.push('\n');
    for line in details.lines() {
        record.push_str("  | ");
        push_escaped(&mut record, line);
        record.push('\n');
    }
    record
}

fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Line and paragraph separators end a line for some readers.
            '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "{}", c.escape_unicode());
            }
            c if c.is_control() => {
                let _ = write!(out, "\\x{:02x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
}

/// `2026-11-22T17:10:00.123Z`.
fn timestamp(since_1970: Duration) -> String {
    let seconds = since_1970.as_secs();
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = date(days);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:03}Z",
        second / 3_600,
        second / 60 % 60,
        second % 60,
        since_1970.subsec_millis()
    )
}

/// The civil date of a day number, counted in years that begin in March, so that leap days come last.
const fn date(days_since_1970: u64) -> (u64, u64, u64) {
    const DAYS_PER_ERA: u64 = 146_097; // 400 years
    let days = days_since_1970 + 719_468; // since 0000-03-01
    let day_of_era = days % DAYS_PER_ERA;
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = days / DAYS_PER_ERA * 400 + year_of_era;
    (if month <= 2 { year + 1 } else { year }, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: Origin<'_> = Origin {
        pid: 42,
        app: "shop",
        request: Some("42-7"),
    };

    #[test]
    fn a_record_is_one_line_and_details_are_indented() {
        let at = Duration::from_millis(1_795_367_400_123);
        assert_eq!(
            format(at, ORIGIN, "it failed", "Traceback\n  x"),
            "2026-11-22T17:10:00.123Z 42 shop 42-7 it failed\n  | Traceback\n  |   x\n"
        );
    }

    #[test]
    fn s20_nothing_can_forge_a_record() {
        let text = "a\r\n2026 forged\t\x1b[0m\u{7f}\u{85}\u{2028}é";
        let record = format(Duration::ZERO, ORIGIN, text, text);
        assert_eq!(
            record,
            "1970-01-01T00:00:00.000Z 42 shop 42-7 \
             a\\r\\n2026 forged\\t\\x1b[0m\\x7f\\x85\\u{2028}é\n\
             \x20 | a\n  | 2026 forged\\t\\x1b[0m\\x7f\\x85\\u{2028}é\n"
        );
    }

    #[test]
    fn dates_know_leap_years() {
        for (days, expected) in [
            (0, (1970, 1, 1)),
            (59, (1970, 3, 1)),
            (11_016, (2000, 2, 29)),
            (19_782, (2024, 2, 29)),
            (20_088, (2024, 12, 31)),
            (20_089, (2025, 1, 1)),
        ] {
            assert_eq!(date(days), expected);
        }
    }
}
