//! IIS refuses an attribute that its schema does not name.

use super::super::View;
use super::super::table::known;
use crate::diag::Fix;
use crate::rules::{Phase, Rule, Sink};
use crate::suggest::nearest;

pub(crate) static RULE: Rule = Rule::error(
    1005,
    "unknown-attribute",
    include_str!("unknown-attribute.md"),
    Phase::File(check),
);

/// Attributes that every element may have: they lock parts of it, or take it from another file.
const EVERYWHERE: [&str; 9] = [
    "lockAttributes",
    "lockAllAttributesExcept",
    "lockElements",
    "lockAllElementsExcept",
    "lockItem",
    "configSource",
    "configProtectionProvider",
    "overrideMode",
    "xmlns",
];

fn check(view: &View<'_>, sink: &mut Sink) {
    for placed in &view.placed {
        let Some(known) = known(placed.path) else {
            continue;
        };
        let names = known.attributes.iter().map(|property| property.name);
        for attribute in &placed.element.attributes {
            let name = attribute.name.text.as_str();
            let is_known = names.clone().chain(EVERYWHERE).any(|known| known == name);
            if is_known || name.contains(':') {
                continue;
            }
            let near = nearest(name, names.clone());
            // Newer versions of IIS know more about pools and sites than the table does.
            if near.is_none() && placed.path.starts_with("system.applicationHost/") {
                continue;
            }
            let element = placed.element.name();
            let span = attribute.name.span();
            let problem = RULE
                .problem(format!("`<{element}>` has no attribute `{name}`"))
                .at(span, "IIS refuses the whole file");
            sink.push(match near.map(|near| (near, format!("write `{near}`"))) {
                Some((near, help)) => problem
                    .help(help.clone())
                    .fix(Fix::to_review(help, span, near)),
                None => problem.help("remove it"),
            });
        }
    }
}
