//! Every code of the descriptor is one that the target's Windows knows.

use std::ops::Range;

use super::descriptor::Written;
use super::runner::{runners, windows};
use super::{Document, Phase, Rule, Sink};
use crate::sddl::Trustee;
use crate::target::Target;

pub(crate) static RULE: Rule = Rule::error(
    703,
    "sddl-unknown-account",
    include_str!("sddl-unknown-account.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(written) = Written::of(document) else {
        return;
    };
    let mut oldest: Vec<Target> = document.spec.targets.clone();
    oldest.sort();
    let Some(target) = oldest.into_iter().find(|it| is_refused_by(&written, *it)) else {
        return;
    };
    let version = windows(target).map_or("this Windows", |windows| windows.name());
    for (trustee, place) in unknown(&written, target) {
        let message = format!(
            "{version} knows no account `{}`, and refuses the descriptor",
            written.slice(&place)
        );
        let label = format!("{} came with {}", trustee.name(), trustee.since().name());
        let problem = RULE
            .problem(message)
            .at(written.span(&place), label)
            .help(way_out(document, trustee, target));
        sink.push(problem);
    }
}

/// True if the Windows of a target refuses the descriptor for a code in it.
pub(super) fn is_refused_by(written: &Written<'_>, target: Target) -> bool {
    unknown(written, target).next().is_some()
}

/// Those whom the Windows of a target does not know by the code that stands there. It takes any SID.
fn unknown<'a>(
    written: &'a Written<'_>,
    target: Target,
) -> impl Iterator<Item = (&'a Trustee, Range<usize>)> {
    written.sddl.trustees().filter(move |(trustee, place)| {
        let too_new = windows(target).is_some_and(|windows| trustee.since() > windows);
        too_new && written.slice(place).len() == 2
    })
}

fn way_out(document: &Document<'_>, trustee: &Trustee, target: Target) -> String {
    let only = document.spec.targets.as_slice() == [target];
    let runner = runners(document.spec).into_iter().next();
    let own = runner.and_then(|runner| Some((runner.own?, runner.name)));
    match (trustee, own) {
        (trustee, Some((own, name))) if only && *trustee == Trustee::IIS_IUSRS => {
            format!(
                "write `{}`, {name}, which the application runs as",
                own.sddl()
            )
        }
        (Trustee::Sid(sid), _) => format!("write the SID, `{sid}`"),
        (Trustee::Local(_), _) => "remove the entry".to_owned(),
    }
}
