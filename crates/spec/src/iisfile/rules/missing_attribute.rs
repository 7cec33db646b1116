//! An element without an attribute that IIS demands.

use super::super::table::{INI_PROPERTIES, known};
use super::super::{Kind, View};
use crate::rules::{Phase, Rule, Sink};
use crate::suggest::nearest;

pub(crate) static RULE: Rule = Rule::error(
    1008,
    "missing-attribute",
    include_str!("missing-attribute.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    if view.kind == Kind::Transform {
        return;
    }
    for placed in view
        .placed
        .iter()
        .filter(|placed| !placed.element.is_damaged)
    {
        let properties = known(placed.path).map_or(&[][..], |known| known.attributes);
        let element = placed.element;
        for property in properties.iter().filter(|property| property.is_required) {
            // A misspelt one is told already.
            let is_misspelt = element.attributes.iter().any(|attribute| {
                let known = properties.iter().map(|property| property.name);
                nearest(&attribute.name.text, known) == Some(property.name)
            });
            if is_misspelt {
                continue;
            }
            let name = property.name;
            let problem = RULE
                .problem(format!("`<{}>` has no `{name}`", element.name()))
                .at(element.name.span(), "IIS refuses the whole file")
                .help(format!("write `{name}=\"...\"`"));
            sink.push(problem);
        }
    }
    for pool in view.ini().into_iter().flat_map(|ini| ini.pools()) {
        for property in INI_PROPERTIES
            .iter()
            .filter(|property| property.is_required)
        {
            if pool.value(property.name).is_none() {
                let problem = RULE
                    .problem(format!(
                        "the section `{}` has no `{}`",
                        pool.name.text, property.name
                    ))
                    .at(pool.name.span(), "nothing to start")
                    .help(format!(
                        "write `{}=` and the path of the program",
                        property.name
                    ));
                sink.push(problem);
            }
        }
    }
}
