//! Keys that only the gateway understands are not given to wfastcgi.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::model::{AppSpec, BridgeKind};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    305,
    "bridge-lacks",
    Level::Error,
    include_str!("bridge-lacks.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    if document.spec.bridge.kind != BridgeKind::Wfastcgi {
        return;
    }
    for (keys, asks) in own_keys(document.spec) {
        let place = KeyPath::of(keys);
        let Some(span) = document.tree.key_span(&place).filter(|_| asks) else {
            continue;
        };
        let problem = RULE
            .problem(format!("wfastcgi knows nothing of `{keys}`"))
            .at(span, "only the gateway does")
            .with(
                document.tree.place(&KeyPath::of("bridge.kind")),
                "the bridge",
            )
            .help("write `kind: gateway`, or remove the key");
        sink.push(problem);
    }
}

/// The keys of the gateway, and whether the value asks for something that wfastcgi does not do anyway.
fn own_keys(spec: &AppSpec) -> [(&'static str, bool); 8] {
    [
        (
            "python.dll-directories",
            !spec.python.dll_directories.is_empty(),
        ),
        ("secrets", !spec.secrets.is_empty()),
        (
            "authentication.strip-domain",
            spec.authentication.strip_domain,
        ),
        ("proxies.trusted", !spec.proxies.trusted.is_empty()),
        ("proxies.headers", true),
        ("log.level", true),
        ("log.max-size", true),
        ("log.keep", true),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::found;

    #[test]
    fn every_key_of_the_gateway_is_told() {
        let rest = r"
  dll-directories: [D:\oracle]
bridge: {kind: wfastcgi}
secrets: {A: {file: D:\a.txt}}
authentication: {strip-domain: true}
proxies: {trusted: [10.0.0.1], headers: forwarded}
log: {file: D:\logs\a.log, level: debug, max-size: 0B, keep: 1}
";
        assert_eq!(found(&RULE, rest.trim_start_matches('\n')).len(), 8);
    }

    #[test]
    fn a_key_that_asks_for_nothing_is_fine() {
        let rest = r"
bridge: {kind: wfastcgi}
secrets: {}
authentication: {strip-domain: false}
proxies: {trusted: [], original-url: false}
log: {file: D:\logs\a.log}
restart: {include: ['**/*.py']}
";
        assert_eq!(found(&RULE, rest), Vec::<String>::new());
    }
}
