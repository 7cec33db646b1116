//! Lengths of time with a unit.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A whole number of seconds, written with a unit: `90s`, `5m`, `1h`, `1d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seconds(pub u32);

/// What a duration looks like, for the schema and for [`Seconds::parse`].
const PATTERN: &str = "^[0-9]{1,9}(s|m|h|d)$";

impl Seconds {
    /// Reads `90s`, `5m`, `1h` or `1d`. `None` if the text has another form or passes 136 years.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let unit = match text.strip_prefix(digits)? {
            "s" => 1,
            "m" => 60,
            "h" => 3_600,
            "d" => 86_400,
            _ => return None,
        };
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        digits.parse::<u32>().ok()?.checked_mul(unit).map(Self)
    }
}

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}s", self.0)
    }
}

impl Serialize for Seconds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("expected a duration such as `90s`"))
    }
}

impl JsonSchema for Seconds {
    fn schema_name() -> Cow<'static, str> {
        "Duration".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A length of time with its unit: seconds, minutes, hours or days.",
            "type": "string",
            "pattern": PATTERN,
            "patternErrorMessage":
                "expected a whole number with a unit, such as `90s`, `5m`, `1h` or `1d`",
            "examples": ["90s", "5m", "1h"],
        })
    }
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
            "٣s",
        ] {
            assert_eq!(Seconds::parse(text), None, "{text}");
        }
    }
}
