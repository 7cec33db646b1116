//! The well-known ports speak their own protocol.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    518,
    "port-protocol",
    Level::Warning,
    include_str!("port-protocol.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    for (index, binding) in document.spec.site.bindings.iter().enumerate() {
        let (label, help) = match (binding.port(), binding.protocol()) {
            (443, "http") => (
                "browsers expect `https` here",
                "add a `certificate`, or write another port",
            ),
            (80, "https") => (
                "browsers expect plain `http` here",
                "write port 443, or remove `certificate`",
            ),
            _ => continue,
        };
        let (port, protocol) = (binding.port(), binding.protocol());
        let place = KeyPath::of("site.bindings").index(index).key("port");
        let problem = RULE
            .problem(format!("port {port} would speak `{protocol}`"))
            .at(document.tree.place(&place), label)
            .help(help);
        sink.push(problem);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::found;

    #[test]
    fn a_certificate_on_port_80_is_told() {
        let print = "0123456789abcdef0123456789abcdef01234567";
        let rest = |port: u16| {
            format!("site: {{bindings: [{{port: {port}, certificate: {{thumbprint: {print}}}}}]}}")
        };
        assert_eq!(found(&RULE, &rest(80)), ["port 80 would speak `https`"]);
        assert!(found(&RULE, &rest(8443)).is_empty());
    }
}
