//! Python needs an application of its own (`P28`).

use super::super::{Kind, View};
use super::resource_type::serves_all;
use crate::diag::Level;
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::advice(
    1044,
    "application-missing",
    Level::Warning,
    include_str!("application-missing.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    if view.kind != Kind::ApplicationHost {
        return;
    }
    for placed in view.handlers().filter(|placed| serves_all(placed.element)) {
        let Some(path) = placed.location.and_then(|location| location.value("path")) else {
            continue;
        };
        let Some((name, below)) = path.text.split_once('/') else {
            continue;
        };
        let below = format!("/{below}");
        let same = |text: &str| text.eq_ignore_ascii_case(&below);
        let sites = view
            .at("system.applicationHost/sites/site")
            .map(|site| site.element);
        let Some(site) = sites
            .into_iter()
            .find(|site| site.text("name").eq_ignore_ascii_case(name))
        else {
            continue;
        };
        if site
            .children_named("application")
            .any(|application| same(application.text("path")))
        {
            continue;
        }
        let directories = site
            .children_named("application")
            .filter(|application| application.text("path") == "/");
        let mut directories =
            directories.flat_map(|application| application.children_named("virtualDirectory"));
        let Some(directory) = directories.find(|directory| same(directory.text("path"))) else {
            continue;
        };
        let problem = RULE
            .problem(format!(
                "`{below}` is a virtual directory, not an application"
            ))
            .at(
                path.span(),
                "Python would read the settings of the site instead",
            )
            .with(
                directory.name.span(),
                "make this an `<application>` with a `virtualDirectory` of path `/`",
            )
            .help(format!("write an `<application path=\"{below}\">`"));
        sink.push(problem);
    }
}
