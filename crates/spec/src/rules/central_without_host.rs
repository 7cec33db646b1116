//! A certificate of the central store is found by a host name.

use super::{Document, Phase, Rule, Sink};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    503,
    "central-without-host",
    include_str!("central-without-host.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    for (index, binding) in document.spec.site.bindings.iter().enumerate() {
        let certificate = binding.certificate.as_ref();
        if binding.host.is_some() || certificate.is_none_or(|it| !it.central) {
            continue;
        }
        let place = KeyPath::of("site.bindings")
            .index(index)
            .key("certificate")
            .key("central");
        let problem = RULE
            .problem("the central store needs a host name")
            .at(
                document.tree.place(&place),
                "certificates are found by host name",
            )
            .help("add the `host` of the binding");
        sink.push(problem);
    }
}
