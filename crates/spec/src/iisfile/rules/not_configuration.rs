//! The top-level element is `configuration`.

use super::super::View;
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::error(
    1004,
    "not-configuration",
    include_str!("not-configuration.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    let Some(root) = view.root().filter(|root| root.name() != "configuration") else {
        return;
    };
    let problem = RULE
        .problem(format!(
            "the file holds `<{}>` instead of a configuration",
            root.name()
        ))
        .at(
            root.name.span(),
            "the top-level element is `<configuration>`",
        )
        .help("write `<configuration>` around it, with the sections that it lies in");
    sink.push(problem);
}
