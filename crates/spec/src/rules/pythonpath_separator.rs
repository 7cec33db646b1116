//! Folders of `python.pythonpath` can be told apart once they stand in one text.

use super::{Document, Phase, Rule, Sink};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    206,
    "pythonpath-separator",
    include_str!("pythonpath-separator.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let key = KeyPath::of("python.pythonpath");
    for (index, path) in document.spec.python.pythonpath.iter().enumerate() {
        let Some(at) = path.as_str().find(';') else {
            continue;
        };
        let place = key.index(index);
        let problem = RULE
            .problem(format!("`{place}` has a `;` in it"))
            .at(
                document.part(&place, at..at + 1),
                "ends a folder in `PYTHONPATH`",
            )
            .help("write each folder as an item of its own, or rename this one");
        sink.push(problem);
    }
}
