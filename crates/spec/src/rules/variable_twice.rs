//! No variable is set twice in spellings that Windows does not tell apart.

use std::collections::BTreeMap;

use super::{Document, Phase, Rule, Sink};
use crate::model::VariableName;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    803,
    "variable-twice",
    include_str!("variable-twice.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    judge(document, sink, "environment", spec.environment.keys());
    judge(document, sink, "secrets", spec.secrets.keys());
}

fn judge<'a>(
    document: &Document<'_>,
    sink: &mut Sink,
    section: &str,
    names: impl Iterator<Item = &'a VariableName>,
) {
    let key = KeyPath::of(section);
    let mut written: Vec<_> = names
        .map(|name| {
            let place = key.key(name.as_str());
            let span = document.tree.key_span(&place);
            (span.unwrap_or_else(|| document.tree.place(&place)), name)
        })
        .collect();
    // The model has the names by alphabet; the one further down in the file is the second.
    written.sort();
    let mut seen = BTreeMap::new();
    for (span, name) in written {
        let Some((first, other)) = seen.insert(name.as_str().to_uppercase(), (span, name)) else {
            continue;
        };
        let problem = RULE
            .problem(format!("the variable `{name}` is set twice"))
            .at(span, format!("Windows does not tell it from `{other}`"))
            .with(first, "before here")
            .help("keep one of the two");
        sink.push(problem);
    }
}
