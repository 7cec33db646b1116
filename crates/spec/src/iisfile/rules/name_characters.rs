//! Names of pools and sites, and paths of applications.

use super::super::View;
use super::super::mark::Marked;
use super::super::view::is_placeholder;
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::error(
    1031,
    "name-characters",
    include_str!("name-characters.md"),
    Phase::File(check),
);

/// What the name of a pool cannot hold (section 2.1 of the IIS fact sheet).
const IN_POOL: &str = "|<>&\"/[]+=;:,?*@\\";

fn check(view: &View<'_>, sink: &mut Sink) {
    for placed in &view.placed {
        let element = placed.element;
        match placed.path {
            "system.applicationHost/applicationPools/add" => {
                name("an application pool", element.value("name"), IN_POOL, sink);
            }
            "system.applicationHost/sites/site" => {
                name("a site", element.value("name"), "/?", sink)
            }
            "system.applicationHost/sites/site/application" => {
                path("an application", element.value("path"), sink);
                name(
                    "an application pool",
                    element.value("applicationPool"),
                    IN_POOL,
                    sink,
                );
            }
            "system.applicationHost/sites/site/application/virtualDirectory" => {
                path("a virtual directory", element.value("path"), sink);
            }
            _ => {}
        }
    }
}

fn name(what: &str, value: Option<&Marked>, refused: &str, sink: &mut Sink) {
    let Some(value) = value.filter(|value| !is_placeholder(&value.text)) else {
        return;
    };
    if let Some((at, c)) = value
        .text
        .char_indices()
        .find(|(_, c)| refused.contains(*c))
    {
        let problem = RULE
            .problem(format!("the name of {what} cannot hold `{c}`"))
            .at(
                value.part(at..at + c.len_utf8()),
                "IIS refuses the whole file",
            )
            .help("write another name");
        sink.push(problem);
    }
}

fn path(what: &str, value: Option<&Marked>, sink: &mut Sink) {
    let Some(value) = value.filter(|value| !is_placeholder(&value.text)) else {
        return;
    };
    let text = value.text.as_str();
    let (label, help) = if !text.starts_with('/') {
        ("does not begin with `/`", format!("write `/{text}`"))
    } else if text != "/" && text.ends_with('/') {
        (
            "ends with `/`",
            format!("write `{}`", text.trim_end_matches('/')),
        )
    } else if text.split('/').any(|name| matches!(name, "." | "..")) {
        (
            "has a `.` or `..` between slashes",
            "write the path itself".to_owned(),
        )
    } else {
        return;
    };
    let problem = RULE
        .problem(format!("`{text}` is no path of {what}"))
        .at(value.span(), label)
        .help(help);
    sink.push(problem);
}
