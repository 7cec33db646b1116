//! As much of XPath 1.0 as the files for Web Deploy use: steps by name or `*`, a number or comparisons in brackets, and
//! an attribute at the end.

use iisc_gateway_core::xml::Element;

/// A node of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    /// Numbers of the children on the way from the top to the element.
    pub(crate) way: Vec<usize>,
    /// The attribute of the element, if it is one that was looked for.
    pub(crate) attribute: Option<String>,
}

/// What an expression selects, in the order of the document. A relative one begins at the element of `context`.
pub(crate) fn select(document: &Element, context: &[usize], expression: &str) -> Vec<Node> {
    let (mut found, steps) = match expression.strip_prefix('/') {
        None => (vec![context.to_vec()], split(expression, "/")),
        Some(absolute) => {
            let mut steps = split(absolute, "/");
            let top = Step::parse(&steps.remove(0));
            let is_top = top.picks(&[document]) == [0];
            (Vec::from_iter(is_top.then(Vec::new)), steps)
        }
    };
    let mut attribute = None;
    for (index, step) in steps.iter().enumerate() {
        if let Some(name) = step.strip_prefix('@') {
            assert_eq!(index + 1, steps.len(), "{expression}");
            found.retain(|way| at(document, way).attribute(name).is_some());
            attribute = Some(name.to_owned());
        } else {
            let step = Step::parse(step);
            let within = |way: &Vec<usize>| {
                let children: Vec<&Element> = at(document, way).children.iter().collect();
                let picked = step.picks(&children).into_iter();
                picked
                    .map(|child| [way.as_slice(), &[child]].concat())
                    .collect::<Vec<_>>()
            };
            found = found.iter().flat_map(within).collect();
        }
    }
    let node = |way| Node {
        way,
        attribute: attribute.clone(),
    };
    found.into_iter().map(node).collect()
}

/// The element at the end of a way.
pub(crate) fn at<'a>(document: &'a Element, way: &[usize]) -> &'a Element {
    way.iter()
        .fold(document, |element, child| &element.children[*child])
}

/// The element at the end of a way, to be changed.
pub(crate) fn at_mut<'a>(document: &'a mut Element, way: &[usize]) -> &'a mut Element {
    way.iter()
        .fold(document, |element, child| &mut element.children[*child])
}

struct Step {
    name: String,
    /// A number from 1, or attributes with their values.
    number: Option<usize>,
    attributes: Vec<(String, String)>,
}

impl Step {
    fn parse(text: &str) -> Self {
        let (name, predicate) = text.split_once('[').unwrap_or((text, "]"));
        let predicate = predicate.strip_suffix(']').unwrap();
        let is_name = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
        assert!(name == "*" || name.chars().all(is_name), "{text}");
        let number = predicate.parse().ok();
        let comparisons = match number.is_some() || predicate.is_empty() {
            true => Vec::new(),
            false => split(predicate, " and "),
        };
        let attributes = comparisons.iter().map(|it| comparison(it)).collect();
        Self {
            name: name.to_owned(),
            number,
            attributes,
        }
    }

    /// The numbers of the siblings that it picks, from 0.
    fn picks(&self, siblings: &[&Element]) -> Vec<usize> {
        let named = siblings.iter().enumerate();
        let named = named.filter(|(_, it)| self.name == "*" || self.name == it.name);
        let numbered = named.enumerate();
        let numbered = numbered.filter(|(index, _)| self.number.is_none_or(|it| it == index + 1));
        let has = |it: &Element| {
            let mut attributes = self.attributes.iter();
            attributes.all(|(name, value)| it.attribute(name) == Some(value))
        };
        let found = numbered.filter(|(_, (_, it))| has(it));
        found.map(|(_, (index, _))| index).collect()
    }
}

/// `@name='value'`, in quotes of either kind.
fn comparison(text: &str) -> (String, String) {
    let (name, value) = text.strip_prefix('@').unwrap().split_once('=').unwrap();
    let quote = value.chars().next().unwrap();
    assert!("'\"".contains(quote), "{text}");
    let value = value
        .strip_prefix(quote)
        .unwrap()
        .strip_suffix(quote)
        .unwrap();
    assert!(!value.contains(quote), "{text}");
    (name.to_owned(), value.to_owned())
}

/// Splits where no quote is open.
fn split(text: &str, separator: &str) -> Vec<String> {
    let (mut parts, mut open, mut part) = (Vec::new(), None, String::new());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if open.is_none() && rest.starts_with(separator) {
            parts.push(std::mem::take(&mut part));
            rest = &rest[separator.len()..];
            continue;
        }
        open = match open {
            None if "'\"".contains(c) => Some(c),
            Some(quote) if quote == c => None,
            other => other,
        };
        part.push(c);
        rest = &rest[c.len_utf8()..];
    }
    assert_eq!(open, None, "{text}");
    parts.push(part);
    parts
}
