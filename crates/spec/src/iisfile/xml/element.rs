//! A tree in which every name and value knows its place.

use crate::iisfile::mark::Marked;
use crate::source::Span;

/// An element with its attributes and child elements; text between elements means nothing to IIS and is not kept.
#[derive(Debug, Clone, Default)]
pub(crate) struct Element {
    pub(crate) name: Marked,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) children: Vec<Element>,
    /// The name in the closing tag, if there is one.
    pub(crate) close: Option<Span>,
    /// True if a part of the tag could not be read, so that nothing can be said about what is missing.
    pub(crate) is_damaged: bool,
}

/// An attribute as it is written.
#[derive(Debug, Clone)]
pub(crate) struct Attribute {
    pub(crate) name: Marked,
    pub(crate) value: Marked,
}

impl Element {
    pub(crate) fn name(&self) -> &str {
        &self.name.text
    }

    /// The attribute of that name; names are compared with case, as IIS does.
    pub(crate) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|found| found.name.text == name)
    }

    /// The value of an attribute with its places.
    pub(crate) fn value(&self, name: &str) -> Option<&Marked> {
        self.attribute(name).map(|found| &found.value)
    }

    /// The text of an attribute; empty if it is not there.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.value(name).map_or("", |value| &value.text)
    }

    pub(crate) fn children_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children
            .iter()
            .filter(move |child| child.name() == name)
    }
}
