//! Proxies that are trusted have addresses.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    401,
    "trusted-everyone",
    Level::Warning,
    include_str!("trusted-everyone.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    for (index, network) in document.spec.proxies.trusted.iter().enumerate() {
        let prefix = network.as_str().split_once('/').map(|(_, prefix)| prefix);
        if prefix.is_none_or(|prefix| prefix.parse::<u8>() != Ok(0)) {
            continue;
        }
        let place = KeyPath::of("proxies.trusted").index(index);
        let problem = RULE
            .problem(format!("`{network}` trusts every client as a proxy"))
            .at(document.tree.place(&place), "all addresses")
            .help("write the addresses of the proxies, such as `10.0.0.5`");
        sink.push(problem);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::found;

    #[test]
    fn every_way_to_write_all_addresses_is_found() {
        let rest = "proxies: {trusted: [0.0.0.0/00, '::/0', 10.0.0.0/8, 10.0.0.1]}";
        assert_eq!(found(&RULE, rest).len(), 2);
    }
}
