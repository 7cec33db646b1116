//! Texts that must not be taken for each other.

/// Defines a type that is a text as the user wrote it, unjudged.
///
/// A macro, because the type's documentation and limits become part of the schema, and only an attribute on
/// the type itself gets there.
macro_rules! text_type {
    ($(#[$meta:meta])* $name:ident) => {
        #[derive(
            Debug,
            Clone,
            PartialEq,
            Eq,
            PartialOrd,
            Ord,
            serde::Serialize,
            serde::Deserialize,
            schemars::JsonSchema,
        )]
        $(#[$meta])*
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps a text; the schema or a rule judges its form before an emitter sees it.
            #[must_use]
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text as the user wrote it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

pub(super) use text_type;

/// True for a character that some artifact has no way to hold: a control character, or one of the two that XML
/// leaves out beside them.
#[must_use]
pub(crate) fn is_unwritable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}')
}
