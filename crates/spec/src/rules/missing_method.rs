//! A list of methods has those that go with each other.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    605,
    "missing-method",
    Level::Warning,
    include_str!("missing-method.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    let methods = &spec.request_filtering.methods;
    if methods.is_empty() {
        return;
    }
    let has = |name: &str| methods.iter().any(|method| method.as_str() == name);
    let (method, label) = match (has("GET"), has("HEAD")) {
        (true, true) => return,
        (true, false) => ("HEAD", "has `GET`; monitoring and caches send both"),
        (false, _) if !spec.static_files.is_empty() => ("GET", "static files are fetched with it"),
        (false, _) if spec.warm_up.is_some() => ("GET", "the warm-up request is sent with it"),
        (false, _) => return,
    };
    let place = KeyPath::of("request-filtering.methods");
    let problem = RULE
        .problem(format!("IIS would refuse `{method}`"))
        .at(document.tree.place(&place), label)
        .help(format!("add `{method}`"));
    sink.push(problem);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::found;

    #[test]
    fn get_is_missed_only_where_something_is_fetched_with_it() {
        for (rest, expected) in [
            ("methods: [POST]}", vec![]),
            ("methods: []}", vec![]),
            ("methods: [HEAD, POST]}", vec![]),
            (
                "methods: [POST]}\nwarm-up: {}",
                vec!["IIS would refuse `GET`"],
            ),
            (
                "methods: [POST]}\nstatic: {/s: {folder: s}}",
                vec!["IIS would refuse `GET`"],
            ),
        ] {
            let rest = format!("request-filtering: {{{rest}");
            assert_eq!(found(&RULE, &rest), expected, "{rest}");
        }
    }
}
