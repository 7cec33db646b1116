//! wfastcgi reads `appSettings` and nothing else (`P27`); our gateway takes the older name too (`K2`).

use super::super::View;
use crate::diag::Fix;
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::error(
    1014,
    "settings-element",
    include_str!("settings-element.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    for placed in view.at("applicationSettings") {
        let element = placed.element;
        // .NET has an element of this name too; there it holds groups of `setting`.
        if !element
            .children_named("add")
            .any(|add| add.attribute("key").is_some())
        {
            continue;
        }
        let opening = element.name.span();
        let fix = Fix::safe("write `appSettings`", opening, "appSettings");
        let fix = match element.close {
            Some(closing) => fix.and(closing, "appSettings"),
            None => fix,
        };
        let problem = RULE
            .problem("wfastcgi does not read `<applicationSettings>`")
            .at(opening, "it reads `<appSettings>`")
            .help("write `appSettings` in both tags")
            .fix(fix);
        sink.push(problem);
    }
}
