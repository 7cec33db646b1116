//! The schemas of versions of IIS whose schema file is not there: that of IIS 8 without what came later.

use iisc_gateway_core::xml::Element;
use iisc_spec::Target;
use iisc_tests::iis_schema::File;

/// A section, an attribute in it or all of it, a value of that or all of them, and the first version that knows it.
/// From sections 2 and 13 of the IIS fact sheet; the versions of [`iisc_spec::Feature`] are the same.
const LATER: [(&str, &str, &str, Target); 13] = [
    ("fastCgi", "monitorChangesTo", "", Target::Iis7_5),
    ("fastCgi", "stderrMode", "", Target::Iis7_5),
    (
        "fastCgi",
        "signalBeforeTerminateSeconds",
        "",
        Target::Iis7_5,
    ),
    ("applicationPools", "startMode", "", Target::Iis7_5),
    (
        "applicationPools",
        "identityType",
        "ApplicationPoolIdentity",
        Target::Iis7_5,
    ),
    (
        "applicationPools",
        "setProfileEnvironment",
        "",
        Target::Iis8,
    ),
    ("applicationPools", "action", "Throttle", Target::Iis8),
    (
        "applicationPools",
        "action",
        "ThrottleUnderLoad",
        Target::Iis8,
    ),
    ("applicationPools", "idleTimeoutAction", "", Target::Iis8_5),
    ("sites", "preloadEnabled", "", Target::Iis8),
    ("sites", "sslFlags", "", Target::Iis8),
    ("applicationInitialization", "", "", Target::Iis8),
    ("httpPlatform", "", "", Target::Iis8),
];

/// The schema file as that version would have it.
pub(crate) fn as_of(target: Target, file: &File) -> File {
    let mut file = file.clone();
    for (section, attribute, value, since) in LATER {
        if target < since {
            let is_meant = |it: &Element| named(it).ends_with(&format!("/{section}"));
            let sections = &mut file.root.children;
            match attribute {
                "" => sections.retain(|it| !is_meant(it)),
                _ => {
                    let sections = sections.iter_mut().filter(|it| is_meant(it));
                    sections.for_each(|it| without(it, attribute, value));
                }
            }
        }
    }
    file
}

fn named(element: &Element) -> &str {
    element.attribute("name").unwrap_or_default()
}

/// Takes the attribute, or that value of it, out of an element and all below it.
fn without(element: &mut Element, attribute: &str, value: &str) {
    let is_meant = |it: &Element| it.name == "attribute" && named(it) == attribute;
    if value.is_empty() {
        element.children.retain(|it| !is_meant(it));
    }
    for child in &mut element.children {
        if is_meant(child) {
            child.children.retain(|it| named(it) != value);
        }
        without(child, attribute, value);
    }
}
