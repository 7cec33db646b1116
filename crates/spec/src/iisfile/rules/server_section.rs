//! Sections that only the server's own file may hold.

use super::super::{Kind, View};
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::error(
    1011,
    "server-section",
    include_str!("server-section.md"),
    Phase::File(check),
);

/// Sections that are registered for `applicationHost.config` alone (section 3.2 of the IIS fact sheet).
const SECTIONS: [&str; 5] = [
    "system.webServer/fastCgi",
    "system.webServer/globalModules",
    "system.webServer/security/isapiCgiRestriction",
    "system.applicationHost/applicationPools",
    "system.applicationHost/sites",
];

fn check(view: &View<'_>, sink: &mut Sink) {
    let is_site = view.kind == Kind::WebConfig;
    for placed in view.placed.iter().filter(|_| is_site) {
        if !SECTIONS.contains(&placed.path) {
            continue;
        }
        let name = placed.element.name();
        let problem = RULE
            .problem(format!("`<{name}>` has no place in a `Web.config`"))
            .at(placed.element.name.span(), "IIS refuses the whole file")
            .help("move it into the server's `applicationHost.config`");
        sink.push(problem);
    }
}
