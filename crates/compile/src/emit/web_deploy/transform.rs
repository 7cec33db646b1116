//! `Web.<profile>.config`: a transform that makes the `Web.config` of a profile out of the one that was built.
//!
//! It is found by comparing the two trees, so that no emitter needs to know of it. Steps are in an order in which each
//! finds its element (section 11.2 of the IIS fact sheet): first what changes within an element that stays, then what
//! goes, then what comes. A `Match` compares an attribute with a value in single quotes; where the value has one
//! itself, or where there are several elements that match, the number of the element is said.

use super::Deployed;
use crate::artifact::Artifact;
use crate::emit::NOTE;
use crate::text::Unsayable;
use crate::text::xml::Element;

/// The library compares this text, so that `https` would be no transform at all.
const NAMESPACE: &str = "http://schemas.microsoft.com/XML-Document-Transform";

const LOCATOR: &str = "xdt:Locator";
const TRANSFORM: &str = "xdt:Transform";

/// What tells the elements of a collection from each other, in the order of precedence: an entry of `handlers` has a
/// `path` and a `verb` beside its `name`.
const KEYS: [&str; 9] = [
    "key",
    "name",
    "path",
    "segment",
    "fileExtension",
    "verb",
    "url",
    "value",
    "statusCode",
];

pub(super) fn artifact(
    built: &Deployed<'_>,
    name: &str,
    profile: &Deployed<'_>,
) -> Result<Artifact, Unsayable> {
    let transform = transform(&built.config, &profile.config);
    Ok(Artifact::for_target(
        profile.plan.target,
        &format!("Web.{name}.config"),
        transform.print(NOTE)?,
    ))
}

/// The transform from one document to another. Their tops have no attributes.
fn transform(from: &Element, to: &Element) -> Element {
    Element::new(from.name())
        .attribute("xmlns:xdt", NAMESPACE)
        .children(steps(from.elements(), to.elements()))
}

/// What makes the children of an element those of another.
fn steps(from: &[Element], to: &[Element]) -> Vec<Element> {
    let kept = kept(from, to);
    let changes = kept.iter().flat_map(|pair| change(from, pair));
    // From the end on, so that a number is right until its element is gone.
    let gone = (0..from.len()).rev();
    let gone = gone.filter(|index| kept.iter().all(|pair| pair.at != *index));
    let removals = gone.filter_map(|index| Some(Located::of(from, index)?.step([], "Remove")));
    let insertions = insertions(from, to, &kept);
    changes.chain(removals).chain(insertions).collect()
}

/// An element that stays where it is, with or without changes.
struct Kept<'a> {
    /// Its number among its old siblings, from 0.
    at: usize,
    /// Its number among its new siblings, from 0.
    comes_to: usize,
    from: &'a Element,
    to: &'a Element,
}

/// The elements that stay, in the order that they have before and after.
fn kept<'a>(from: &'a [Element], to: &'a [Element]) -> Vec<Kept<'a>> {
    let mut kept = Vec::new();
    let mut rest = from.iter().enumerate();
    for (comes_to, to) in to.iter().enumerate() {
        let mut ahead = rest.clone();
        if let Some((at, from)) = ahead.find(|(_, from)| is_same(from, to)) {
            rest = ahead;
            kept.push(Kept {
                at,
                comes_to,
                from,
                to,
            });
        }
    }
    kept
}

/// True for two elements that stand for the same thing.
fn is_same(one: &Element, other: &Element) -> bool {
    one.name() == other.name() && key(one) == key(other)
}

fn key(element: &Element) -> Option<(&'static str, &str)> {
    let found = KEYS.into_iter().map(|key| Some((key, element.value(key)?)));
    found.flatten().next()
}

/// What makes of an element what it comes to; nothing if it stays as it is.
fn change(siblings: &[Element], kept: &Kept<'_>) -> Vec<Element> {
    let (from, to) = (kept.from, kept.to);
    let Some(located) = Located::of(siblings, kept.at).filter(|_| from != to) else {
        return Vec::new();
    };
    let set = to.attributes().iter();
    let set: Vec<(&'static str, &str)> = set
        .map(|(name, value)| (*name, value.as_str()))
        .filter(|(name, value)| from.value(name) != Some(*value))
        .collect();
    let gone = from.attributes().iter().map(|(name, _)| *name);
    let gone: Vec<&str> = gone.filter(|name| to.value(name).is_none()).collect();
    let within = steps(from.elements(), to.elements());
    let mut found = Vec::new();
    if !set.is_empty() {
        let names: Vec<&str> = set.iter().map(|(name, _)| *name).collect();
        let transform = format!("SetAttributes({})", names.join(","));
        found.push(located.step(set, &transform));
    }
    if !gone.is_empty() {
        let transform = format!("RemoveAttributes({})", gone.join(","));
        found.push(located.step([], &transform));
    }
    if !within.is_empty() {
        found.push(located.context().children(within));
    }
    found
}

/// What comes, from the first on, each behind the one that is before it by then.
fn insertions(from: &[Element], to: &[Element], kept: &[Kept<'_>]) -> Vec<Element> {
    let stays = |index: usize| kept.iter().any(|pair| pair.at == index);
    let present = from.iter().enumerate();
    let present = present.filter(|(index, _)| stays(*index));
    let mut present: Vec<Element> = present.map(|(_, element)| element.clone()).collect();
    let mut found = Vec::new();
    for (index, element) in to.iter().enumerate() {
        if kept.iter().all(|pair| pair.comes_to != index) {
            let insertion = insertion(&present, index);
            found.push(element.clone().attribute(TRANSFORM, insertion));
            present.insert(index.min(present.len()), element.clone());
        }
    }
    found
}

fn insertion(present: &[Element], index: usize) -> String {
    if index >= present.len() {
        return "Insert".to_owned();
    }
    match index.checked_sub(1) {
        Some(before) => format!("InsertAfter({})", sibling(present, before)),
        None => format!("InsertBefore({})", sibling(present, 0)),
    }
}

/// A sibling as an argument, which is split at commas and may hold no bracket of its own.
fn sibling(present: &[Element], index: usize) -> String {
    let is_plain = |value: &str| !value.contains([',', '(', ')', '\'', '"']);
    match Located::of(present, index) {
        Some(Located {
            name,
            by: By::Key(key, value),
        }) if is_plain(value) => {
            format!("{name}[@{key}='{value}']")
        }
        Some(Located { name, by: By::Name }) => name.to_owned(),
        Some(Located {
            by: By::Key(..) | By::Number(_),
            ..
        })
        | None => {
            format!("*[{}]", index + 1)
        }
    }
}

/// An element, and what tells it from its siblings.
struct Located<'a> {
    name: &'static str,
    by: By<'a>,
}

enum By<'a> {
    /// There is no other of its name.
    Name,
    /// There is no other of its name with that value of an attribute.
    Key(&'static str, &'a str),
    /// Its number among all its siblings, from 1.
    Number(usize),
}

impl<'a> Located<'a> {
    /// `None` if there is no element of that number.
    fn of(siblings: &'a [Element], index: usize) -> Option<Self> {
        let element = siblings.get(index)?;
        let name = element.name();
        let is_alone = |key: Option<(&str, &str)>| {
            let alike = siblings.iter().filter(|other| {
                let has = |(key, value)| other.value(key) == Some(value);
                other.name() == name && key.is_none_or(has)
            });
            alike.count() == 1
        };
        let by = match key(element) {
            Some((key, value)) if !value.contains('\'') && is_alone(Some((key, value))) => {
                By::Key(key, value)
            }
            Some(_) | None if is_alone(None) => By::Name,
            Some(_) | None => By::Number(index + 1),
        };
        Some(Self { name, by })
    }

    /// The element as the place of further steps, or of a transform.
    fn context(&self) -> Element {
        self.with([])
    }

    /// The element with attributes and what is done with it.
    fn step<'b>(
        &self,
        attributes: impl IntoIterator<Item = (&'static str, &'b str)>,
        transform: &str,
    ) -> Element {
        self.with(attributes).attribute(TRANSFORM, transform)
    }

    fn with<'b>(&self, attributes: impl IntoIterator<Item = (&'static str, &'b str)>) -> Element {
        let blank = Element::new(self.name);
        let (element, locator) = match self.by {
            By::Name => (blank, None),
            By::Key(key, value) => (blank.attribute(key, value), Some(format!("Match({key})"))),
            By::Number(number) => (blank, Some(format!("XPath(*[{number}])"))),
        };
        let attributes = attributes.into_iter();
        let element = attributes.fold(element, |element, (name, value)| {
            element.attribute(name, value)
        });
        match locator {
            Some(locator) => element.attribute(LOCATOR, locator),
            None => element,
        }
    }
}
