//! Processes do not share a log file that is renamed.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::pysource::rotating_handlers;

pub(crate) static RULE: Rule = Rule::advice(
    244,
    "rotating-log",
    Level::Warning,
    include_str!("rotating-log.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(evidence) = &document.evidence else {
        return;
    };
    if document.spec.process.max_instances == 1 && document.spec.pool.max_processes == 1 {
        return;
    }
    let modules = evidence.modules().iter();
    let found: Vec<_> = modules
        .flat_map(|module| {
            rotating_handlers(module)
                .into_iter()
                .map(move |it| (module, it))
        })
        .collect();
    let Some((first, _)) = found.first() else {
        return;
    };
    let problem = RULE
        .problem(format!(
            "several processes rotate the log of `{}`",
            first.source.name()
        ))
        .at(document.handler_place(), "runs in more than one process");
    let problem = found.iter().fold(problem, |problem, (module, (span, _))| {
        problem.also(&module.source, *span, "is set up here")
    });
    sink.push(
        problem.help("put `os.getpid()` into the file's name, so that each process has its own"),
    );
}
