//! No address of a site is written twice.

use std::collections::BTreeMap;

use super::{Document, Phase, Rule, Sink};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    502,
    "duplicate-binding",
    include_str!("duplicate-binding.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let key = KeyPath::of("site.bindings");
    let mut seen = BTreeMap::new();
    for (index, binding) in document.spec.site.bindings.iter().enumerate() {
        let span = document.tree.place(&key.index(index));
        let information = binding.information();
        let Some(first) = seen.insert(information.to_lowercase(), span) else {
            continue;
        };
        let problem = RULE
            .problem(format!("the address `{information}` is written twice"))
            .at(span, "again here")
            .with(first, "first here")
            .help("remove one of the two, or give it another port or host");
        sink.push(problem);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::found;

    #[test]
    fn a_port_belongs_to_one_protocol() {
        let print = "0123456789abcdef0123456789abcdef01234567";
        let rest = format!(
            "site: {{bindings: [{{port: 443}}, {{certificate: {{thumbprint: {print}}}}}, {{port: 8443}}]}}"
        );
        assert_eq!(
            found(&RULE, &rest),
            ["the address `*:443:` is written twice"]
        );
    }
}
