//! Lengths of time and sizes as people write them elsewhere.

use crate::model::quantity::{BYTES, SECONDS, Units};

/// Words for units, and what the unit is called here.
const WORDS: [(&str, &str); 26] = [
    ("", "s"),
    ("sec", "s"),
    ("secs", "s"),
    ("second", "s"),
    ("seconds", "s"),
    ("min", "m"),
    ("mins", "m"),
    ("minute", "m"),
    ("minutes", "m"),
    ("hr", "h"),
    ("hrs", "h"),
    ("hour", "h"),
    ("hours", "h"),
    ("day", "d"),
    ("days", "d"),
    ("b", "B"),
    ("byte", "B"),
    ("bytes", "B"),
    ("k", "KB"),
    ("kb", "KB"),
    ("kib", "KB"),
    ("mb", "MB"),
    ("mib", "MB"),
    ("g", "GB"),
    ("gb", "GB"),
    ("gib", "GB"),
];

/// The same length or size as a whole number with one unit: `90m` for `1h30m`, `1536MB` for `1.5 GB`.
pub(super) fn spelled(text: &str) -> Option<String> {
    let parts = match text.contains(':') {
        true => clock(text)?,
        false => parts(text)?,
    };
    let units = [SECONDS, BYTES].into_iter().find(|units| {
        let known = |unit: &str| units.iter().any(|(name, _)| *name == unit);
        parts.iter().all(|part| known(part.unit))
    })?;
    let smallest = parts.iter().map(|part| size(units, part.unit)).min()?;
    let (mut total, mut rest): (u64, u64) = (0, 0);
    for part in &parts {
        let unit = size(units, part.unit);
        total = part.whole.checked_mul(unit)?.checked_add(total)?;
        rest = part.tenths.checked_mul(unit)?.checked_add(rest)?;
    }
    if !rest.is_multiple_of(10) {
        return None;
    }
    let total = total.checked_add(rest / 10)?;
    let fits = |size: &u64| *size <= smallest && total.is_multiple_of(*size);
    let (name, size) = units.iter().rev().find(|(_, size)| fits(size))?;
    Some(format!("{}{name}", total / size))
}

/// A number and its unit.
struct Part<'a> {
    whole: u64,
    tenths: u64,
    unit: &'a str,
}

fn size(units: Units, unit: &str) -> u64 {
    let found = units.iter().find(|(name, _)| *name == unit);
    found.map_or(1, |(_, size)| *size)
}

/// `1h 30min` as numbers with units.
fn parts(text: &str) -> Option<Vec<Part<'static>>> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let number = rest
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(rest.len());
        let (digits, behind) = rest.split_at_checked(number)?;
        let behind = behind.trim_start();
        let end = behind
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(behind.len());
        let (unit, behind) = behind.split_at_checked(end)?;
        let (whole, tenths) = digits.split_once('.').unwrap_or((digits, "0"));
        found.push(Part {
            whole: whole.parse().ok()?,
            tenths: Some(tenths).filter(|it| it.len() == 1)?.parse().ok()?,
            unit: unit_called(unit)?,
        });
        rest = behind.trim_start_matches([' ', ',']);
    }
    Some(found).filter(|found| !found.is_empty())
}

fn unit_called(word: &str) -> Option<&'static str> {
    let lower = word.to_ascii_lowercase();
    let own = SECONDS.iter().find(|(name, _)| *name == lower);
    let foreign = WORDS.iter().find(|(foreign, _)| *foreign == lower);
    own.map(|(name, _)| *name)
        .or(foreign.map(|(_, name)| *name))
}

/// `00:01:30`, as IIS writes a length of time.
fn clock(text: &str) -> Option<Vec<Part<'static>>> {
    let (days, clock) = text.split_once('.').unwrap_or(("0", text));
    let fields: Vec<&str> = clock.split(':').collect();
    let [hours, minutes, seconds] = fields.as_slice() else {
        return None;
    };
    let mut found = Vec::new();
    for (digits, unit) in [(days, "d"), (*hours, "h"), (*minutes, "m"), (*seconds, "s")] {
        let whole = digits.parse().ok()?;
        if whole > 0 {
            found.push(Part {
                whole,
                tenths: 0,
                unit,
            });
        }
    }
    Some(found).filter(|found| !found.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_becomes_a_number_with_one_unit() {
        for (text, expected) in [
            ("1h30m", "90m"),
            ("1h 30min", "90m"),
            ("1m30s", "90s"),
            ("1d12h", "36h"),
            ("1.5h", "90m"),
            ("90 seconds", "90s"),
            ("5 min", "5m"),
            ("00:01:30", "90s"),
            ("1.05:00:00", "29h"),
            ("00:20:00", "20m"),
            ("90", "90s"),
            ("200mb", "200MB"),
            ("200 MiB", "200MB"),
            ("1.5GB", "1536MB"),
        ] {
            assert_eq!(spelled(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_length_gets_no_spelling() {
        for text in [
            "",
            "h",
            "1w",
            "1h30mb",
            "-5s",
            "1.23h",
            "1:2",
            "0:0:0",
            "never",
            "1e3s",
            "99999999999999999999h",
        ] {
            assert_eq!(spelled(text), None, "{text}");
        }
    }
}
