//! Applies a transform to a document, after section 11.2 of the IIS fact sheet. What the library would only warn of, an
//! element that is not found or found twice, ends the test.

use iisc_gateway_core::xml::Element;

use crate::xpath::{at, at_mut, select};

const NAMESPACE: &str = "http://schemas.microsoft.com/XML-Document-Transform";

/// Changes a document as a transform says.
pub(crate) fn apply(transform: &Element, document: &mut Element) {
    assert_eq!(transform.attribute("xmlns:xdt"), Some(NAMESPACE));
    assert_eq!(transform.name, document.name);
    let top = format!("/{}", transform.name);
    for step in &transform.children {
        apply_step(step, &top, document);
    }
}

fn apply_step(step: &Element, parent: &str, document: &mut Element) {
    let path = path(step, parent);
    let Some(transform) = step.attribute("xdt:Transform") else {
        assert!(select(document, &[], &path).len() == 1, "{path}");
        for child in &step.children {
            apply_step(child, &path, document);
        }
        return;
    };
    // Whether children of such an element are steps is a question that need not come up.
    assert!(step.children.iter().all(is_plain), "{step:?}");
    let (name, arguments) = call(transform);
    match name {
        "Insert" | "InsertBefore" | "InsertAfter" => {
            insert(step, name, &arguments, parent, document);
        }
        "Remove" => {
            let mut way = only(document, &path);
            let last = way.pop().unwrap();
            at_mut(document, &way).children.remove(last);
        }
        "SetAttributes" => {
            let way = only(document, &path);
            for name in arguments {
                let value = step.attribute(name).unwrap().to_owned();
                set(at_mut(document, &way), name, value);
            }
        }
        "RemoveAttributes" => {
            let way = only(document, &path);
            let target = at_mut(document, &way);
            for name in arguments {
                assert!(target.attribute(name).is_some(), "{path} {name}");
                target.attributes.retain(|(key, _)| key != name);
            }
        }
        name => panic!("no transform `{name}`"),
    }
}

/// Where the element is that a step is about.
fn path(step: &Element, parent: &str) -> String {
    let Some(locator) = step.attribute("xdt:Locator") else {
        return format!("{parent}/{}", step.name);
    };
    let (name, arguments) = call(locator);
    match (name, arguments.as_slice()) {
        ("Match", [_, ..]) => {
            let compare = |name: &&str| {
                let value = step.attribute(name).unwrap();
                assert!(
                    !value.contains('\''),
                    "it ends the text in the predicate: {value}"
                );
                format!("@{name}='{value}'")
            };
            let compared: Vec<String> = arguments.iter().map(compare).collect();
            format!("{parent}/{}[{}]", step.name, compared.join(" and "))
        }
        ("Condition", [predicate]) => format!("{parent}/{}[{predicate}]", step.name),
        _ => panic!("no locator `{locator}`"),
    }
}

fn insert(step: &Element, name: &str, arguments: &[&str], parent: &str, document: &mut Element) {
    let way = only(document, parent);
    let new = without_steps(step);
    let index = match (name, arguments) {
        ("Insert", []) => at(document, &way).children.len(),
        (_, [sibling]) => {
            let found = select(document, &way, sibling);
            let index = *found.first().unwrap().way.last().unwrap();
            index + usize::from(name == "InsertAfter")
        }
        _ => panic!("`{name}` with {arguments:?}"),
    };
    at_mut(document, &way).children.insert(index, new);
}

fn only(document: &Element, path: &str) -> Vec<usize> {
    let mut found = select(document, &[], path);
    assert_eq!(found.len(), 1, "{path}");
    found.remove(0).way
}

/// Gives an attribute a value, in its place if it has one.
pub(crate) fn set(element: &mut Element, name: &str, value: String) {
    match element.attributes.iter_mut().find(|(key, _)| key == name) {
        Some(found) => found.1 = value,
        None => element.attributes.push((name.to_owned(), value)),
    }
}

/// True without anything of a transform in the element and below.
fn is_plain(element: &Element) -> bool {
    let mut attributes = element.attributes.iter();
    attributes.all(|(name, _)| !name.starts_with("xdt:")) && element.children.iter().all(is_plain)
}

fn without_steps(step: &Element) -> Element {
    let mut element = step.clone();
    element
        .attributes
        .retain(|(name, _)| !name.starts_with("xdt:"));
    element
}

/// `Name`, or `Name(arguments)`, which are split at commas outside brackets and trimmed.
fn call(text: &str) -> (&str, Vec<&str>) {
    let Some((name, rest)) = text.split_once('(') else {
        return (text, Vec::new());
    };
    let inner = rest.strip_suffix(')').unwrap();
    let (mut arguments, mut depth, mut start) = (Vec::new(), 0, 0);
    for (index, c) in inner.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                arguments.push(inner[start..index].trim());
                start = index + 1;
            }
            _ => {}
        }
        assert!(depth >= 0, "{text}");
    }
    assert_eq!(depth, 0, "{text}");
    arguments.push(inner[start..].trim());
    (name, arguments)
}
