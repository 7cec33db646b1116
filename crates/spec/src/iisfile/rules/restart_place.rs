//! wfastcgi looks for its restart pattern in `Web.config` alone.

use super::super::View;
use super::super::mark::Marked;
use super::restart_regex::NAME;
use crate::diag::Level;
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::advice(
    1046,
    "restart-place",
    Level::Warning,
    include_str!("restart-place.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    for variable in view.variables() {
        if variable.name.text.eq_ignore_ascii_case(NAME) {
            let parent = variable.application.text("arguments");
            tell(parent, variable.name, 0..NAME.len(), sink);
        }
    }
    for pool in view.ini().into_iter().flat_map(|ini| ini.pools()) {
        let arguments = pool.value("Arguments").map_or("", |value| &value.text);
        let found = pool.value("EnvironmentVars").and_then(|list| {
            let start = list.text.find(&format!("{NAME}:"))?;
            Some((list, start..start + NAME.len()))
        });
        if let Some((list, range)) = found {
            tell(arguments, list, range, sink);
        }
    }
}

fn tell(arguments: &str, marked: &Marked, range: std::ops::Range<usize>, sink: &mut Sink) {
    if !arguments.to_ascii_lowercase().contains("wfastcgi") {
        return;
    }
    let problem = RULE
        .problem(format!("wfastcgi does not read `{NAME}` here"))
        .at(marked.part(range), "a variable of the process")
        .help("move it into `<appSettings>` of the `Web.config`");
    sink.push(problem);
}
