//! A protected descriptor leaves the folder to those who run the server.

use super::descriptor::Written;
use super::{Document, Phase, Rule, Sink, sddl_grants_nothing};
use crate::diag::Level;
use crate::sddl::{Acl, Entry, Kind, Place, Rights, Trustee};

pub(crate) static RULE: Rule = Rule::advice(
    711,
    "administrators-locked-out",
    Level::Warning,
    include_str!("administrators-locked-out.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(written) = Written::of(document) else {
        return;
    };
    let Some((list, places)) = written.list().filter(|(list, _)| list.protected) else {
        return;
    };
    if sddl_grants_nothing::is_closed(list) {
        return;
    }
    let owners = [Trustee::ADMINISTRATORS, Trustee::SYSTEM].into_iter();
    let missing: Vec<Trustee> = owners.filter(|owner| !may_read(list, owner)).collect();
    if missing.is_empty() {
        return;
    }
    let names: Vec<String> = missing.iter().map(Trustee::name).collect();
    let entries: String = missing
        .into_iter()
        .map(|owner| Entry::allow(owner, Rights::FULL).to_string())
        .collect();
    let begin = places.name.start..places.flags.end;
    let label = "what the folder above allows does not count";
    let problem = RULE
        .problem(format!("`access.sddl` locks {} out", names.join(" and ")))
        .at(written.span(&begin), label)
        .help(format!("add `{entries}`"));
    let fixed = format!("{}{entries}", written.slice(&begin));
    sink.push(written.offer(problem, "let them in", &begin, &fixed));
}

fn may_read(list: &Acl, owner: &Trustee) -> bool {
    let also = [Trustee::EVERYONE, Trustee::AUTHENTICATED_USERS];
    let counts = |entry: &Entry| {
        let is_meant = entry.trustee == *owner || also.contains(&entry.trustee);
        entry.kind == Kind::Allow && is_meant
    };
    // The system is one of the administrators.
    let rights = list.rights(
        |entry| {
            counts(entry) || (*owner == Trustee::SYSTEM && entry.trustee == Trustee::ADMINISTRATORS)
        },
        Place::Folder,
    );
    rights.contains(Rights::READ)
}
