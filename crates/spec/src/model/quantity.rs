//! Lengths of time and sizes, written with their unit.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Defines a whole number of some smallest unit that people write with a unit behind it.
///
/// A macro, because a quantity is a type of its own in the model and in the schema, and three differ only in
/// their words.
macro_rules! quantity {
    (
        $(#[$meta:meta])*
        $name:ident($number:ty), $schema_name:literal, $units:ident, $pattern:literal, $expected:literal,
        $description:literal, $examples:expr
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(pub $number);

        impl $name {
            /// Reads a number with a unit; `None` for another form, or more than the type holds.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                parse(text, $units)?.try_into().ok().map(Self)
            }
        }

        impl fmt::Display for $name {
            /// In the largest unit that divides it.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&spell(u64::from(self.0), $units))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).ok_or_else(|| de::Error::custom($expected))
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                $schema_name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({
                    "description": $description,
                    "type": "string",
                    "pattern": $pattern,
                    "patternErrorMessage": $expected,
                    "examples": $examples,
                })
            }
        }
    };
}

/// Units with their size, smallest first.
pub(crate) type Units = &'static [(&'static str, u64)];

/// Units of a duration in seconds.
pub(crate) const SECONDS: Units = &[("s", 1), ("m", 60), ("h", 3_600), ("d", 86_400)];
/// Units of a duration in minutes.
pub(crate) const MINUTES: Units = &[("m", 1), ("h", 60), ("d", 1_440)];
/// Units of a size in bytes. As Windows counts them, each 1,024 times the one before.
pub(crate) const BYTES: Units = &[("B", 1), ("KB", 1 << 10), ("MB", 1 << 20), ("GB", 1 << 30)];

quantity! {
    /// A whole number of seconds, written with a unit: `90s`, `5m`, `1h`, `1d`.
    Seconds(u32), "Duration", SECONDS, "^[0-9]{1,9}(s|m|h|d)$",
    "expected a whole number with a unit, such as `90s`, `5m`, `1h` or `1d`",
    "A length of time with its unit: seconds, minutes, hours or days.",
    ["90s", "5m", "1h"]
}

quantity! {
    /// A whole number of minutes, written with a unit: `20m`, `29h`, `1d`. IIS refuses these times with seconds.
    Minutes(u32), "Minutes", MINUTES, "^[0-9]{1,9}(m|h|d)$",
    "expected a whole number of minutes, hours or days, such as `20m`, `29h` or `1d`",
    "A length of time with its unit: minutes, hours or days.",
    ["20m", "29h", "1d"]
}

quantity! {
    /// A whole number of bytes, written with a unit: `200MB`.
    Bytes(u64), "Size", BYTES, "^[0-9]{1,12}(B|KB|MB|GB)$",
    "expected a whole number with a unit, such as `512KB`, `200MB` or `1GB`",
    "A size with its unit: bytes, or 1,024, 1,024 \u{d7} 1,024 or 1,024 \u{d7} 1,024 \u{d7} 1,024 of them.",
    ["512KB", "200MB", "1GB"]
}

fn parse(text: &str, units: Units) -> Option<u64> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = text.strip_prefix(digits)?;
    let (_, size) = units.iter().find(|(name, _)| *name == unit)?;
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse::<u64>().ok()?.checked_mul(*size)
}

/// The number in the largest unit that divides it.
fn spell(number: u64, units: Units) -> String {
    let mut whole = units.iter().rev();
    let (unit, size) = whole
        .find(|(_, size)| number >= *size && number.is_multiple_of(*size))
        .or(units.first())
        .copied()
        .unwrap_or(("", 1));
    format!("{}{unit}", number / size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_multiplied_out() {
        assert_eq!(Seconds::parse("90s"), Some(Seconds(90)));
        assert_eq!(Seconds::parse("5m"), Some(Seconds(300)));
        assert_eq!(Seconds::parse("2h"), Some(Seconds(7_200)));
        assert_eq!(Seconds::parse("1d"), Some(Seconds(86_400)));
        assert_eq!(Minutes::parse("29h"), Some(Minutes(1_740)));
        assert_eq!(Bytes::parse("200MB"), Some(Bytes(209_715_200)));
    }

    #[test]
    fn a_quantity_prints_in_the_largest_unit_that_divides_it() {
        for text in ["90s", "5m", "1h", "1d", "0s", "25h"] {
            assert_eq!(Seconds::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Seconds(60).to_string(), "1m");
        assert_eq!(Bytes(30_000_000).to_string(), "30000000B");
        assert_eq!(Minutes(0).to_string(), "0m");
    }

    #[test]
    fn a_number_without_unit_or_past_the_range_is_refused() {
        for text in [
            "90",
            "",
            "s",
            "1.5h",
            "-1s",
            "1w",
            "999999999d",
            "5 m",
            "\u{663}s",
            "1MB",
        ] {
            assert_eq!(Seconds::parse(text), None, "{text}");
        }
        assert_eq!(Minutes::parse("90s"), None);
        assert_eq!(Bytes::parse("1mb"), None);
    }
}
