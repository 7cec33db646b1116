//! A pool's variable has a value.

use super::super::{Kind, View};
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::error(
    1032,
    "pool-variable",
    include_str!("pool-variable.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    if view.kind == Kind::Transform {
        return;
    }
    for placed in view.at("system.applicationHost/applicationPools/add/environmentVariables/add") {
        let Some(value) = placed
            .element
            .value("value")
            .filter(|value| value.text.is_empty())
        else {
            continue;
        };
        let problem = RULE
            .problem(format!(
                "the pool's variable `{}` is empty",
                placed.element.text("name")
            ))
            .at(value.span(), "IIS refuses the whole file")
            .help("write a value, or remove the variable");
        sink.push(problem);
    }
}
