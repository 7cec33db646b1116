//! `requestFiltering`, which every stock server lets a `Web.config` change.

use crate::plan::Web;
use crate::text::xml::Element;

/// The section, if it says anything.
///
/// Each entry is removed before it is added: one that a file further up has already makes the second 500.19 (section
/// 3.4 of the IIS fact sheet).
pub(super) fn request_filtering(web: &Web) -> Option<Element> {
    let filtering = &web.filtering;
    let mut parts = Vec::new();
    if !web.limits.is_empty() {
        let limits = web.limits.iter();
        parts.push(
            limits.fold(Element::new("requestLimits"), |element, (name, limit)| {
                element.attribute(name, limit)
            }),
        );
    }
    if !filtering.allow_extensions.is_empty() {
        let entries = filtering.allow_extensions.iter();
        let entries = entries.flat_map(|it| allowed("fileExtension", it.as_str()));
        parts.push(Element::new("fileExtensions").children(entries));
    }
    if !filtering.methods.is_empty() {
        let entries = filtering.methods.iter();
        let entries = entries.flat_map(|it| allowed("verb", it.as_str()));
        let verbs = Element::new("verbs").attribute("allowUnlisted", false);
        parts.push(verbs.children(entries));
    }
    let (shown, hidden) = (&filtering.show_segments, &filtering.hide_segments);
    if !shown.is_empty() || !hidden.is_empty() {
        let entry = |name, segment| Element::new(name).attribute("segment", segment);
        let removed = shown.iter().map(|it| entry("remove", it));
        let added = hidden
            .iter()
            .flat_map(|it| [entry("remove", it), entry("add", it)]);
        parts.push(
            Element::new("hiddenSegments")
                .children(removed)
                .children(added),
        );
    }
    let section = match filtering.double_escaping {
        true => Element::new("requestFiltering").attribute("allowDoubleEscaping", true),
        false if parts.is_empty() => return None,
        false => Element::new("requestFiltering"),
    };
    Some(section.children(parts))
}

fn allowed(key: &'static str, value: &str) -> [Element; 2] {
    let entry = |name| Element::new(name).attribute(key, value);
    [entry("remove"), entry("add").attribute("allowed", true)]
}
