//! No static path is written twice in spellings that IIS does not tell apart.

use std::collections::BTreeMap;

use super::{Document, Phase, Rule, Sink};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    604,
    "duplicate-mount",
    include_str!("duplicate-mount.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let mut written: Vec<_> = document
        .spec
        .static_files
        .keys()
        .map(|mount| {
            let place = KeyPath::of("static").key(mount.as_str());
            let span = document.tree.key_span(&place);
            (span.unwrap_or_else(|| document.tree.place(&place)), mount)
        })
        .collect();
    // The model has the paths by alphabet; the one further down in the file is the second.
    written.sort();
    let mut seen = BTreeMap::new();
    for (span, mount) in written {
        let Some((first, other)) = seen.insert(mount.as_str().to_lowercase(), (span, mount)) else {
            continue;
        };
        let problem = RULE
            .problem(format!("the static path `{mount}` is written twice"))
            .at(span, format!("IIS does not tell it from `{other}`"))
            .with(first, "before here")
            .help("rename one of the two");
        sink.push(problem);
    }
}
