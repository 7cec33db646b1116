//! What the application writes does not restart it.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::syntax::KeyPath;
use crate::watch::Watch;

pub(crate) static RULE: Rule = Rule::advice(
    213,
    "watched-writable",
    Level::Warning,
    include_str!("watched-writable.md"),
    Phase::Meaning(check),
);

/// Names of files as applications write them: data, uploads, caches. Code is not among them.
const DATA: [&str; 12] = [
    "x.txt",
    "x.json",
    "x.xml",
    "x.csv",
    "x.png",
    "x.pdf",
    "x.db",
    "x.sqlite3",
    "x.log",
    "x.tmp",
    "x.pickle",
    "x",
];

fn check(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    let Some(watch) = spec.restart.as_ref().and_then(Watch::of) else {
        return;
    };
    for (index, folder) in spec.access.writable.iter().enumerate() {
        let Some(folder) = folder.below(&spec.root) else {
            continue;
        };
        let written: Vec<String> = DATA
            .iter()
            .map(|name| format!(r"{folder}\{name}"))
            .collect();
        let names: Vec<&str> = written.iter().map(String::as_str).collect();
        let Some(matching) = watch.first(&names) else {
            continue;
        };
        let globs = folder.replace('\\', "/");
        let help = match watch.is_pattern() {
            true => format!(
                "write file patterns, with `exclude: [\"{globs}/**\"]`, or move the folder out of the root"
            ),
            false => format!("add `{globs}/**` to `exclude`, or move the folder out of the root"),
        };
        let place = KeyPath::of("access.writable").index(index);
        let problem = RULE
            .problem("what the application writes restarts it")
            .at(
                document.tree.place(&watch.culprit(matching)),
                format!("matches `{matching}`"),
            )
            .with(document.tree.place(&place), "the application writes here")
            .help(help);
        sink.push(problem);
    }
}
