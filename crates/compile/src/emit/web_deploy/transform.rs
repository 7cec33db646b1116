//! `Web.<profile>.config`: a transform that makes the `Web.config` of a profile out of the one that was built.
//!
//! It is found by comparing the two trees, so that no emitter needs to know of it. Steps are in an order in which each
//! finds its element (section 11.2 of the IIS fact sheet): first what changes within an element that stays, then what
//! goes, then what comes. A `Match` compares an attribute with a value in single quotes; where the value has one
//! itself, or where there are several elements that match, the number of the element is said: as a `Condition`, which
//! the library puts in brackets behind the element's name. It puts a relative `XPath` there too, with a slash between,
//! so that one can only find what lies within the element.

use std::collections::{BTreeMap, BTreeSet};

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

/// The transform from one document to another. Their tops are alike, and have no attributes.
#[must_use]
pub fn transform(from: &Element, to: &Element) -> Element {
    Element::new(from.name())
        .attribute("xmlns:xdt", NAMESPACE)
        .children(steps(from.elements(), to.elements()))
}

/// What makes the children of an element those of another.
fn steps(from: &[Element], to: &[Element]) -> Vec<Element> {
    let kept = kept(from, to);
    let siblings = from.iter().enumerate();
    let siblings: Vec<Sibling<'_>> = siblings
        .map(|(index, before)| Sibling {
            before,
            after: kept.get(&index).and_then(|index| to.get(*index)),
        })
        .collect();
    let changes = (0..siblings.len()).flat_map(|index| change(&siblings, index));
    // From the end on, so that a number is right until its element is gone.
    let removals = (0..siblings.len()).rev();
    let removals = removals.filter_map(|index| removal(&siblings, index));
    let stay = kept.into_values().collect();
    changes
        .chain(removals)
        .chain(insertions(to, &stay))
        .collect()
}

/// An element among its siblings, while some of them are changed already and some are not.
#[derive(Clone, Copy)]
struct Sibling<'a> {
    before: &'a Element,
    /// What it comes to; `None` if it goes.
    after: Option<&'a Element>,
}

/// The numbers that elements which stay have among their siblings, from 0: those before, with those after. Both rise.
fn kept(from: &[Element], to: &[Element]) -> BTreeMap<usize, usize> {
    let mut kept = BTreeMap::new();
    let mut rest = from.iter().enumerate();
    for (after, to) in to.iter().enumerate() {
        let mut ahead = rest.clone();
        if let Some((before, _)) = ahead.find(|(_, from)| is_same(from, to)) {
            rest = ahead;
            kept.insert(before, after);
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

/// What makes of an element what it comes to; nothing if it stays as it is, or goes.
fn change(siblings: &[Sibling<'_>], index: usize) -> Vec<Element> {
    let Some(located) = Located::of(siblings, index) else {
        return Vec::new();
    };
    let Sibling { before, after } = located.sibling;
    let after = after.unwrap_or(before);
    let set = after.attributes().iter();
    let set: Vec<(&'static str, &str)> = set
        .map(|(name, value)| (*name, value.as_str()))
        .filter(|(name, value)| before.value(name) != Some(*value))
        .collect();
    let gone = before.attributes().iter().map(|(name, _)| *name);
    let gone: Vec<&str> = gone.filter(|name| after.value(name).is_none()).collect();
    let within = steps(before.elements(), after.elements());
    let mut found = Vec::new();
    if !set.is_empty() {
        let names: Vec<&str> = set.iter().map(|(name, _)| *name).collect();
        let transform = format!("SetAttributes({})", names.join(","));
        found.push(located.with(set).attribute(TRANSFORM, transform));
    }
    if !gone.is_empty() {
        let transform = format!("RemoveAttributes({})", gone.join(","));
        found.push(located.with([]).attribute(TRANSFORM, transform));
    }
    if !within.is_empty() {
        found.push(located.with([]).children(within));
    }
    found
}

/// What takes away an element that goes.
fn removal(siblings: &[Sibling<'_>], index: usize) -> Option<Element> {
    let located = Located::of(siblings, index)?;
    let goes = located.sibling.after.is_none();
    goes.then(|| located.with([]).attribute(TRANSFORM, "Remove"))
}

/// What comes, from the first on, each behind the one that is before it by then.
fn insertions(to: &[Element], stay: &BTreeSet<usize>) -> Vec<Element> {
    let sibling = |element| Sibling {
        before: element,
        after: Some(element),
    };
    let present = stay.iter().filter_map(|index| to.get(*index));
    let mut present: Vec<Sibling<'_>> = present.map(sibling).collect();
    let mut found = Vec::new();
    for (index, element) in to.iter().enumerate() {
        if !stay.contains(&index) {
            let insertion = insertion(&present, index);
            found.push(element.clone().attribute(TRANSFORM, insertion));
            present.insert(index.min(present.len()), sibling(element));
        }
    }
    found
}

fn insertion(present: &[Sibling<'_>], index: usize) -> String {
    if index >= present.len() {
        return "Insert".to_owned();
    }
    match index.checked_sub(1) {
        Some(before) => format!("InsertAfter({})", argument(present, before)),
        None => format!("InsertBefore({})", argument(present, 0)),
    }
}

/// A sibling as an argument, which is split at commas and may hold no bracket of its own.
fn argument(present: &[Sibling<'_>], index: usize) -> String {
    let is_plain = |value: &str| !value.contains([',', '(', ')']);
    let Some(located) = Located::of(present, index) else {
        return format!("*[{}]", index + 1);
    };
    let name = located.sibling.before.name();
    match located.by {
        By::Key(key, value) if is_plain(value) => format!("{name}[@{key}='{value}']"),
        By::Name => name.to_owned(),
        By::Key(..) | By::Number(_) => format!("*[{}]", index + 1),
    }
}

/// An element, and what tells it from its siblings.
struct Located<'a> {
    sibling: Sibling<'a>,
    by: By<'a>,
}

enum By<'a> {
    /// There is no other of its name.
    Name,
    /// There is no other of its name with that value of an attribute.
    Key(&'static str, &'a str),
    /// Its number among its siblings of the same name, from 1.
    Number(usize),
}

impl<'a> Located<'a> {
    /// `None` if there is no element of that number.
    fn of(siblings: &[Sibling<'a>], index: usize) -> Option<Self> {
        let sibling = *siblings.get(index)?;
        let is_alone = |key: Option<(&str, &str)>| {
            let is_alike = |other: &&Sibling<'_>| other.is(sibling.before.name(), key);
            siblings.iter().filter(is_alike).count() == 1
        };
        let by = match key(sibling.before) {
            Some((key, value)) if !value.contains('\'') && is_alone(Some((key, value))) => {
                By::Key(key, value)
            }
            Some(_) | None if is_alone(None) => By::Name,
            Some(_) | None => {
                let before = siblings.iter().take(index);
                let named = before.filter(|other| other.before.name() == sibling.before.name());
                By::Number(named.count() + 1)
            }
        };
        Some(Self { sibling, by })
    }

    /// An element of a transform that finds it, with attributes.
    fn with<'b>(&self, attributes: impl IntoIterator<Item = (&'static str, &'b str)>) -> Element {
        let blank = Element::new(self.sibling.before.name());
        let (element, locator) = match self.by {
            By::Name => (blank, None),
            By::Key(key, value) => (blank.attribute(key, value), Some(format!("Match({key})"))),
            By::Number(number) => (blank, Some(format!("Condition({number})"))),
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

impl Sibling<'_> {
    /// True if it has the name and the attribute, before or after it is changed.
    fn is(self, name: &str, key: Option<(&str, &str)>) -> bool {
        let states = [Some(self.before), self.after].into_iter().flatten();
        let mut states = states.filter(|element| element.name() == name);
        states.any(|element| key.is_none_or(|(key, value)| element.value(key) == Some(value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The steps from one list of settings to another, without what is common to all transforms.
    fn told(from: &[(&str, &str)], to: &[(&str, &str)]) -> Vec<String> {
        let add = |(key, value): &(&str, &str)| {
            let add = Element::new("add");
            add.attribute("key", key).attribute("value", value)
        };
        let tree = |list: &[(&str, &str)]| {
            let settings = Element::new("appSettings").children(list.iter().map(add));
            Element::new("configuration").child(settings)
        };
        let text = transform(&tree(from), &tree(to)).print("note").unwrap();
        let steps = text.lines().map(str::trim);
        let steps = steps.filter(|line| line.starts_with("<add"));
        steps.map(str::to_owned).collect()
    }

    #[test]
    fn settings_are_told_apart_by_their_keys() {
        assert_eq!(
            told(
                &[("A", "1"), ("B", "2"), ("C", "3")],
                &[("N", "0"), ("A", "9"), ("M", "8"), ("C", "3"), ("E", "5")]
            ),
            [
                r#"<add key="A" value="9" xdt:Locator="Match(key)" xdt:Transform="SetAttributes(value)"/>"#,
                r#"<add key="B" xdt:Locator="Match(key)" xdt:Transform="Remove"/>"#,
                r#"<add key="N" value="0" xdt:Transform="InsertBefore(add[@key=&apos;A&apos;])"/>"#,
                r#"<add key="M" value="8" xdt:Transform="InsertAfter(add[@key=&apos;A&apos;])"/>"#,
                r#"<add key="E" value="5" xdt:Transform="Insert"/>"#,
            ]
        );
    }

    #[test]
    fn what_no_locator_can_say_is_counted() {
        let quote = ("Bob's", "1");
        assert_eq!(
            told(&[("A", "1"), quote], &[("A", "1"), ("Bob's", "2")]),
            [r#"<add value="2" xdt:Locator="Condition(2)" xdt:Transform="SetAttributes(value)"/>"#]
        );
        assert_eq!(
            told(&[("A", "1"), quote], &[("A", "1")]),
            [r#"<add xdt:Locator="Condition(2)" xdt:Transform="Remove"/>"#]
        );
        assert_eq!(
            told(
                &[("x,y", "1"), ("B", "1")],
                &[("x,y", "1"), ("N", "1"), ("B", "1")]
            ),
            [r#"<add key="N" value="1" xdt:Transform="InsertAfter(*[1])"/>"#]
        );
        // Two of a kind.
        assert_eq!(
            told(&[("A", "1"), ("A", "2")], &[("A", "1"), ("A", "3")]),
            [r#"<add value="3" xdt:Locator="Condition(2)" xdt:Transform="SetAttributes(value)"/>"#]
        );
    }
}
