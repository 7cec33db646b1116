//! The root is no folder of one person's own.

use super::private::{outsider, private_part};
use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    221,
    "root-in-profile",
    Level::Warning,
    include_str!("root-in-profile.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let (spec, root) = (document.spec, &document.spec.root);
    let part = private_part(root).filter(|_| root.problem().is_none());
    let (Some(part), Some(name)) = (part, outsider(spec, root)) else {
        return;
    };
    let problem = RULE
        .problem("`root` lies in one person's own folder")
        .at(
            document.part(&KeyPath::of("root"), part),
            format!("`{name}` has no rights here"),
        )
        .help(format!(
            r"move the application, for example to `C:\apps\{}`",
            spec.name
        ));
    sink.push(problem);
}
