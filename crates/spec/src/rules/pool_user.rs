//! A pool that runs as an account knows the account, and another one does not.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Diagnostic;
use crate::model::{Identity, User};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    505,
    "pool-user",
    include_str!("pool-user.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let pool = &document.spec.pool;
    let specific = pool.identity == Some(Identity::SpecificUser);
    match (&pool.user, specific) {
        (None, true) => sink.push(nameless(document)),
        (Some(_), false) => sink.push(unused(document)),
        (Some(user), true) => password(document, sink, user),
        (None, false) => {}
    }
}

fn nameless(document: &Document<'_>) -> Diagnostic {
    let place = KeyPath::of("pool.identity");
    RULE.problem("the pool's account is not named")
        .at(document.tree.place(&place), "which one?")
        .help("add `user:` to `pool`, with the `name` of the account")
}

fn unused(document: &Document<'_>) -> Diagnostic {
    let (user, identity) = (KeyPath::of("pool.user"), KeyPath::of("pool.identity"));
    let span = document.tree.key_span(&user);
    let problem = RULE.problem("the pool does not run as `pool.user`").at(
        span.unwrap_or_else(|| document.tree.place(&user)),
        "needs `identity: specific-user`",
    );
    let written = document.tree.at(&identity);
    match written {
        Some(identity) => problem.with(identity.span, "the account that it runs as"),
        None => problem,
    }
    .help("write `identity: specific-user`, or remove `user`")
}

/// A group managed service account, whose name ends in `$`, has a password that nobody knows.
fn password(document: &Document<'_>, sink: &mut Sink, user: &User) {
    let managed = user.name.as_str().ends_with('$');
    let (key, message, label, help) = match (&user.password_from, managed) {
        (None, false) => (
            "pool.user.name",
            "the password of the pool's account is found nowhere",
            "has a password",
            "add `password-from` with the environment variable that holds it during set-up",
        ),
        (Some(_), true) => (
            "pool.user.password-from",
            "a managed service account has no password",
            "Windows keeps it to itself",
            "remove `password-from`",
        ),
        (None, true) | (Some(_), false) => return,
    };
    let place = KeyPath::of(key);
    let span = document.tree.place(&place);
    sink.push(RULE.problem(message).at(span, label).help(help));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::found;

    #[test]
    fn identity_account_and_password_go_together() {
        let user = r"user: {name: A\b, password-from: P}";
        for (pool, expected) in [
            (
                r"identity: specific-user",
                "the pool's account is not named",
            ),
            (user, "the pool does not run as `pool.user`"),
            (
                &format!("identity: network-service, {user}"),
                "the pool does not run as `pool.user`",
            ),
            (
                r"identity: specific-user, user: {name: A\b}",
                "the password of the pool's account is found nowhere",
            ),
            (
                r"identity: specific-user, user: {name: A\b$, password-from: P}",
                "a managed service account has no password",
            ),
        ] {
            assert_eq!(found(&RULE, &format!("pool: {{{pool}}}")), [expected]);
        }
        for pool in [
            r"identity: specific-user, user: {name: A\b$}",
            &format!("identity: specific-user, {user}"),
            "identity: local-service",
        ] {
            assert!(found(&RULE, &format!("pool: {{{pool}}}")).is_empty());
        }
    }
}
