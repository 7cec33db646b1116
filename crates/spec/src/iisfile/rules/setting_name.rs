//! A setting whose name is nearly one that means something.

use std::collections::BTreeSet;

use super::super::View;
use super::super::view::Setting;
use crate::diag::{Fix, Level};
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::advice(
    1015,
    "setting-name",
    Level::Warning,
    include_str!("setting-name.md"),
    Phase::File(check),
);

/// What wfastcgi, Python and Django read.
const NAMES: [&str; 5] = [
    "WSGI_HANDLER",
    "WSGI_RESTART_FILE_REGEX",
    "PYTHONPATH",
    "DJANGO_SETTINGS_MODULE",
    "APPINSIGHTS_INSTRUMENTATIONKEY",
];

fn check(view: &View<'_>, sink: &mut Sink) {
    let settings = view.settings();
    let upper = |setting: &Setting<'_>| setting.name.text.to_uppercase();
    let there: BTreeSet<String> = settings.iter().map(upper).collect();
    for setting in &settings {
        let name = setting.name.text.as_str();
        let Some(near) = misspelt(name).filter(|near| !there.contains(*near)) else {
            continue;
        };
        if sink.is_full() {
            return;
        }
        let span = setting.name.span();
        let problem = RULE
            .problem(format!("nothing reads the setting `{name}`"))
            .at(span, "")
            .help(format!("write `{near}`"))
            .fix(Fix::to_review(format!("write `{near}`"), span, near));
        sink.push(problem);
    }
}

/// The name that this one misses by one or two letters. Windows compares names of variables without case.
fn misspelt(name: &str) -> Option<&'static str> {
    if name.len() > 40 {
        return None;
    }
    let upper = name.to_uppercase();
    NAMES
        .into_iter()
        .find(|known| (1..=2).contains(&strsim::damerau_levenshtein(&upper, known)))
}
