//! `WSGI_RESTART_FILE_REGEX` is a regular expression that Python accepts.

use super::super::View;
use crate::pyregex;
use crate::rules::{Phase, Rule, Sink, restart_pattern};

pub(crate) static RULE: Rule = Rule::error(
    1017,
    "restart-regex",
    include_str!("restart-regex.md"),
    Phase::File(check),
);

/// The name of the setting.
pub(super) const NAME: &str = "WSGI_RESTART_FILE_REGEX";

fn check(view: &View<'_>, sink: &mut Sink) {
    let settings = view.settings();
    for setting in settings
        .iter()
        .filter(|setting| setting.name.text.trim() == NAME)
    {
        let pattern = setting.value.text.as_str();
        if let Err(error) = pyregex::Pattern::parse(pattern) {
            let help = restart_pattern::way_out(pattern, &error);
            let problem = RULE
                .problem(format!("Python cannot compile `{NAME}`"))
                .at(setting.value.part(error.range), error.message)
                .help(help);
            sink.push(problem);
        }
    }
}
