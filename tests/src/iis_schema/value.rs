//! The types of attributes, and which texts are values of them.

use iisc_gateway_core::xml::Element;

/// A type of the schema language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// `true` or `false`.
    Bool,
    /// One of some names.
    Enum(Vec<String>),
    /// Some of some names, with commas between them.
    Flags(Vec<String>),
    /// A number from 0 to 2^32 - 1.
    Uint,
    /// A number of 32 bits.
    Int,
    /// A number of 64 bits.
    Int64,
    /// Any text.
    Text,
    /// A time, in the form of `timeSpanFormat`.
    TimeSpan(TimeFormat),
}

/// How a time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeFormat {
    /// `[days.]hours:minutes:seconds`.
    Clock,
    /// A number of seconds.
    Seconds,
    /// A number of minutes.
    Minutes,
}

/// What a text says, as far as validators and keys need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A number.
    Number(i64),
    /// Ten-millionths of a second.
    Ticks(i64),
    /// A name, a text, or a boolean.
    Text(String),
}

/// Ticks of a second.
pub const SECOND: i64 = 10_000_000;

impl Type {
    /// The type of an attribute.
    pub(super) fn read(attribute: &Element) -> Self {
        let names = |kind| {
            let values = attribute.children_named(kind);
            values
                .filter_map(|value| value.attribute("name"))
                .map(str::to_owned)
                .collect()
        };
        match attribute.attribute("type") {
            Some("bool") => Self::Bool,
            Some("enum") => Self::Enum(names("enum")),
            Some("flags") => Self::Flags(names("flag")),
            Some("uint") => Self::Uint,
            Some("int") => Self::Int,
            Some("int64") => Self::Int64,
            Some("string") => Self::Text,
            Some("timeSpan") => Self::TimeSpan(TimeFormat::read(attribute)),
            other => panic!("line {}: the type is {other:?}", attribute.line),
        }
    }

    /// What the text says, if it is of the type. Names are compared without case, as IIS compares them.
    #[must_use]
    pub fn value(&self, text: &str) -> Option<Value> {
        let named = |names: &[String], text: &str| {
            let found = names.iter().find(|name| name.eq_ignore_ascii_case(text))?;
            Some(Value::Text(found.clone()))
        };
        match self {
            Self::Bool => named(&["true".to_owned(), "false".to_owned()], text),
            Self::Enum(names) => named(names, text),
            Self::Flags(names) => {
                let mut parts = text.split(',').map(str::trim);
                let known = parts.all(|part| named(names, part).is_some());
                known.then(|| Value::Text(text.to_owned()))
            }
            Self::Uint => whole(text, |it| u32::try_from(it).is_ok()),
            Self::Int => whole(text, |it| i32::try_from(it).is_ok()),
            Self::Int64 => whole(text, |_| true),
            Self::Text => Some(Value::Text(text.to_owned())),
            Self::TimeSpan(format) => format.ticks(text).map(Value::Ticks),
        }
    }
}

impl TimeFormat {
    fn read(attribute: &Element) -> Self {
        match attribute.attribute("timeSpanFormat") {
            None | Some("string") => Self::Clock,
            Some("seconds") => Self::Seconds,
            Some("minutes") => Self::Minutes,
            Some(other) => panic!("line {}: the form `{other}`", attribute.line),
        }
    }

    fn ticks(self, text: &str) -> Option<i64> {
        match self {
            Self::Clock => clock(text),
            Self::Seconds => number(text)?.checked_mul(SECOND),
            Self::Minutes => number(text)?.checked_mul(60 * SECOND),
        }
    }
}

/// Decimal digits with maybe a minus sign, and nothing else.
fn number(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

/// `[days.]hours:minutes:seconds[.fraction]`; hours may go beyond 23, as in IIS's own defaults.
fn clock(text: &str) -> Option<i64> {
    let (hours, rest) = text.split_once(':')?;
    let (minutes, seconds) = rest.split_once(':')?;
    let (days, hours) = hours.split_once('.').unwrap_or(("0", hours));
    let (seconds, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    let part = |text: &str, below: i64| {
        let value = number(text).filter(|value| (0..below).contains(value));
        value.filter(|_| text.len() <= 8)
    };
    let in_minutes =
        (part(days, i64::MAX)? * 24 + part(hours, i64::MAX)?) * 60 + part(minutes, 60)?;
    let fraction = part(&format!("{fraction:0<7}"), SECOND)?;
    let seconds = in_minutes
        .checked_mul(60)?
        .checked_add(part(seconds, 60)?)?;
    seconds.checked_mul(SECOND)?.checked_add(fraction)
}

fn whole(text: &str, fits: fn(i64) -> bool) -> Option<Value> {
    number(text).filter(|it| fits(*it)).map(Value::Number)
}
