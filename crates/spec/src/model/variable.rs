//! `variables`: values that a spec leaves to whoever builds it.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::text::text_type;
use super::{Bytes, Seconds};

/// A value that is written `${NAME}` elsewhere in the spec, and given with `--set NAME=VALUE`, `--set-file`, or the
/// environment variable `IISC_VAR_NAME`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Variable {
    /// What the value must be.
    #[serde(rename = "type")]
    pub kind: VariableKind,

    /// The value if none is given. Without a default a value must be given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("examples" = [r"D:\apps"]))]
    pub default: Option<VariableValue>,

    /// What the variable is for.
    #[schemars(extend("examples" = ["the folder of all applications on the server"]))]
    pub description: String,
}

/// What the value of a variable must be.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum VariableKind {
    /// Any text.
    #[default]
    Text,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// An absolute Windows path.
    Path,
    /// A length of time with its unit, such as `90s`.
    Duration,
    /// A size with its unit, such as `200MB`.
    Size,
}

text_type! {
    /// Name of a variable: capitals, digits and `_`.
    #[schemars(
        example = &"APPROOT",
        extend("pattern" = "^[A-Z_][A-Z0-9_]{0,63}$"),
        extend("patternErrorMessage" = "expected capitals, digits and `_`, the first no digit")
    )]
    SpecVariable
}

/// A single value of any type, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VariableValue(pub String);

impl JsonSchema for VariableValue {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "VariableValue".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "integer", "boolean"] })
    }
}

impl VariableKind {
    /// True for a text that is a value of this kind.
    #[must_use]
    pub fn accepts(self, text: &str) -> bool {
        match self {
            Self::Text => true,
            Self::Integer => !text.starts_with('+') && text.parse::<i64>().is_ok(),
            Self::Boolean => matches!(text, "true" | "false"),
            Self::Path => super::WinPath::new(text).problem().is_none(),
            Self::Duration => Seconds::parse(text).is_some(),
            Self::Size => Bytes::parse(text).is_some(),
        }
    }

    /// True for a kind whose values YAML reads as something else than a text.
    #[must_use]
    pub const fn is_plain(self) -> bool {
        match self {
            Self::Integer | Self::Boolean => true,
            Self::Text | Self::Path | Self::Duration | Self::Size => false,
        }
    }

    /// What a value of this kind looks like, behind "expected".
    #[must_use]
    pub const fn form(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Integer => "a whole number",
            Self::Boolean => "`true` or `false`",
            Self::Path => "an absolute Windows path such as `D:\\apps\\shop`",
            Self::Duration => "a duration such as `90s`, `5m`, `1h` or `1d`",
            Self::Size => "a size such as `200MB`",
        }
    }
}
