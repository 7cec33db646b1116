//! A pool for Python that loads .NET because nobody has said otherwise.

use super::super::{Kind, View};
use super::handler_bitness::pool_of;
use super::resource_type::serves_all;
use crate::diag::Level;
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::advice(
    1045,
    "managed-runtime",
    Level::Note,
    include_str!("managed-runtime.md"),
    Phase::File(check),
);

const NAME: &str = "managedRuntimeVersion";

fn check(view: &View<'_>, sink: &mut Sink) {
    if view.kind != Kind::ApplicationHost {
        return;
    }
    let defaults = view.at("system.applicationHost/applicationPools/applicationPoolDefaults");
    let versions = defaults.filter_map(|defaults| defaults.element.attribute(NAME));
    let Some(version) = versions
        .into_iter()
        .find(|version| !version.value.text.is_empty())
    else {
        return;
    };
    for placed in view.handlers().filter(|placed| serves_all(placed.element)) {
        let Some(pool) = pool_of(view, placed).filter(|pool| pool.attribute(NAME).is_none()) else {
            continue;
        };
        let problem = RULE
            .problem(format!(
                "the pool `{}` loads .NET for Python",
                pool.text("name")
            ))
            .at(pool.name.span(), format!("has no `{NAME}`"))
            .with(version.name.span(), "so this version is loaded")
            .help(format!("write `{NAME}=\"\"`"));
        sink.push(problem);
    }
}
