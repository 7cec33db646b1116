//! The validators of the schema language: what a value has to be beside of its type.

use std::ops::RangeInclusive;

use iisc_gateway_core::xml::Element;

use super::value::{SECOND, Value};

/// A `validationType` with its `validationParameter`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Validator {
    /// A number within a range, or outside of it.
    IntegerRange {
        /// The range.
        range: RangeInclusive<i64>,
        /// The value must lie outside.
        exclude: bool,
    },
    /// A time within a range of seconds, or outside of it.
    TimeSpanRange {
        /// The range in seconds.
        range: RangeInclusive<i64>,
        /// The value must be a multiple of so many seconds.
        granularity: i64,
        /// The value must lie outside.
        exclude: bool,
    },
    /// At least one character.
    NonEmpty,
    /// No white space at either end.
    Trimmed,
    /// A name of an application pool.
    PoolName,
    /// A name of a site.
    SiteName,
    /// A path of an application or a virtual directory.
    Path,
}

impl Validator {
    /// The validator of an attribute.
    pub(super) fn read(attribute: &Element) -> Option<Self> {
        let parameter = attribute
            .attribute("validationParameter")
            .unwrap_or_default();
        let (numbers, exclude) = match parameter.strip_suffix(",exclude") {
            Some(numbers) => (numbers, true),
            None => (parameter, false),
        };
        let numbers: Vec<i64> = numbers
            .split(',')
            .filter_map(|it| it.trim().parse().ok())
            .collect();
        Some(
            match (attribute.attribute("validationType")?, numbers.as_slice()) {
                ("integerRange", [min, max]) => Self::IntegerRange {
                    range: *min..=*max,
                    exclude,
                },
                ("timeSpanRange", [min, max, granularity]) => Self::TimeSpanRange {
                    range: *min..=*max,
                    granularity: *granularity,
                    exclude,
                },
                ("nonEmptyString", []) => Self::NonEmpty,
                ("requireTrimmedString", []) => Self::Trimmed,
                ("applicationPoolName", []) => Self::PoolName,
                ("siteName", []) => Self::SiteName,
                ("applicationPath" | "virtualDirectoryPath", []) => Self::Path,
                other => panic!("line {}: the validator {other:?}", attribute.line),
            },
        )
    }

    /// Why the value does not pass, if it does not.
    #[must_use]
    pub fn refusal(&self, value: &Value) -> Option<String> {
        match (self, value) {
            (Self::IntegerRange { range, exclude }, Value::Number(number)) => {
                outside(range, *exclude, *number).map(|range| format!("{number} is {range}"))
            }
            (
                Self::TimeSpanRange {
                    range,
                    granularity,
                    exclude,
                },
                Value::Ticks(ticks),
            ) => {
                if ticks % (granularity * SECOND) != 0 {
                    return Some(format!("not in steps of {granularity} seconds"));
                }
                let seconds = ticks / SECOND;
                outside(range, *exclude, seconds)
                    .map(|range| format!("{seconds} seconds are {range}"))
            }
            (_, Value::Text(text)) => self.refusal_of_text(text),
            _ => Some(format!("{self:?} does not fit the type")),
        }
    }

    fn refusal_of_text(&self, text: &str) -> Option<String> {
        let none_of = |characters: &str| {
            let found = text.chars().find(|c| characters.contains(*c))?;
            Some(format!("`{found}` in {text:?}"))
        };
        match self {
            Self::NonEmpty => text.is_empty().then(|| "empty".to_owned()),
            Self::Trimmed => (text.trim() != text).then(|| format!("blanks around {text:?}")),
            // The comment in the schema writes `\"`; other readers of it take that for both characters.
            Self::PoolName => none_of("|<>&\"/\\[]+=;:,?*@"),
            // The backslash is in the list of IIS's managed interface only.
            Self::SiteName => none_of("/\\?"),
            Self::Path => (!is_path(text)).then(|| format!("{text:?} is no path")),
            Self::IntegerRange { .. } | Self::TimeSpanRange { .. } => {
                Some("a range does not fit a text".to_owned())
            }
        }
    }
}

/// What is wrong with a number, in words.
fn outside(range: &RangeInclusive<i64>, exclude: bool, number: i64) -> Option<String> {
    let (min, max) = (range.start(), range.end());
    let within = range.contains(&number);
    (within == exclude).then(|| match exclude {
        true => format!("within {min} to {max}"),
        false => format!("not within {min} to {max}"),
    })
}

/// Begins with a slash and ends with none, but for `/` itself; no part is `.` or `..`.
fn is_path(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('/') else {
        return false;
    };
    rest.is_empty()
        || (!rest.ends_with('/') && rest.split('/').all(|part| !matches!(part, "." | "..")))
}
