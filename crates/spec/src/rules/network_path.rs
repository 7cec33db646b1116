//! An application on a share is read by an account that the other computer knows.

use std::ops::Range;

use super::runner::{identity, runners};
use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::model::{Identity, WinPath};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    222,
    "network-path",
    Level::Warning,
    include_str!("network-path.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let (spec, python) = (document.spec, &document.spec.python);
    let paths = [
        ("root", Some(&spec.root)),
        ("python.interpreter", Some(&python.interpreter)),
        ("python.base-interpreter", python.base_interpreter.as_ref()),
    ];
    let mut shares = paths
        .into_iter()
        .filter_map(|(key, path)| Some((key, share(path?)?)));
    let Some((key, part)) = shares.next() else {
        return;
    };
    let Some(runner) = runners(spec).into_iter().next() else {
        return;
    };
    let name = runner.name;
    let (message, help) = match identity(spec, runner.target) {
        Identity::SpecificUser => return,
        Identity::LocalService => (
            format!("`{key}` is on another computer, where `{name}` is nobody"),
            "set `pool.identity: specific-user`, to an account that may read the share",
        ),
        Identity::ApplicationPool | Identity::NetworkService | Identity::LocalSystem => (
            format!("`{key}` is on another computer, which does not know `{name}`"),
            "let the server's own account, such as `EXAMPLE\\WEB01$`, read the share and its folders, or set `pool.identity: specific-user`",
        ),
    };
    let place = |key, part| document.part(&KeyPath::of(key), part);
    let label = match identity(spec, runner.target) == Identity::LocalService {
        true => "asked for without a name",
        false => "asked for as the account of the web server",
    };
    let mut problem = RULE.problem(message).at(place(key, part), label).help(help);
    for (key, part) in shares {
        problem = problem.with(place(key, part), "this too");
    }
    sink.push(problem);
}

/// The server and the share that a path begins with.
fn share(path: &WinPath) -> Option<Range<usize>> {
    let names = path.as_str().strip_prefix(r"\\")?;
    path.problem().is_none().then_some(())?;
    let length: usize = names.split('\\').take(2).map(|name| name.len() + 1).sum();
    Some(0..length + 1)
}
