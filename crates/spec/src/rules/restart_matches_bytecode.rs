//! Starting the application does not restart it.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::watch::Watch;

pub(crate) static RULE: Rule = Rule::advice(
    214,
    "restart-matches-bytecode",
    Level::Warning,
    include_str!("restart-matches-bytecode.md"),
    Phase::Meaning(check),
);

/// What Python writes beside a module when it is first imported.
const CACHES: [&str; 2] = [
    r"__pycache__\x.cpython-312.pyc",
    r"shop\__pycache__\x.cpython-312.pyc",
];

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(watch) = document.spec.restart.as_ref().and_then(Watch::of) else {
        return;
    };
    let Some(matching) = watch.first(&CACHES) else {
        return;
    };
    let pattern = document
        .spec
        .restart
        .as_ref()
        .and_then(|restart| restart.pattern.as_ref());
    let help = match pattern {
        Some(pattern) if ends_too_early(pattern.as_str()) => {
            format!("end it with `$`: `{}$`", pattern.as_str())
        }
        Some(_) => "name the extensions of code alone, such as `.*\\.py$`".to_owned(),
        None => "add `**/__pycache__/**` to `exclude`".to_owned(),
    };
    let problem = RULE
        .problem("each import of changed code restarts the application once more")
        .at(
            document.tree.place(&watch.culprit(matching)),
            "matches the `.pyc` files of `__pycache__`",
        )
        .help(help);
    sink.push(problem);
}

/// True for a pattern that no longer matches byte code once it ends with `$`.
fn ends_too_early(pattern: &str) -> bool {
    let closed = crate::pyregex::Pattern::parse(&format!("{pattern}$"));
    !pattern.contains('|')
        && closed.is_ok_and(|closed| {
            CACHES
                .iter()
                .all(|cache| closed.matches_start(cache) == Some(false))
        })
}
