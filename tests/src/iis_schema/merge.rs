//! Puts a fragment into an `applicationHost.config`, as an administrator would: what has the same key becomes one.

use iisc_gateway_core::xml::Element;

use super::File;
use super::schema::{Schema, Shape};
use super::state::Key;

/// The `applicationHost.config` with the fragment in it.
#[must_use]
pub fn merge(schema: &Schema, host: &File, fragment: &File) -> File {
    let mut root = host.root.clone();
    for child in &fragment.root.children {
        match child.name.as_str() {
            "location" => {
                for section in sections(schema, child, "") {
                    place(schema, &mut root, Some(child), &section);
                }
            }
            _ => {
                let mut top = Element::default();
                top.children.push(child.clone());
                for section in sections(schema, &top, "") {
                    place(schema, &mut root, None, &section);
                }
            }
        }
    }
    File {
        name: format!("{} with {}", host.name, fragment.name),
        root,
    }
}

/// A section and its path.
struct Found<'a> {
    path: String,
    element: &'a Element,
}

fn sections<'a>(schema: &Schema, group: &'a Element, prefix: &str) -> Vec<Found<'a>> {
    let mut found = Vec::new();
    for element in &group.children {
        let path = format!("{prefix}{}", element.name);
        match schema.section(&path) {
            Some(_) => found.push(Found { path, element }),
            None => found.extend(sections(schema, element, &format!("{path}/"))),
        }
    }
    found
}

/// Puts a section where the file has it for that path, else where it belongs.
fn place(schema: &Schema, root: &mut Element, location: Option<&Element>, section: &Found<'_>) {
    let shape = schema.section(&section.path).expect("found by its schema");
    let names: Vec<&str> = section.path.split('/').collect();
    let wanted = location.map_or("", path);
    let is_place = |it: &Element| it.name == "location" && path(it).eq_ignore_ascii_case(wanted);
    let mut places = root.children.iter_mut().filter(|it| is_place(it));
    if let Some(place) = places.find(|it| below(it, &names).is_some()) {
        // A lock is lifted for the path that the fragment lifts it for.
        let mode = location.and_then(|it| it.attribute("overrideMode"));
        if let Some(mode) = mode {
            set(place, "overrideMode", mode);
        }
        return unite(made(place, &names), section.element, shape);
    }
    let place = match location {
        None => root,
        Some(location) => {
            root.children.push(Element {
                children: Vec::new(),
                ..location.clone()
            });
            root.children.last_mut().expect("pushed before")
        }
    };
    unite(made(place, &names), section.element, shape);
}

/// The path of a `location`.
fn path(location: &Element) -> &str {
    location.attribute("path").unwrap_or_default()
}

/// The element below another one, by names.
fn below<'a>(element: &'a Element, names: &[&str]) -> Option<&'a Element> {
    let mut found = element;
    for name in names {
        found = found.children.iter().find(|child| child.name == *name)?;
    }
    Some(found)
}

/// The same, and it is made if it is not there.
fn made<'a>(element: &'a mut Element, names: &[&str]) -> &'a mut Element {
    let mut found = element;
    for name in names {
        let at = found.children.iter().position(|child| child.name == *name);
        let at = at.unwrap_or_else(|| {
            found.children.push(Element {
                name: (*name).to_owned(),
                ..Element::default()
            });
            found.children.len() - 1
        });
        found = &mut found.children[at];
    }
    found
}

/// Writes what the source says over the target.
fn unite(target: &mut Element, source: &Element, shape: &Shape) {
    target.line = source.line;
    for (name, value) in &source.attributes {
        set(target, name, value);
    }
    for child in &source.children {
        let mut collections = shape.collections.iter();
        let collection = collections.find(|collection| collection.adds(&child.name));
        let named = |it: &&mut Element| it.name == child.name;
        let mut known = target.children.iter_mut().filter(named);
        let (same, inner) = match (shape.elements.get(&child.name), collection) {
            (Some(inner), _) => (known.next(), inner),
            (None, Some(collection)) => {
                let key = Key::read(child, &collection.entry);
                let same = known
                    .find(|it| Key::read(it, &collection.entry) == key && key != Key::default());
                (same, &collection.entry)
            }
            (None, None) => (None, shape),
        };
        match same {
            Some(same) => unite(same, child, inner),
            None => target.children.push(child.clone()),
        }
    }
}

fn set(element: &mut Element, name: &str, value: &str) {
    let known = element.attributes.iter_mut().find(|(key, _)| key == name);
    match known {
        Some((_, old)) => value.clone_into(old),
        None => element.attributes.push((name.to_owned(), value.to_owned())),
    }
}
