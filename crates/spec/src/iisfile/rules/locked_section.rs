//! A section that the server's own file locks.

use super::super::view::Placed;
use super::super::xml::Element;
use super::super::{Kind, View};
use crate::diag::Diagnostic;
use crate::rules::{Phase, Rule};

pub(crate) static RULE: Rule = Rule::error(
    1012,
    "locked-section",
    include_str!("locked-section.md"),
    Phase::Files(check),
);

/// Sections that are locked on many servers and that a site with Python sets.
const SECTIONS: [&str; 5] = [
    "system.webServer/handlers",
    "system.webServer/httpErrors",
    "system.webServer/httpPlatform",
    "system.webServer/staticContent",
    "system.webServer/security/requestFiltering",
];

fn check(views: &[View<'_>], found: &mut Vec<(usize, Diagnostic)>) {
    let servers: Vec<&View<'_>> = views
        .iter()
        .filter(|view| view.kind == Kind::ApplicationHost)
        .collect();
    let [server] = servers.as_slice() else {
        return;
    };
    for (index, view) in views
        .iter()
        .enumerate()
        .filter(|(_, view)| view.kind == Kind::WebConfig)
    {
        for placed in view
            .placed
            .iter()
            .filter(|placed| SECTIONS.contains(&placed.path))
        {
            let Some(section) = locked(server, placed) else {
                continue;
            };
            let name = placed.element.name();
            let problem = RULE
                .problem(format!("the server locks `<{name}>`"))
                .at(placed.element.name.span(), "IIS refuses the whole file")
                .also(
                    server.source,
                    section.name.span(),
                    "locked here by `overrideModeDefault=\"Deny\"`",
                )
                .help(format!(
                    "run `appcmd unlock config /section:{}`",
                    placed.path
                ));
            found.push((index, problem));
        }
    }
}

/// Where the server locks a section, if it unlocks it nowhere.
fn locked<'a>(server: &View<'a>, placed: &Placed<'_>) -> Option<&'a Element> {
    let mut registered = server.root()?.children_named("configSections").next()?;
    let mut names = placed.path.split('/').peekable();
    while let Some(name) = names.next() {
        let kind = if names.peek().is_some() {
            "sectionGroup"
        } else {
            "section"
        };
        registered = registered
            .children_named(kind)
            .find(|group| group.text("name") == name)?;
    }
    let is_denied = registered
        .text("overrideModeDefault")
        .eq_ignore_ascii_case("Deny");
    let opened = |other: &Placed<'_>| {
        other.location.is_some_and(|location| {
            !location.text("overrideMode").eq_ignore_ascii_case("Deny")
                && location.attribute("overrideMode").is_some()
        })
    };
    let is_unlocked = server.at(placed.path).any(opened);
    (is_denied && !is_unlocked).then_some(registered)
}
