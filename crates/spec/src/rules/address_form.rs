//! The address of a binding is one that a network card can have.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{Document, Phase, Rule, Sink};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    504,
    "address-form",
    include_str!("address-form.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    for (index, binding) in document.spec.site.bindings.iter().enumerate() {
        let address = &binding.address;
        if is_address(address.as_str()) {
            continue;
        }
        let place = KeyPath::of("site.bindings").index(index).key("address");
        let problem = RULE
            .problem(format!("`{address}` is not an IP address"))
            .at(document.tree.place(&place), "")
            .help("write `*`, four numbers from 0 to 255 without leading zeros, or an IPv6 address in brackets");
        sink.push(problem);
    }
}

fn is_address(text: &str) -> bool {
    let bare = text.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    match bare {
        Some(bare) => bare.parse::<Ipv6Addr>().is_ok(),
        None => text == "*" || text.parse::<Ipv4Addr>().is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_what_looks_like_them() {
        for text in ["*", "0.0.0.0", "10.0.0.5", "[::1]", "[fe80::10.0.0.5]"] {
            assert!(is_address(text), "{text}");
        }
        for text in ["256.0.0.1", "10.0.0.05", "[1::2::3]", "[:]", "[10.0.0.5]"] {
            assert!(!is_address(text), "{text}");
        }
    }
}
