//! Who may send requests, as sections of `system.webServer/security/authentication`.

use super::Attributes;
use crate::plan::SignIn;

/// The sections, and what is set in each. An empty `userName` makes the pool's account of somebody without a name.
pub(super) fn sections(sign_in: &SignIn) -> Vec<(&'static str, Attributes)> {
    let enabled = |enabled: bool| ("enabled", enabled.to_string());
    let methods = sign_in.methods.as_ref();
    let mut anonymous: Attributes = methods
        .map(|it| enabled(it.anonymous))
        .into_iter()
        .collect();
    if sign_in.anonymous_is_pool {
        anonymous.push(("userName", String::new()));
    }
    let named = methods.map(|it| {
        [
            ("windowsAuthentication", vec![enabled(it.windows)]),
            ("basicAuthentication", vec![enabled(it.basic)]),
        ]
    });
    let first = [("anonymousAuthentication", anonymous)];
    first
        .into_iter()
        .chain(named.into_iter().flatten())
        .collect()
}

#[cfg(test)]
mod tests {
    use iisc_spec::Target;

    use crate::plan::planned;

    #[test]
    fn only_what_is_decided_is_set() {
        let told = |more| {
            let sections = planned(more, Target::Iis10).host.authentication;
            let told = sections.into_iter().map(|(name, set)| {
                let set = set
                    .into_iter()
                    .map(|(name, value)| format!(" {name}={value}"));
                format!("{name}{}", set.collect::<String>())
            });
            told.collect::<Vec<_>>()
        };
        assert!(told("").is_empty());
        let mount = r#", "static": {"/a": {"folder": "a"}}"#;
        assert_eq!(told(mount), ["anonymousAuthentication userName="]);
        assert_eq!(
            told(r#", "authentication": {"anonymous": false, "basic": true}"#),
            [
                "anonymousAuthentication enabled=false",
                "windowsAuthentication enabled=false",
                "basicAuthentication enabled=true",
            ]
        );
    }
}
