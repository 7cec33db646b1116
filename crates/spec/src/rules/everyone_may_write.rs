//! Only administrators and the application itself may change the application.

use super::descriptor::Written;
use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::sddl::{Kind, Rights, Trustee};

pub(crate) static RULE: Rule = Rule::advice(
    704,
    "everyone-may-write",
    Level::Warning,
    include_str!("everyone-may-write.md"),
    Phase::Meaning(check),
);

/// Groups that hold people or programs which have nothing to do with the application, in SDDL.
const WIDE: [&str; 9] = ["WD", "BU", "AU", "BG", "AN", "IU", "NU", "DU", "DG"];

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(written) = Written::of(document) else {
        return;
    };
    for (entry, place) in written.sddl.entries() {
        let rights = entry.rights;
        let changes = rights.can_write() || rights.can_delete() || rights.can_give_rights();
        if entry.kind != Kind::Allow || !changes || !is_wide(&entry.trustee) {
            continue;
        }
        let who = entry.trustee.name();
        let less = Rights::READ_AND_RUN.to_string();
        let problem = RULE
            .problem(format!("`access.sddl` lets {who} change the application"))
            .at(written.span(&place.rights), entry.what())
            .help(format!("write `{less}`: read and run"));
        sink.push(written.offer(problem, "grant reading alone", &place.rights, &less));
    }
}

fn is_wide(trustee: &Trustee) -> bool {
    let of_iis = [Trustee::IIS_IUSRS, Trustee::IUSR];
    WIDE.contains(&trustee.sddl()) || of_iis.contains(trustee)
}
