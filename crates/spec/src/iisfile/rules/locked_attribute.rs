//! Attributes that every server locks, though their section is open.

use super::super::{Kind, View};
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::error(
    1013,
    "locked-attribute",
    include_str!("locked-attribute.md"),
    Phase::File(check),
);

/// What `lockAttributes` of a new server names (section 3.4 of the IIS fact sheet).
const LOCKED: [(&str, &str); 3] = [
    ("system.webServer/httpErrors", "defaultPath"),
    (
        "system.webServer/httpErrors",
        "allowAbsolutePathsWhenDelegated",
    ),
    ("system.webServer/staticContent", "isDocFooterFileName"),
];

fn check(view: &View<'_>, sink: &mut Sink) {
    if view.kind != Kind::WebConfig {
        return;
    }
    for (path, name) in LOCKED {
        for attribute in view
            .at(path)
            .filter_map(|placed| placed.element.attribute(name))
        {
            let problem = RULE
                .problem(format!("`{name}` is locked for a `Web.config`"))
                .at(attribute.name.span(), "IIS refuses the whole file")
                .help("remove it, or set it in the server's `applicationHost.config`");
            sink.push(problem);
        }
    }
}
