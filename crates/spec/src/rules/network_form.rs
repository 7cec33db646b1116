//! Networks of trusted proxies are networks.

use std::net::IpAddr;

use super::{Document, Phase, Rule, Sink};
use crate::diag::Fix;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    402,
    "network-form",
    include_str!("network-form.md"),
    Phase::Meaning(check),
);

/// What is wrong with a network.
#[derive(Debug, PartialEq, Eq)]
enum Problem {
    /// The part before the prefix is no address.
    Address,
    /// More bits than the address has, which is that many.
    Prefix(u8),
    /// The address has bits behind the prefix; the network without them.
    HostBits(String),
}

fn check(document: &Document<'_>, sink: &mut Sink) {
    for (index, network) in document.spec.proxies.trusted.iter().enumerate() {
        let Some(problem) = problem(network.as_str()) else {
            continue;
        };
        let span = document
            .tree
            .place(&KeyPath::of("proxies.trusted").index(index));
        let found = RULE.problem(format!("`{network}` is not a network"));
        sink.push(match problem {
            Problem::Address => found
                .at(span, "no IP address")
                .help("write four numbers from 0 to 255 without leading zeros, or an IPv6 address"),
            Problem::Prefix(bits) => found
                .at(span, format!("the address has {bits} bits"))
                .help(format!("write a number from 1 to {bits} behind the `/`")),
            Problem::HostBits(network) => found
                .at(span, "the address of one machine, and a network")
                .help(format!("write `{network}`, or the address without `/`"))
                .fix(Fix::to_review(format!("write `{network}`"), span, network)),
        });
    }
}

fn problem(text: &str) -> Option<Problem> {
    let (address, prefix) = match text.split_once('/') {
        Some((address, prefix)) => (address, Some(prefix)),
        None => (text, None),
    };
    let Ok(address) = address.parse::<IpAddr>() else {
        return Some(Problem::Address);
    };
    let prefix = prefix?;
    let bits = if address.is_ipv4() { 32 } else { 128 };
    let Some(length) = prefix.parse::<u8>().ok().filter(|length| *length <= bits) else {
        return Some(Problem::Prefix(bits));
    };
    let network = network(address, length);
    (network != address).then(|| Problem::HostBits(format!("{network}/{length}")))
}

/// The address with zeros behind its first `length` bits.
fn network(address: IpAddr, length: u8) -> IpAddr {
    match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(length)).unwrap_or(0);
            IpAddr::V4((address.to_bits() & mask).into())
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(length)).unwrap_or(0);
            IpAddr::V6((address.to_bits() & mask).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_networks_are_fine() {
        for text in [
            "10.0.0.5",
            "10.0.0.5/32",
            "10.0.0.0/8",
            "0.0.0.0/0",
            "::1",
            "::/0",
            "fd00::/8",
            "::ffff:10.0.0.5",
            "2001:db8::1/128",
        ] {
            assert_eq!(problem(text), None, "{text}");
        }
    }

    #[test]
    fn each_slip_is_told_apart() {
        let bits = |network: &str| Problem::HostBits(network.to_owned());
        for (text, expected) in [
            ("10.0.0.256", Problem::Address),
            ("010.0.0.1", Problem::Address),
            ("1::2::3", Problem::Address),
            (":", Problem::Address),
            ("10.0.0.0/33", Problem::Prefix(32)),
            ("fd00::/129", Problem::Prefix(128)),
            ("fd00::/999", Problem::Prefix(128)),
            ("10.0.0.5/8", bits("10.0.0.0/8")),
            ("10.0.0.5/0", bits("0.0.0.0/0")),
            ("10.0.0.5/31", bits("10.0.0.4/31")),
            ("fd00::1/8", bits("fd00::/8")),
        ] {
            assert_eq!(problem(text), Some(expected), "{text}");
        }
    }
}
