//! What the schema files say: the sections, and what may stand in each.

use std::collections::BTreeMap;

use iisc_gateway_core::xml::Element;

use super::File;
use super::validator::Validator;
use super::value::Type;

/// The sections of some schema files, by their paths.
#[derive(Debug, Default)]
pub struct Schema {
    sections: BTreeMap<String, Shape>,
}

/// What may stand in an element.
#[derive(Debug, Default)]
pub struct Shape {
    /// The attributes by name.
    pub attributes: BTreeMap<String, Attribute>,
    /// Elements that stand once.
    pub elements: BTreeMap<String, Self>,
    /// The collections whose entries lie in the element; hardly ever more than one.
    pub collections: Vec<Collection>,
}

/// A list of entries, which deeper files add to and take from.
#[derive(Debug)]
pub struct Collection {
    /// The elements that add an entry; a schema may name several, with commas between them.
    pub add: Vec<String>,
    /// The element that takes an entry away, if there is one.
    pub remove: Option<String>,
    /// The element that takes all entries away, if there is one.
    pub clear: Option<String>,
    /// Several entries may have one key.
    pub allows_duplicates: bool,
    /// Entries may have attributes that the schema does not name.
    pub allows_unrecognized: bool,
    /// What may stand in an entry.
    pub entry: Shape,
}

/// An attribute.
#[derive(Debug)]
pub struct Attribute {
    /// What its values are.
    pub kind: Type,
    /// It has to be there.
    pub required: bool,
    /// It identifies the entry of a collection by itself.
    pub unique_key: bool,
    /// It identifies the entry of a collection together with all others that are marked so.
    pub combined_key: bool,
    /// Values that differ in case differ.
    pub case_sensitive: bool,
    /// `Infinite` is a value too.
    pub allows_infinite: bool,
    /// The value if there is none.
    pub default: Option<String>,
    /// What else a value has to be.
    pub validator: Option<Validator>,
}

impl Schema {
    /// Reads schema files; what several of them say of one section holds together.
    ///
    /// # Panics
    /// If a file is not written in the schema language.
    #[must_use]
    pub fn read(files: &[File]) -> Self {
        let mut schema = Self::default();
        for file in files {
            assert_eq!(file.root.name, "configSchema", "{}", file.name);
            for section in &file.root.children {
                assert_eq!(section.name, "sectionSchema", "{}", file.name);
                let shape = schema.sections.entry(text(section, "name")).or_default();
                shape.read(section);
            }
        }
        schema
    }

    /// The section with that path.
    #[must_use]
    pub fn section(&self, path: &str) -> Option<&Shape> {
        self.sections.get(path)
    }

    /// The paths of all sections.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.sections.keys().map(String::as_str)
    }
}

impl Shape {
    fn read(&mut self, element: &Element) {
        for child in &element.children {
            match child.name.as_str() {
                "attribute" => {
                    let name = text(child, "name");
                    self.attributes.insert(name, Attribute::read(child));
                }
                "element" => {
                    let inner = self.elements.entry(text(child, "name")).or_default();
                    inner.read(child);
                }
                "collection" => self.collections.push(Collection::read(child)),
                other => panic!("line {}: `{other}` in a schema", child.line),
            }
        }
    }
}

impl Collection {
    fn read(element: &Element) -> Self {
        let mut entry = Shape::default();
        entry.read(element);
        let name = |key| element.attribute(key).map(str::to_owned);
        let add = element.attribute("addElement").unwrap_or_default();
        Self {
            add: add
                .split(',')
                .map(|name| name.trim().to_owned())
                .filter(|name| !name.is_empty())
                .collect(),
            remove: name("removeElement"),
            clear: name("clearElement"),
            allows_duplicates: is(element, "allowDuplicates"),
            allows_unrecognized: is(element, "allowUnrecognizedAttributes"),
            entry,
        }
    }
}

impl Attribute {
    fn read(element: &Element) -> Self {
        Self {
            kind: Type::read(element),
            required: is(element, "required"),
            unique_key: is(element, "isUniqueKey"),
            combined_key: is(element, "isCombinedKey"),
            case_sensitive: is(element, "caseSensitive"),
            allows_infinite: is(element, "allowInfinite"),
            default: element.attribute("defaultValue").map(str::to_owned),
            validator: Validator::read(element),
        }
    }

    /// True if it is part of what identifies an entry.
    #[must_use]
    pub const fn is_key(&self) -> bool {
        self.unique_key || self.combined_key
    }
}

fn text(element: &Element, name: &str) -> String {
    let value = element.attribute(name);
    value
        .unwrap_or_else(|| panic!("line {}: no `{name}` in a schema", element.line))
        .to_owned()
}

fn is(element: &Element, name: &str) -> bool {
    match element.attribute(name) {
        None | Some("false") => false,
        Some("true") => true,
        Some(other) => panic!("line {}: `{name}` is `{other}`", element.line),
    }
}
