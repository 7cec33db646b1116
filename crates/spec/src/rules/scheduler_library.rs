//! The application runs no jobs of its own.

use super::asked_library::{asked, names};
use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::pysource::Concern;

pub(crate) static RULE: Rule = Rule::advice(
    242,
    "scheduler-library",
    Level::Warning,
    include_str!("scheduler-library.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let found = asked(document, |concern| concern == Concern::Scheduler);
    let Some(first) = found.first() else {
        return;
    };
    let problem = RULE
        .problem("IIS starts and ends the processes that jobs would run in")
        .at(
            first.place,
            format!("{} runs jobs in each of them", names(&found)),
        )
        .asked_by(&found)
        .help("run the jobs by a Windows service or a scheduled task");
    sink.push(problem);
}
