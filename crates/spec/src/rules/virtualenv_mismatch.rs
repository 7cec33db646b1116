//! The interpreter is the one of the virtual environment.

use super::{Document, Phase, Rule, Sink};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    204,
    "virtualenv-mismatch",
    include_str!("virtualenv-mismatch.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let python = &document.spec.python;
    let Some(virtualenv) = &python.virtualenv else {
        return;
    };
    let interpreter = &python.interpreter;
    if interpreter.problem().is_some() || virtualenv.problem().is_some() {
        return;
    }
    let folder = interpreter.parent();
    if folder.is_some_and(|folder| folder.is_within(virtualenv)) {
        return;
    }
    let own = virtualenv.join(r"Scripts\python.exe");
    let problem = RULE
        .problem("the interpreter is not that of the virtual environment")
        .at(
            document.tree.place(&KeyPath::of("python.interpreter")),
            "starts without its packages",
        )
        .with(
            document.tree.place(&KeyPath::of("python.virtualenv")),
            "the virtual environment",
        )
        .help(format!("write `{own}`, or remove `virtualenv`"));
    sink.push(problem);
}
