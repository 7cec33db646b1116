//! What IIS 6 reads in the code page of the server.

use super::{Document, Phase, Rule, Sink, windows_path};
use crate::syntax::KeyPath;
use crate::target::Target;

pub(crate) static RULE: Rule = Rule::error(
    9003,
    "iis6-ascii",
    include_str!("iis6-ascii.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    if !document.spec.targets.contains(&Target::Iis6) {
        return;
    }
    for (place, path) in windows_path::paths(document.spec) {
        if path.problem().is_some() {
            continue;
        }
        // The name of the log stands in `Web.config` alone, which only the gateway reads, as UTF-8.
        let folder = (place == KeyPath::of("log.file")).then(|| path.parent());
        let read = folder.flatten().unwrap_or_else(|| path.clone());
        judge(document, sink, &place, read.as_str());
    }
    for (name, value) in &document.spec.environment {
        let place = KeyPath::of("environment").key(name.as_str());
        judge(document, sink, &place, value);
    }
}

fn judge(document: &Document<'_>, sink: &mut Sink, place: &KeyPath, text: &str) {
    // Control characters have a rule of their own on every target.
    let strange = |c: &char| !c.is_ascii() && !c.is_control();
    let Some((at, c)) = text.char_indices().find(|(_, c)| strange(c)) else {
        return;
    };
    let problem = RULE
        .problem(format!("IIS 6 would misread `{place}`"))
        .at(document.part(place, at..at + c.len_utf8()), "not ASCII")
        .help("write it in ASCII, or remove `iis6` from `targets`");
    sink.push(problem);
}
