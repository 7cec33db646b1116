//! Properties that the FastCGI extension knows.

use super::super::View;
use super::super::table::INI_PROPERTIES;
use crate::diag::Fix;
use crate::rules::{Phase, Rule, Sink};
use crate::suggest::nearest;

pub(crate) static RULE: Rule = Rule::error(
    1038,
    "ini-property",
    include_str!("ini-property.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    let names = || INI_PROPERTIES.iter().map(|property| property.name);
    for pair in view
        .ini()
        .into_iter()
        .flat_map(|ini| ini.pools())
        .flat_map(|pool| &pool.pairs)
    {
        let name = pair.key.text.as_str();
        if names().any(|known| known.eq_ignore_ascii_case(name)) {
            continue;
        }
        let problem = RULE
            .problem(format!("the FastCGI extension has no property `{name}`"))
            .at(pair.key.span(), "");
        sink.push(match (name, nearest(name, names())) {
            // The name that most texts on the web use; its meaning is that of another one.
            ("InstanceTimeout", _) => problem.help("write `IdleTimeout` or `RequestTimeout`"),
            ("IgnoreExistingDirectories", _) => problem.help("write `IgnoreDirectories`"),
            (_, Some(near)) => problem.help(format!("write `{near}`")).fix(Fix::to_review(
                format!("write `{near}`"),
                pair.key.span(),
                near,
            )),
            (_, None) => problem.help("remove the line"),
        });
    }
}
