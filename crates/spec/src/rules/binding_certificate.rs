//! A certificate is named in one way.

use super::{Document, Phase, Rule, Sink};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    501,
    "binding-certificate",
    include_str!("binding-certificate.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    for (index, binding) in document.spec.site.bindings.iter().enumerate() {
        let Some(certificate) = &binding.certificate else {
            continue;
        };
        let place = KeyPath::of("site.bindings").index(index).key("certificate");
        let tree = document.tree;
        sink.push(
            match (certificate.thumbprint.is_some(), certificate.central) {
                (false, false) => RULE
                    .problem("the certificate is not named")
                    .at(
                        tree.key_span(&place).unwrap_or_else(|| tree.place(&place)),
                        "neither `thumbprint` nor `central`",
                    )
                    .help("add the `thumbprint` of the certificate, or `central: true`"),
                (true, true) => RULE
                    .problem("the certificate is named twice")
                    .at(
                        tree.place(&place.key("thumbprint")),
                        "the central store goes by host names",
                    )
                    .with(tree.place(&place.key("central")), "")
                    .help("remove `thumbprint` or `central`"),
                (true, false) | (false, true) => continue,
            },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::found;

    #[test]
    fn both_names_are_one_too_many() {
        let print = "0123456789abcdef0123456789abcdef01234567";
        let rest = format!(
            "site: {{bindings: [{{host: a, certificate: {{thumbprint: {print}, central: true}}}}]}}"
        );
        assert_eq!(found(&RULE, &rest), ["the certificate is named twice"]);
    }
}
