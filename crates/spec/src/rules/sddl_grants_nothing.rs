//! A descriptor lets somebody in.

use super::descriptor::Written;
use super::{Document, Phase, Rule, Sink};
use crate::sddl::{Acl, Entry, Kind, Rights, Trustee};

pub(crate) static RULE: Rule = Rule::error(
    708,
    "sddl-grants-nothing",
    include_str!("sddl-grants-nothing.md"),
    Phase::Meaning(check),
);

/// Entries that everything needs, whoever the application runs as.
const OWNERS: &str = "(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)";

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(written) = Written::of(document) else {
        return;
    };
    let Some((list, places)) = written.list() else {
        let problem = RULE
            .problem("`access.sddl` has no permissions")
            .at(
                written.span(&written.sddl.places.descriptor),
                "no part `D:`",
            )
            .help(format!("add `D:PAI{OWNERS}`"));
        sink.push(problem);
        return;
    };
    if let Some((_, place)) = written.sddl.entries().find(|(entry, _)| refuses_all(entry)) {
        let entry = written.slice(&place.whole);
        let problem = RULE
            .problem("`access.sddl` refuses everybody, administrators and the system too")
            .at(written.span(&place.whole), "wins over what others grant")
            .help(format!(
                "remove `{entry}`: whoever has no entry gets nothing"
            ));
        sink.push(problem);
    } else if is_closed(list) {
        let begin = places.name.start..places.flags.end;
        let problem = RULE
            .problem("`access.sddl` grants nothing to anybody")
            .at(
                written.span(&begin),
                "the list is protected, and has no entry that grants something",
            )
            .help(format!("add `{OWNERS}`"));
        sink.push(problem);
    }
}

/// True if nobody gets in.
pub(super) fn is_closed(list: &Acl) -> bool {
    let grants = |entry: &Entry| entry.kind == Kind::Allow && entry.rights != Rights::NONE;
    let refused = list.entries.iter().any(refuses_all);
    refused || (list.protected && !list.entries.iter().any(grants))
}

/// True for an entry behind which nobody reads. Refusing to write with `FW` is one: the code also holds what opening
/// a file needs (`SYNCHRONIZE`).
fn refuses_all(entry: &Entry) -> bool {
    let everybody = [Trustee::EVERYONE, Trustee::AUTHENTICATED_USERS];
    let here = entry.inheritance.this_folder || entry.inheritance.files;
    entry.kind == Kind::Deny
        && here
        && everybody.contains(&entry.trustee)
        && entry.rights.has_any(Rights::READ_AND_RUN)
}
