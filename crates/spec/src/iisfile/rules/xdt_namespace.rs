//! The namespace by which a transform is recognised.

use super::super::View;
use super::super::xml::Element;
use crate::diag::Fix;
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::error(
    1034,
    "xdt-namespace",
    include_str!("xdt-namespace.md"),
    Phase::File(check),
);

const NAMESPACE: &str = "http://schemas.microsoft.com/XML-Document-Transform";

fn check(view: &View<'_>, sink: &mut Sink) {
    let Some(root) = view.root() else {
        return;
    };
    for declared in root
        .attributes
        .iter()
        .filter(|attribute| attribute.name.text.starts_with("xmlns:"))
    {
        let text = declared.value.text.as_str();
        let plain = |text: &str| {
            text.to_ascii_lowercase()
                .replace("https:", "http:")
                .trim_end_matches('/')
                .to_owned()
        };
        if text == NAMESPACE || plain(text) != plain(NAMESPACE) {
            continue;
        }
        let problem = RULE
            .problem("this is not the namespace of transforms")
            .at(declared.value.span(), "compared letter by letter")
            .help(format!("write `{NAMESPACE}`"))
            .fix(Fix::safe(
                format!("write `{NAMESPACE}`"),
                declared.value.span(),
                NAMESPACE,
            ));
        sink.push(problem);
    }
    let is_declared = root
        .attributes
        .iter()
        .any(|attribute| attribute.name.text == "xmlns:xdt");
    if let Some(attribute) = (!is_declared).then(|| first(root)).flatten() {
        let problem = RULE
            .problem("the prefix `xdt` is not declared")
            .at(attribute, "")
            .with(root.name.span(), "the declaration belongs here")
            .help(format!(
                "write `xmlns:xdt=\"{NAMESPACE}\"` in `<{}>`",
                root.name()
            ));
        sink.push(problem);
    }
}

/// The first attribute with the prefix, unless an element on the way declares it.
fn first(element: &Element) -> Option<crate::source::Span> {
    if element
        .attributes
        .iter()
        .any(|attribute| attribute.name.text == "xmlns:xdt")
    {
        return None;
    }
    let own = element
        .attributes
        .iter()
        .find(|attribute| attribute.name.text.starts_with("xdt:"));
    own.map(|attribute| attribute.name.span())
        .or_else(|| element.children.iter().find_map(first))
}
