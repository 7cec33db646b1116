//! Some environment variables are set by iisc itself.

use super::{Document, Phase, Rule, Sink};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    802,
    "reserved-variable",
    include_str!("reserved-variable.md"),
    Phase::Meaning(check),
);

/// A variable and the key of the spec that it is made from.
const NAMES: [(&str, &str); 5] = [
    ("WSGI_HANDLER", "python.handler"),
    ("PYTHONPATH", "python.pythonpath"),
    ("WSGI_LOG", "log.file"),
    ("WSGI_RESTART_FILE_REGEX", "restart.pattern"),
    ("SCRIPT_NAME", "site.path"),
];

/// Beginnings that belong to somebody else, and to whom.
const PREFIXES: [(&str, &str); 3] = [
    ("IISC_", "the gateway"),
    ("_FCGI_", "IIS"),
    ("FCGI_", "the FastCGI protocol"),
];

fn check(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    let environment = spec.environment.keys().map(|name| ("environment", name));
    let secrets = spec.secrets.keys().map(|name| ("secrets", name));
    for (section, name) in environment.chain(secrets) {
        // Windows does not tell `Pythonpath` from `PYTHONPATH`.
        let upper = name.as_str().to_uppercase();
        let key = NAMES.iter().find(|(reserved, _)| *reserved == upper);
        let owner = PREFIXES
            .iter()
            .find(|(prefix, _)| upper.starts_with(prefix));
        let (label, help) = match (key, owner) {
            (Some((_, key)), _) => (format!("made from `{key}`"), format!("set `{key}` instead")),
            (None, Some((prefix, owner))) => (
                format!("`{prefix}*` belongs to {owner}"),
                "give it another name".to_owned(),
            ),
            (None, None) => continue,
        };
        let place = KeyPath::of(section).key(name.as_str());
        let span = document
            .tree
            .key_span(&place)
            .unwrap_or_else(|| document.tree.place(&place));
        let problem = RULE
            .problem(format!("the variable `{name}` is not free"))
            .at(span, label)
            .help(help);
        sink.push(problem);
    }
}
