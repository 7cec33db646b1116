//! The URLs of a spec have no part that request filtering hides.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::model::{RequestFiltering, Segment};
use crate::syntax::KeyPath;
use crate::target::Feature;

pub(crate) static RULE: Rule = Rule::advice(
    601,
    "hidden-url",
    Level::Warning,
    include_str!("hidden-url.md"),
    Phase::Meaning(check),
);

/// What IIS hides with ASP.NET installed; section 2.7 of the IIS fact sheet.
const STOCK: [&str; 8] = [
    "web.config",
    "bin",
    "App_Code",
    "App_GlobalResources",
    "App_LocalResources",
    "App_WebReferences",
    "App_Data",
    "App_Browsers",
];

fn check(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    let filters = |target: &crate::Target| target.has(Feature::Schema);
    if !spec.targets.iter().any(filters) {
        return;
    }
    let mounts = spec.static_files.keys().map(|mount| {
        let place = KeyPath::of("static").key(mount.as_str());
        (mount, document.tree.key_span(&place))
    });
    let path = document.tree.at(&KeyPath::of("site.path"));
    let own = (&spec.site.path, path.map(|node| node.span));
    for (path, span) in mounts.chain([own]) {
        let mut segments = path.as_str().split('/');
        let hidden = segments.find_map(|name| Some((name, hidden(&spec.request_filtering, name)?)));
        let (Some((name, help)), Some(span)) = (hidden, span) else {
            continue;
        };
        let problem = RULE
            .problem(format!("IIS hides `{path}`"))
            .at(span, format!("answers URLs with `{name}` with 404.8"))
            .help(help);
        sink.push(problem);
    }
}

/// What to do about a name that is hidden.
fn hidden(filtering: &RequestFiltering, name: &str) -> Option<String> {
    let is = |other: &str| other.eq_ignore_ascii_case(name);
    let has = |list: &[Segment]| list.iter().any(|segment| is(segment.as_str()));
    if has(&filtering.hide_segments) {
        return Some(format!(
            "remove `{name}` from `request-filtering.hide-segments`, or take another path"
        ));
    }
    let stock = STOCK.into_iter().any(is) && !has(&filtering.show_segments);
    stock
        .then(|| format!("add `{name}` to `request-filtering.show-segments`, or take another path"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::found;

    #[test]
    fn whole_segments_are_hidden_in_any_case() {
        for (rest, expected) in [
            ("site: {path: /shop/BIN}", 1),
            ("site: {path: /binary}", 0),
            ("static: {/a/app_data: {folder: x}}", 1),
            (
                "static: {/x: {folder: bin}}\nrequest-filtering: {hide-segments: [X]}",
                1,
            ),
            (
                "static: {/bin: {folder: x}}\nrequest-filtering: {show-segments: [Bin]}",
                0,
            ),
            ("site: {path: /bin}\ntargets: [iis6]", 0),
        ] {
            assert_eq!(found(&RULE, rest).len(), expected, "{rest}");
        }
    }
}
