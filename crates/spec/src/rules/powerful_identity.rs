//! The application may do no more on the server than it needs to.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::model::{Identity, Pool};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    506,
    "powerful-identity",
    Level::Warning,
    include_str!("powerful-identity.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(key) = powerful(&document.spec.pool) else {
        return;
    };
    let span = document.tree.place(&KeyPath::of(key));
    let problem = RULE
        .problem("the application runs as an administrator of the server")
        .at(span, "may do everything, and so may whoever breaks in")
        .help(
            "remove `identity`, and grant what is missing: `access.writable`, `access.readable`, \
             `python.base-interpreter`",
        );
    sink.push(problem);
}

/// The key that names an account with all rights.
fn powerful(pool: &Pool) -> Option<&'static str> {
    let administrator = |account: &str| {
        let name = account.rsplit('\\').next().unwrap_or_default();
        let name = name.split('@').next().unwrap_or_default();
        name.eq_ignore_ascii_case("administrator")
    };
    match pool.identity? {
        Identity::LocalSystem => Some("pool.identity"),
        Identity::SpecificUser => {
            let user = pool.user.as_ref()?;
            administrator(user.name.as_str()).then_some("pool.user.name")
        }
        Identity::ApplicationPool | Identity::NetworkService | Identity::LocalService => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::found;

    #[test]
    fn administrators_are_known_by_their_name() {
        for (name, expected) in [
            (r".\Administrator", 1),
            (r"EXAMPLE\administrator", 1),
            ("administrator@example.com", 1),
            (r"EXAMPLE\svc-administrator", 0),
        ] {
            let rest = format!(
                "pool: {{identity: specific-user, user: {{name: '{name}', password-from: P}}}}"
            );
            assert_eq!(found(&RULE, &rest).len(), expected, "{name}");
        }
    }
}
