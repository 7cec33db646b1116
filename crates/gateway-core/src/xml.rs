//! Reads an XML configuration file into a small tree, and refuses what such a file has no use for.

use std::fmt;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Elements that may lie within each other; real configuration files need eight.
const MAX_DEPTH: usize = 64;

/// An element with its attributes and child elements. Text between elements has no meaning in IIS's
/// configuration, and is not kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    /// Name as written; IIS compares names of elements with case.
    pub name: String,
    /// Attributes in the order of the file, references resolved.
    pub attributes: Vec<(String, String)>,
    /// Child elements in the order of the file.
    pub children: Vec<Element>,
    /// Line of the opening tag, from 1.
    pub line: usize,
}

impl Element {
    /// The value of an attribute.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The child elements of that name.
    pub fn children_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// This element and all below it that carry the name, in the order of the file.
    #[must_use]
    pub fn descendants_named(&self, name: &str) -> Vec<&Self> {
        let mut found = Vec::new();
        self.collect_named(name, &mut found);
        found
    }

    fn collect_named<'a>(&'a self, name: &str, found: &mut Vec<&'a Self>) {
        if self.name == name {
            found.push(self);
        }
        for child in &self.children {
            child.collect_named(name, found);
        }
    }
}

/// Why a configuration file cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlError {
    /// Line of the mistake, from 1.
    pub line: usize,
    /// What is wrong, without a full stop.
    pub message: String,
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for XmlError {}

/// Reads a document: UTF-8, or UTF-16 with a byte order mark.
///
/// # Errors
/// The first mistake. A document type declaration is one, since it is the way to entity bombs and foreign
/// files (C10).
pub fn parse(bytes: &[u8]) -> Result<Element, XmlError> {
    let text = decode(bytes)?;
    let mut builder = Builder {
        text: &text,
        open: Vec::new(),
        root: None,
    };
    let mut reader = Reader::from_str(&text);
    loop {
        let offset = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match reader.read_event() {
            Ok(Event::Eof) => return builder.finish(),
            Ok(event) => builder.take(&event, offset)?,
            Err(error) => {
                let offset = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
                return Err(builder.error(offset, error.to_string()));
            }
        }
    }
}

/// The text without its byte order mark.
fn decode(bytes: &[u8]) -> Result<String, XmlError> {
    let at_start = |message: &str| XmlError {
        line: 1,
        message: message.to_owned(),
    };
    let utf16 = |unit: fn([u8; 2]) -> u16, body: &[u8]| {
        let (pairs, rest) = body.as_chunks::<2>();
        let text = String::from_utf16(&pairs.iter().map(|pair| unit(*pair)).collect::<Vec<_>>());
        text.ok()
            .filter(|_| rest.is_empty())
            .ok_or_else(|| at_start("the file is not valid UTF-16"))
    };
    match bytes {
        [0xff, 0xfe, body @ ..] => utf16(u16::from_le_bytes, body),
        [0xfe, 0xff, body @ ..] => utf16(u16::from_be_bytes, body),
        [0xef, 0xbb, 0xbf, body @ ..] | body => match std::str::from_utf8(body) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => {
                let valid = body.get(..error.valid_up_to()).unwrap_or_default();
                let line = 1 + valid.iter().filter(|byte| **byte == b'\n').count();
                Err(XmlError {
                    line,
                    message: "the file is not valid UTF-8".to_owned(),
                })
            }
        },
    }
}

/// The tree while the document is being read.
struct Builder<'a> {
    text: &'a str,
    open: Vec<Element>,
    root: Option<Element>,
}

impl Builder<'_> {
    fn take(&mut self, event: &Event<'_>, offset: usize) -> Result<(), XmlError> {
        match event {
            Event::Start(tag) => {
                let element = self.element(tag, offset)?;
                if self.open.len() == MAX_DEPTH {
                    return Err(self.error(
                        offset,
                        format!("more than {MAX_DEPTH} elements lie within each other"),
                    ));
                }
                self.open.push(element);
                Ok(())
            }
            Event::Empty(tag) => {
                let element = self.element(tag, offset)?;
                self.close(element, offset)
            }
            Event::End(_) => match self.open.pop() {
                Some(element) => self.close(element, offset),
                None => Err(self.error(offset, "a closing tag without its opening tag")),
            },
            Event::Text(text) => {
                let lead = text.len() - text.trim_start().len();
                self.outside(lead < text.len(), offset + lead)
            }
            Event::CData(_) => self.outside(true, offset),
            Event::GeneralRef(reference) => {
                self.resolve(reference, offset)?;
                self.outside(true, offset)
            }
            Event::DocType(_) => {
                Err(self.error(offset, "a document type declaration has no place here"))
            }
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) | Event::Eof => Ok(()),
        }
    }

    fn element(&self, tag: &BytesStart<'_>, offset: usize) -> Result<Element, XmlError> {
        let name = tag.name().as_ref().to_owned();
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            let attribute =
                attribute.map_err(|error| self.error(offset, format!("`{name}`: {error}")))?;
            if attribute.value.contains('<') {
                return Err(self.error(
                    offset,
                    format!("`<` in an attribute of `{name}`; write `&lt;`"),
                ));
            }
            let value = attribute
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .map_err(|error| self.error(offset, format!("`{name}`: {error}")))?;
            attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
        }
        Ok(Element {
            name,
            attributes,
            children: Vec::new(),
            line: self.line(offset),
        })
    }

    fn close(&mut self, element: Element, offset: usize) -> Result<(), XmlError> {
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None if self.root.is_some() => {
                return Err(self.error(offset, "a second top-level element"));
            }
            None => self.root = Some(element),
        }
        Ok(())
    }

    /// Text has a place only within an element.
    fn outside(&self, is_text: bool, offset: usize) -> Result<(), XmlError> {
        if is_text && self.open.is_empty() {
            return Err(self.error(offset, "text outside the top-level element"));
        }
        Ok(())
    }

    fn resolve(&self, reference: &BytesRef<'_>, offset: usize) -> Result<(), XmlError> {
        let known = matches!(&**reference, "amp" | "lt" | "gt" | "quot" | "apos");
        if known || matches!(reference.resolve_char_ref(), Ok(Some(_))) {
            return Ok(());
        }
        Err(self.error(offset, format!("`&{};` is not defined", &**reference)))
    }

    fn finish(mut self) -> Result<Element, XmlError> {
        if let Some(open) = self.open.pop() {
            return Err(XmlError {
                line: open.line,
                message: format!("`<{}>` is never closed", open.name),
            });
        }
        self.root.take().ok_or_else(|| XmlError {
            line: 1,
            message: "the file has no element".to_owned(),
        })
    }

    fn error(&self, offset: usize, message: impl Into<String>) -> XmlError {
        XmlError {
            line: self.line(offset),
            message: message.into(),
        }
    }

    fn line(&self, offset: usize) -> usize {
        let before = self
            .text
            .as_bytes()
            .get(..offset)
            .unwrap_or(self.text.as_bytes());
        1 + before.iter().filter(|byte| **byte == b'\n').count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- c -->\n<a x=\"1 &amp; &quot;2&quot;\">\n  <b/>text<c><b y='&#233;'/></c>\n</a>\n";

    #[test]
    fn elements_attributes_and_lines_are_read() {
        let root = parse(SAMPLE.as_bytes()).unwrap();
        assert_eq!(root.name, "a");
        assert_eq!(root.attribute("x"), Some("1 & \"2\""));
        assert_eq!(root.line, 3);
        let found = root.descendants_named("b");
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].attribute("y"), Some("é"));
        assert_eq!(root.children_named("b").count(), 1);
    }

    #[test]
    fn utf16_and_byte_order_marks_are_read() {
        let expected = parse(SAMPLE.as_bytes()).unwrap();
        let units: Vec<u16> = "\u{feff}"
            .encode_utf16()
            .chain(SAMPLE.encode_utf16())
            .collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        assert_eq!(parse(&little).unwrap(), expected);
        assert_eq!(parse(&big).unwrap(), expected);
        assert_eq!(
            parse(format!("\u{feff}{SAMPLE}").as_bytes()).unwrap(),
            expected
        );
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        for (text, line) in [
            ("", 1),
            ("\n<a>\n", 2),
            ("<a></b>", 1),
            ("<a/>\n<b/>", 2),
            ("<a/>\ntext", 2),
            ("<a x='1' x='2'/>", 1),
            ("<a>\n<b x='<'/></a>", 2),
            ("<a>\n&nope;</a>", 2),
            ("<a x='&nope;'/>", 1),
            ("<!DOCTYPE a [<!ENTITY b 'c'>]>\n<a/>", 1),
            ("</a>", 1),
            ("<a>\n<b x=“1”/></a>", 2),
        ] {
            match parse(text.as_bytes()) {
                Ok(root) => panic!("{text:?} was read as {root:?}"),
                Err(error) => assert_eq!(error.line, line, "{text:?}: {error}"),
            }
        }
    }

    #[test]
    fn deep_nesting_is_refused() {
        let text = "<a>".repeat(100_000);
        assert!(
            parse(text.as_bytes())
                .unwrap_err()
                .message
                .contains("within each other")
        );
    }

    #[test]
    fn invalid_utf8_is_told_with_its_line() {
        assert_eq!(parse(b"<a>\n\xff</a>").unwrap_err().line, 2);
    }
}
