//! The descriptor of the root lets the application in.

use super::descriptor::Written;
use super::runner::{Runner, is_account_of_iis, runners};
use super::{Document, Phase, Rule, Sink, sddl_grants_nothing, sddl_mix_up, sddl_unknown_account};
use crate::diag::{Diagnostic, Level};
use crate::sddl::{Acl, Entry, EntryPlaces, Inheritance, Kind, Place, Rights, Trustee};

pub(crate) static RULE: Rule = Rule::advice(
    702,
    "sddl-identity",
    Level::Warning,
    include_str!("sddl-identity.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(written) = Written::of(document) else {
        return;
    };
    let Some((list, _)) = written.list() else {
        return;
    };
    if sddl_grants_nothing::is_closed(list) || sddl_mix_up::has_service_mix_up(list) {
        return;
    }
    let spec = document.spec;
    // Whoever lists and reads the files needs to run only what lies among them.
    let needed = match spec.python.interpreter.is_within(&spec.root) {
        true => Rights::READ_AND_RUN,
        false => Rights::READ,
    };
    let all = runners(spec);
    let mut told: Vec<&str> = Vec::new();
    for runner in &all {
        let is_told = told.contains(&runner.name.as_str());
        if is_told || sddl_unknown_account::is_refused_by(&written, runner.target) {
            continue;
        }
        if let Some(problem) = judge(&written, list, runner, needed, &all) {
            told.push(&runner.name);
            sink.push(problem);
        }
    }
}

fn judge(
    written: &Written<'_>,
    list: &Acl,
    runner: &Runner,
    needed: Rights,
    all: &[Runner],
) -> Option<Diagnostic> {
    if enough(list, needed, |entry| runner.is_meant_by(entry)) {
        return None;
    }
    let name = &runner.name;
    let message = format!("`access.sddl` does not let `{name}` in");
    let problem = RULE.problem(message);
    let refusing = written.sddl.entries().find(|(entry, _)| {
        entry.kind == Kind::Deny && runner.is_meant_by(entry) && entry.rights.has_any(needed)
    });
    let granted = |entry: &Entry| entry.kind == Kind::Allow && runner.is_meant_by(entry);
    if let Some((_, place)) = refusing.filter(|_| enough(list, needed, granted)) {
        let label = format!("refuses what the application needs on {}", runner.target);
        let help = format!("remove `{}`", written.slice(&place.whole));
        return Some(problem.at(written.span(&place.whole), label).help(help));
    }
    let little = written.sddl.entries().find(|(entry, _)| granted(entry));
    if let Some((entry, place)) = little.filter(|_| list.protected) {
        return Some(too_little(problem, written, entry, place));
    }
    let stranger = written.sddl.entries().find(|(entry, _)| {
        entry.kind == Kind::Allow && is_account_of_iis(&entry.trustee) && !runner.is_meant_by(entry)
    });
    match stranger {
        Some((entry, place)) => Some(nobody(problem, written, runner, entry, place, all)),
        // What the parent folder lets in, nobody has told us.
        None if !list.protected => None,
        None => {
            let label = format!("the application runs as `{name}` on {}", runner.target);
            let whole = written.span(&written.sddl.places.descriptor);
            Some(problem.at(whole, label).help(add(runner)))
        }
    }
}

/// True if these entries of a list are enough for a root.
fn enough(list: &Acl, needed: Rights, counts: impl Fn(&Entry) -> bool) -> bool {
    let places = Place::ALL.into_iter();
    let mut rights = places.map(|place| list.rights(&counts, place));
    rights.all(|rights| rights.contains(needed))
}

fn too_little(
    problem: Diagnostic,
    written: &Written<'_>,
    entry: &Entry,
    place: &EntryPlaces,
) -> Diagnostic {
    let label = format!("grants only {}", entry.what());
    let better = Entry {
        rights: entry.rights | Rights::READ_AND_RUN,
        inheritance: Inheritance::EVERYWHERE,
        ..entry.clone()
    };
    let help = format!("write `{better}`");
    problem.at(written.span(&place.whole), label).help(help)
}

/// An entry was meant for the application, and names somebody that it does not run as.
fn nobody(
    problem: Diagnostic,
    written: &Written<'_>,
    runner: &Runner,
    entry: &Entry,
    place: &EntryPlaces,
    all: &[Runner],
) -> Diagnostic {
    let target = runner.target;
    let label = match entry.trustee == Trustee::IIS_IUSRS {
        true => format!("{target} has no such group"),
        false => format!("on {target} nobody runs as {}", entry.trustee.name()),
    };
    let problem = problem.at(written.span(&place.trustee), label);
    let is_needed = all.iter().any(|other| other.is_meant_by(entry));
    let Some(own) = runner.own.as_ref().filter(|_| !is_needed) else {
        return problem.help(add(runner));
    };
    let identity = match entry.trustee == Trustee::NETWORK_SERVICE {
        true => ", or set `pool.identity: network-service`",
        false => "",
    };
    let problem = problem.help(format!("write `{}` in its place{identity}", own.sddl()));
    let title = "grant it to the account that the application runs as";
    written.offer(problem, title, &place.trustee, own.sddl())
}

fn add(runner: &Runner) -> String {
    match &runner.own {
        Some(own) => format!("add `{}`", Entry::allow(own.clone(), Rights::READ_AND_RUN)),
        None => format!(
            "add `(A;OICI;0x1200a9;;;SID)` with the SID that `whoami /user` shows to `{}`",
            runner.name
        ),
    }
}
