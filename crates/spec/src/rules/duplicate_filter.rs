//! No name is filtered twice in spellings that IIS does not tell apart.

use std::collections::BTreeMap;

use super::{Document, Phase, Rule, Sink};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    613,
    "duplicate-filter",
    include_str!("duplicate-filter.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let filtering = &document.spec.request_filtering;
    let segments = [
        ("show-segments", &filtering.show_segments),
        ("hide-segments", &filtering.hide_segments),
    ];
    let mut names: Vec<_> = segments
        .into_iter()
        .flat_map(|(key, list)| placed(key, list.iter().map(|segment| segment.as_str())))
        .collect();
    let extensions = filtering.allow_extensions.iter();
    let extensions = extensions.map(|extension| extension.as_str());
    names.extend(placed("allow-extensions", extensions));
    let mut seen = BTreeMap::new();
    for (name, place) in names {
        let group = place.begins_with("request-filtering.allow-extensions");
        let span = document.tree.place(&place);
        let Some(first) = seen.insert((group, name.to_lowercase()), span) else {
            continue;
        };
        let problem = RULE
            .problem(format!("`{name}` is filtered twice"))
            .at(span, "again here")
            .with(first, "before here")
            .help("remove one of the two");
        sink.push(problem);
    }
}

fn placed<'a>(
    key: &str,
    names: impl Iterator<Item = &'a str>,
) -> impl Iterator<Item = (&'a str, KeyPath)> {
    let key = KeyPath::of("request-filtering").key(key);
    let names = names.enumerate();
    names.map(move |(index, name)| (name, key.index(index)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::found;

    #[test]
    fn segments_and_extensions_are_two_kinds_of_names() {
        for (lists, expected) in [
            ("show-segments: [bin], hide-segments: [BIN]", 1),
            ("allow-extensions: [.cfg, .CFG]", 1),
            ("allow-extensions: [.cfg], hide-segments: [.cfg]", 0),
        ] {
            let rest = format!("request-filtering: {{{lists}}}");
            assert_eq!(found(&RULE, &rest).len(), expected, "{lists}");
        }
    }
}
