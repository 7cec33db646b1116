//! The section of an application in `fcgiext.ini` of IIS 6 is its own.

use super::{Document, Phase, Rule, Sink};
use crate::syntax::KeyPath;
use crate::target::Target;

pub(crate) static RULE: Rule = Rule::error(
    9002,
    "iis6-name",
    include_str!("iis6-name.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let name = document.spec.name.as_str();
    if !document.spec.targets.contains(&Target::Iis6) || !name.eq_ignore_ascii_case("types") {
        return;
    }
    let problem = RULE
        .problem(format!("IIS 6 cannot serve an application called `{name}`"))
        .at(
            document.tree.place(&KeyPath::of("name")),
            "`fcgiext.ini` has a section of this name already",
        )
        .help("give the application another name, or remove `iis6` from `targets`");
    sink.push(problem);
}
