//! What is wrong with a configuration file.

use std::fmt;

/// One breach of the schema or of the rules of placement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// Line of the element, from 1.
    pub line: usize,
    /// Names of the elements from the top of the file, `location` with its path in brackets.
    pub path: String,
    /// The attribute, if it is about one.
    pub attribute: Option<String>,
    /// The rule that is broken.
    pub rule: Rule,
    /// The facts: the value, and what would be right.
    pub detail: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.path)?;
        if let Some(attribute) = &self.attribute {
            write!(f, "/@{attribute}")?;
        }
        write!(f, ": {:?}: {}", self.rule, self.detail)
    }
}

/// A rule that a file can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// The top element is `configuration`.
    Root,
    /// The schema names the attribute.
    KnownAttribute,
    /// The schema names the element, or the directive of the collection.
    KnownElement,
    /// There is a schema for the section.
    KnownSection,
    /// The server registers the section.
    Registered,
    /// The value is one of the attribute's `type`.
    Type,
    /// The value passes the attribute's `validationType`.
    Validator,
    /// An attribute with `required` is there.
    Required,
    /// No two entries of a collection have the same `isUniqueKey`.
    UniqueKey,
    /// No two entries of a collection have the same `isCombinedKey` attributes.
    CombinedKey,
    /// An element that is no entry of a collection stands once.
    Once,
    /// A section stands once in a file for each path.
    SectionOnce,
    /// The section may stand in this file, by `allowDefinition`.
    AllowDefinition,
    /// The section may stand in a `location`, by `allowLocation`.
    AllowLocation,
    /// The section is not locked, by `overrideModeDefault` and `overrideMode`.
    Override,
    /// The attribute is not locked, by `lockAttributes` and `lockAllAttributesExcept`.
    LockedAttribute,
    /// The element is not locked, by `lockElements` and `lockAllElementsExcept`.
    LockedElement,
    /// The entry is not locked, by `lockItem`.
    LockedItem,
}
