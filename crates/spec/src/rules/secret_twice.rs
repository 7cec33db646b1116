//! A variable has its value from one place.

use super::{Document, Phase, Rule, Sink};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    807,
    "secret-twice",
    include_str!("secret-twice.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let span = |section: &str, name: &str| {
        let place = KeyPath::of(section).key(name);
        let span = document.tree.key_span(&place);
        span.unwrap_or_else(|| document.tree.place(&place))
    };
    for secret in document.spec.secrets.keys() {
        let mut names = document.spec.environment.keys();
        // Windows does not tell `Api_Key` from `API_KEY`.
        let same = names.find(|name| name.as_str().eq_ignore_ascii_case(secret.as_str()));
        let Some(name) = same else {
            continue;
        };
        let problem = RULE
            .problem(format!("`{name}` is set in `environment` and in `secrets`"))
            .at(
                span("environment", name.as_str()),
                "this value ends up in `Web.config`",
            )
            .with(span("secrets", secret.as_str()), "and here it is a secret")
            .help("keep the one in `secrets`");
        sink.push(problem);
    }
}
