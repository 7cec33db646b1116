//! The Python behind a virtual environment is named, so that its folder gets the permission it needs.

use super::private::private_part;
use super::pyvenv;
use super::runner::runners;
use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::model::WinPath;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    223,
    "base-interpreter-unknown",
    Level::Note,
    include_str!("base-interpreter-unknown.md"),
    Phase::Meaning(check),
);

/// Windows lets every user read what is installed here.
const READABLE: &str = r"C:\Program Files";

fn check(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    if spec.python.base_interpreter.is_some() || runners(spec).is_empty() {
        return;
    }
    let Some(home) = pyvenv::home(document) else {
        return;
    };
    let program = home.folder.join("python.exe");
    // The rule on interpreters of one person speaks about these; what lies in the root is granted with it.
    let is_settled = private_part(&program).is_some() || program.is_within(&spec.root);
    if is_settled || program.is_within(&WinPath::new(READABLE)) {
        return;
    }
    let interpreter = document.tree.place(&KeyPath::of("python.interpreter"));
    let problem = RULE
        .problem("set-up gives no permission for the Python behind the virtual environment")
        .at(interpreter, format!("launches `{program}`"))
        .also(&home.source, home.span, "the Python that it was made with")
        .help(format!("add `base-interpreter: {program}` below `python`"));
    sink.push(problem);
}
