//! Ranges of quantities as patterns, so that every validator of JSON Schema refuses what we refuse.

use serde_json::{Map, Value, json};

use crate::model::quantity::{BYTES, MINUTES, SECONDS, Units};

/// Turns `x-min` and `x-max` of a quantity into a pattern that only values between them have.
pub(super) fn limit(object: &mut Map<String, Value>) {
    let bound = |key| object.get(key).and_then(Value::as_str);
    let Some((least, most)) = bound("x-min").zip(bound("x-max")) else {
        return;
    };
    let units = match (least.ends_with('B'), least.ends_with('s')) {
        (true, _) => BYTES,
        (false, true) => SECONDS,
        (false, false) => MINUTES,
    };
    let pattern = within(number(least, units), number(most, units), units);
    let expected = format!(
        "expected `{least}` to `{most}`, written as {}",
        forms(units)
    );
    object.insert("pattern".to_owned(), json!(pattern));
    object.insert("patternErrorMessage".to_owned(), json!(expected));
}

fn forms(units: Units) -> String {
    let forms: Vec<String> = units
        .iter()
        .map(|(unit, _)| format!("`90{unit}`"))
        .collect();
    match forms.split_last() {
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

fn number(text: &str, units: Units) -> u64 {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = text.strip_prefix(digits).unwrap_or_default();
    let size = units.iter().find(|(name, _)| *name == unit);
    digits.parse::<u64>().unwrap_or_default() * size.map_or(1, |(_, size)| *size)
}

/// A number with each unit that has any number in the range.
fn within(least: u64, most: u64, units: Units) -> String {
    let fits = units
        .iter()
        .map(|(unit, size)| (unit, least.div_ceil(*size), most / size))
        .filter(|(_, least, most)| least <= most);
    let branches: Vec<String> = fits
        .map(|(unit, least, most)| format!("({}){unit}", decimal(least, most).join("|")))
        .collect();
    format!("^0*({})$", branches.join("|"))
}

/// Patterns of the decimal numbers from `least` to `most`, without zeros before them.
fn decimal(least: u64, most: u64) -> Vec<String> {
    let mut found = Vec::new();
    let mut from = least;
    while from <= most {
        let to = block(from, most);
        found.push(spell(from, to));
        from = to + 1;
    }
    found
}

/// The end of the longest run from a number on in which only the last digits change, each through its whole
/// range, behind one digit that changes within its own.
fn block(from: u64, most: u64) -> u64 {
    let mut size = 1;
    while from.is_multiple_of(size * 10) && from != 0 && from + size * 10 - 1 <= most {
        size *= 10;
    }
    let digit = from / size % 10;
    let steps = (9 - digit).min((most + 1 - from) / size - 1);
    from + steps * size + size - 1
}

fn spell(from: u64, to: u64) -> String {
    let (from, to) = (from.to_string(), to.to_string());
    let digits = from.bytes().zip(to.bytes());
    digits
        .map(|(one, other)| match (one, other) {
            (one, other) if one == other => char::from(one).to_string(),
            (b'0', b'9') => "[0-9]".to_owned(),
            (one, other) => format!("[{}-{}]", char::from(one), char::from(other)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::Regex;

    #[test]
    fn the_pattern_accepts_the_numbers_of_the_range_and_no_others() {
        for (least, most) in [(0, 0), (0, 9), (1, 60), (10, 604), (7, 1_203), (99, 101)] {
            let pattern = format!("^({})$", decimal(least, most).join("|"));
            let regex = Regex::new(&pattern).unwrap();
            for number in 0..2_000_u64 {
                let inside = (least..=most).contains(&number);
                assert_eq!(
                    regex.is_match(&number.to_string()),
                    inside,
                    "{number} in {pattern}"
                );
            }
        }
    }

    #[test]
    fn each_unit_has_its_own_range() {
        let regex = Regex::new(&within(10, 2_592_000, SECONDS)).unwrap();
        for text in ["10s", "2592000s", "1m", "43200m", "720h", "30d", "0090s"] {
            assert!(regex.is_match(text), "{text}");
        }
        for text in ["9s", "2592001s", "0m", "43201m", "721h", "31d", "0d", "90"] {
            assert!(!regex.is_match(text), "{text}");
        }
    }
}
