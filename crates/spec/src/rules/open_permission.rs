//! Clients get no permissions that a Python application has no use for.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::model::Permission;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    514,
    "open-permission",
    Level::Warning,
    include_str!("open-permission.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    for (index, permission) in document.spec.site.permissions.iter().enumerate() {
        let (name, label) = match permission {
            Permission::Read | Permission::Script => continue,
            Permission::Write => ("write", "clients may store files over HTTP"),
            Permission::Execute => ("execute", "clients may run programs by their URL"),
            Permission::Source => ("source", "clients may read scripts"),
        };
        let place = KeyPath::of("site.permissions").index(index);
        let problem = RULE
            .problem(format!("the application does not need `{name}`"))
            .at(document.tree.place(&place), label)
            .help("remove it; what the application itself may write is `access.writable`");
        sink.push(problem);
    }
}
