//! What `fcgiext.ini` of IIS 6 cannot say about environment variables.

use super::{Document, Phase, Rule, Sink};
use crate::syntax::KeyPath;
use crate::target::Target;

pub(crate) static RULE: Rule = Rule::error(
    9001,
    "iis6-environment",
    include_str!("iis6-environment.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    if !document.spec.targets.contains(&Target::Iis6) {
        return;
    }
    for (name, value) in &document.spec.environment {
        let (part, label) = match value.find('"') {
            Some(at) => (at..at + 1, "no escape for this is known"),
            None if value.is_empty() => (0..0, "no value"),
            None => continue,
        };
        let place = KeyPath::of("environment").key(name.as_str());
        let span = document.part(&place, part);
        let problem = RULE
            .problem(format!("IIS 6 cannot set `{name}` to this value"))
            .at(span, label)
            .help("change the value, or remove `iis6` from `targets`");
        sink.push(problem);
    }
}
