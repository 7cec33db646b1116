//! Passwords of basic authentication are sent by `https`.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    609,
    "plain-basic",
    Level::Warning,
    include_str!("plain-basic.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    if !spec.authentication.basic {
        return;
    }
    let mut bindings = spec.site.bindings.iter();
    let plain = bindings.position(|binding| binding.certificate.is_none());
    let problem = RULE
        .problem("passwords may cross the network in the clear")
        .at(
            document.tree.place(&KeyPath::of("authentication.basic")),
            "sends the password with each request",
        );
    let key = KeyPath::of("site.bindings");
    sink.push(match plain {
        Some(index) => problem
            .with(document.tree.place(&key.index(index)), "plain `http`")
            .help("add a `certificate` to the binding, or remove the binding"),
        None if spec.site.bindings.is_empty() => {
            problem.help("add the `https` address of the site to `site.bindings`")
        }
        None => return,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::found;

    #[test]
    fn an_address_that_nobody_wrote_may_be_plain() {
        assert_eq!(
            found(&RULE, "authentication: {anonymous: false, basic: true}").len(),
            1
        );
    }
}
