//! IIS may run the handler of the application.

use super::{Document, Phase, Rule, Sink};
use crate::model::Permission;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    513,
    "script-permission",
    include_str!("script-permission.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    if document.spec.site.permissions.contains(&Permission::Script) {
        return;
    }
    let place = KeyPath::of("site.permissions");
    let problem = RULE
        .problem("IIS may not run the application")
        .at(document.tree.place(&place), "`script` is missing")
        .help("add `script`");
    sink.push(problem);
}
