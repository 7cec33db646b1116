//! XML: a tree that can only hold what IIS's configuration can, and its printer.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::Unsayable;
use crate::sources::{self, Source};

/// An element. Names are fixed texts of ours, never input (C14); values come from anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Element>,
    sources: Vec<Source>,
}

impl Element {
    /// An element without attributes.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            attributes: Vec::new(),
            children: Vec::new(),
            sources: Vec::new(),
        }
    }

    /// Says what in the spec made the element, in a comment before it.
    #[must_use]
    pub fn from(mut self, sources: Vec<Source>) -> Self {
        self.sources = sources;
        self
    }

    /// Adds an attribute. A name given twice would not be XML, so the names of an element are to differ.
    #[must_use]
    pub fn attribute(mut self, name: &'static str, value: impl ToString) -> Self {
        debug_assert!(
            self.attributes.iter().all(|(key, _)| *key != name),
            "`{name}` twice"
        );
        self.attributes.push((name, value.to_string()));
        self
    }

    /// Adds attributes in their order.
    #[must_use]
    pub fn with_attributes(
        self,
        attributes: impl IntoIterator<Item = (&'static str, impl ToString)>,
    ) -> Self {
        let attributes = attributes.into_iter();
        attributes.fold(self, |element, (name, value)| {
            element.attribute(name, value)
        })
    }

    /// Adds a child element.
    #[must_use]
    pub fn child(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    /// Adds child elements in their order.
    #[must_use]
    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }

    /// The name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Names and values of the attributes, in the order of the output.
    #[must_use]
    pub fn attributes(&self) -> &[(&'static str, String)] {
        &self.attributes
    }

    /// The value of an attribute.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|(key, _)| *key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The child elements, in the order of the output.
    #[must_use]
    pub fn elements(&self) -> &[Self] {
        &self.children
    }

    /// The document with this element at its top and a comment above it.
    ///
    /// # Errors
    /// A value with a character that XML 1.0 has no way to write (C13).
    pub fn print(&self, comment: &'static str) -> Result<String, Unsayable> {
        debug_assert!(!comment.contains("--"), "`--` may not stand in a comment");
        self.check()?;
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        let written = writer
            .write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))
            .and_then(|()| {
                writer.write_event(Event::Comment(BytesText::from_escaped(format!(
                    " {comment} "
                ))))
            })
            .and_then(|()| self.write(&mut writer));
        let text = written
            .ok()
            .and_then(|()| String::from_utf8(writer.into_inner()).ok());
        // Writing to memory does not fail, and what was written is UTF-8.
        text.map(|text| text + "\n")
            .ok_or_else(|| unsayable(self.name, "the document"))
    }

    fn check(&self) -> Result<(), Unsayable> {
        for (_, value) in &self.attributes {
            if !value.chars().all(is_xml_char) {
                return Err(unsayable(
                    value,
                    "XML has no way to write this control character",
                ));
            }
        }
        self.children.iter().try_for_each(Self::check)
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        if let Some(comment) = sources::comment(&self.sources) {
            let comment = BytesText::from_escaped(format!(" {comment} "));
            writer.write_event(Event::Comment(comment))?;
        }
        let attributes = self
            .attributes
            .iter()
            .map(|(name, value)| (*name, value.as_str()));
        let start = BytesStart::new(self.name).with_attributes(attributes);
        if self.children.is_empty() {
            return writer.write_event(Event::Empty(start));
        }
        writer.write_event(Event::Start(start))?;
        self.children
            .iter()
            .try_for_each(|child| child.write(writer))?;
        writer.write_event(Event::End(BytesEnd::new(self.name)))
    }
}

fn unsayable(value: &str, reason: &'static str) -> Unsayable {
    Unsayable {
        format: "XML",
        value: value.to_owned(),
        reason,
    }
}

/// The `Char` production of XML 1.0.
const fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(value: &str) -> Result<String, Unsayable> {
        Element::new("a")
            .child(Element::new("b").attribute("c", value))
            .print("note")
    }

    #[test]
    fn documents_are_indented_and_end_with_a_line_break() {
        let text = Element::new("a")
            .child(Element::new("b").attribute("c", 1).attribute("d", "é"))
            .print("note");
        assert_eq!(
            text.unwrap(),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- note -->\n<a>\n  <b c=\"1\" d=\"é\"/>\n</a>\n"
        );
    }

    #[test]
    fn values_survive_a_parser() {
        for value in [
            "",
            "a b",
            "<&>\"'",
            "]]>",
            "-->",
            "a\tb\nc\rd",
            " edge ",
            "\u{1F40D}\u{FFFD}é",
            "%PATH%",
            "&amp;",
        ] {
            let root = iisc_gateway_core::xml::parse(print(value).unwrap().as_bytes()).unwrap();
            assert_eq!(root.children[0].attribute("c"), Some(value), "{value:?}");
        }
    }

    #[test]
    fn characters_outside_xml_are_refused() {
        for value in ["\0", "a\u{1}", "\u{B}", "\u{FFFE}", "\u{FFFF}"] {
            assert!(print(value).is_err(), "{value:?}");
        }
    }
}
