//! What a descriptor grants is all that is granted.

use super::descriptor::Written;
use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::sddl::Acl;

pub(crate) static RULE: Rule = Rule::advice(
    705,
    "unprotected-descriptor",
    Level::Warning,
    include_str!("unprotected-descriptor.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(written) = Written::of(document) else {
        return;
    };
    let Some((list, places)) = written.list().filter(|(list, _)| !list.protected) else {
        return;
    };
    let flags = Acl {
        protected: true,
        entries: Vec::new(),
        ..list.clone()
    };
    let begin = places.name.start..places.flags.end;
    let problem = RULE
        .problem("`access.sddl` leaves in force what the folder above allows")
        .at(written.span(&begin), "no `P` for a protected list")
        .help(format!("write `D:{flags}`"));
    sink.push(written.offer(problem, "protect the list", &begin, &format!("D:{flags}")));
}
