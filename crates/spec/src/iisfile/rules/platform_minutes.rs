//! HttpPlatformHandler 1.2 takes whole minutes.

use super::super::View;
use super::attribute_value::{seconds, written};
use crate::diag::Level;
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::advice(
    1030,
    "platform-minutes",
    Level::Warning,
    include_str!("platform-minutes.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    for placed in view.at("system.webServer/httpPlatform") {
        let Some(limit) = placed.element.value("requestTimeout") else {
            continue;
        };
        let rest = seconds(&limit.text).map_or(0, |seconds| seconds % 60);
        let Some(minutes) = seconds(&limit.text).filter(|_| rest != 0) else {
            continue;
        };
        let problem = RULE
            .problem("`requestTimeout` is not in whole minutes")
            .at(limit.span(), "HttpPlatformHandler 1.2 refuses it")
            .help(format!("write `{}`", written(minutes - rest + 60)));
        sink.push(problem);
    }
}
