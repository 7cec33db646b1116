//! Accounts whose codes are taken for those of others.

use super::descriptor::Written;
use super::runner::runners;
use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::sddl::{Acl, Entry, Kind, Trustee};
use crate::target::Target;

pub(crate) static RULE: Rule = Rule::advice(
    709,
    "sddl-mix-up",
    Level::Warning,
    include_str!("sddl-mix-up.md"),
    Phase::Meaning(check),
);

/// A code, what it stands for, and what people mean by it (section 9.2 of the IIS fact sheet).
struct MixUp {
    code: &'static str,
    is: &'static str,
    meant: &'static str,
}

const VISITORS: MixUp = MixUp {
    code: "IU",
    is: "whoever is logged on at the server's own screen",
    meant: "IUSR, the anonymous visitors",
};

const SERVICE: MixUp = MixUp {
    code: "NU",
    is: "whoever comes over the network",
    meant: "the account that the application runs as",
};

const SYSTEM: MixUp = MixUp {
    code: "SA",
    is: "Schema Admins, a group of a domain",
    meant: "the system",
};

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(written) = Written::of(document) else {
        return;
    };
    let own = runners(document.spec).into_iter().find_map(|it| it.own);
    let has_iusr = document.spec.targets.iter().any(|it| *it > Target::Iis6);
    for (entry, place) in written.sddl.entries() {
        let known = [
            (VISITORS, has_iusr.then_some(Trustee::IUSR)),
            (SERVICE, own.clone()),
            (SYSTEM, Some(Trustee::SYSTEM)),
        ];
        let mut known = known.into_iter();
        let Some((mix_up, right)) = known.find(|(mix_up, _)| is(entry, mix_up)) else {
            continue;
        };
        let MixUp { code, is, meant } = mix_up;
        let problem = RULE
            .problem(format!("`{code}` is {is}"))
            .at(written.span(&place.trustee), "");
        let Some(right) = right else {
            sink.push(problem.help(format!("write the SID of {meant}")));
            continue;
        };
        let problem = problem.help(format!("write `{}` for {meant}", right.sddl()));
        sink.push(written.offer(problem, "name who is meant", &place.trustee, right.sddl()));
    }
}

fn is(entry: &Entry, mix_up: &MixUp) -> bool {
    entry.kind == Kind::Allow && entry.trustee.sddl() == mix_up.code
}

/// True if the application's own entry names somebody else by a slip.
pub(super) fn has_service_mix_up(list: &Acl) -> bool {
    list.entries.iter().any(|entry| is(entry, &SERVICE))
}
