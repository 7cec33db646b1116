//! Passwords, keys and tokens are not part of a spec.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::model::WinPath;
use crate::source::{SourceFile, Span};
use crate::syntax::{Entry, KeyPath, Node, Value};

pub(crate) static RULE: Rule = Rule::advice(
    804,
    "secret-literal",
    Level::Warning,
    include_str!("secret-literal.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let key = KeyPath::of("environment");
    let Some(environment) = document.tree.at(&key) else {
        return;
    };
    for entry in entries(environment) {
        if !holds_secret(&entry.key, &entry.value, document.source) {
            continue;
        }
        let name = &entry.key;
        let file = name.to_lowercase().replace('_', "-");
        let folder = &document.spec.name;
        let problem = RULE
            .problem(format!("the value of `{name}` seems to be a secret"))
            .at(entry.key_span, "`Web.config` and version control would hold it")
            .help(format!(
                "keep it in a file on the server: `secrets: {{{name}: {{file: 'D:\\secrets\\{folder}\\{file}.txt'}}}}`"
            ));
        sink.push(problem);
    }
}

/// Where a file holds values that nobody should see printed: of environment variables, and defaults of variables.
pub(crate) fn values(file: &Node, source: &SourceFile) -> Vec<Span> {
    let mut found = Vec::new();
    for entry in entries(file) {
        match entry.key.as_str() {
            "environment" => {
                let secret = entries(&entry.value)
                    .iter()
                    .filter(|entry| holds_secret(&entry.key, &entry.value, source));
                found.extend(secret.map(|entry| entry.value.span));
            }
            "variables" => {
                for variable in entries(&entry.value) {
                    let default = variable.value.entry("default").map(|entry| &entry.value);
                    let secret = default.filter(|value| holds_secret(&variable.key, value, source));
                    found.extend(secret.map(|value| value.span));
                }
            }
            // Somebody may have written the secret itself where its file belongs.
            "secrets" => {
                let values = entries(&entry.value).iter().map(|entry| &entry.value);
                let bare = values.filter(|value| match &value.value {
                    Value::Scalar(scalar) => WinPath::new(&*scalar.text).problem().is_some(),
                    Value::Mapping(_) | Value::List(_) => false,
                });
                found.extend(bare.map(|value| value.span));
            }
            "pool" => {
                let user = entry.value.entry("user");
                let password = user.and_then(|user| user.value.entry("password"));
                found.extend(password.map(|entry| entry.value.span));
            }
            "profiles" | "applications" => {
                let inner = entries(&entry.value).iter();
                found.extend(inner.flat_map(|entry| values(&entry.value, source)));
            }
            _ => {}
        }
    }
    found
}

fn entries(node: &Node) -> &[Entry] {
    match &node.value {
        Value::Mapping(entries) => entries,
        Value::Scalar(_) | Value::List(_) => &[],
    }
}

/// True for a value that is written out and that the name or its form tell to be a secret.
fn holds_secret(name: &str, value: &Node, source: &SourceFile) -> bool {
    let Value::Scalar(scalar) = &value.value else {
        return false;
    };
    let text = scalar.text.trim();
    // A value that is given from outside is no part of the file.
    let given = source.slice(value.span).contains("${");
    let dummy = text.starts_with('<') || text.chars().all(|c| c == '*');
    let switch = matches!(text, "true" | "false" | "True" | "False" | "0" | "1");
    let path = WinPath::new(text).problem().is_none();
    let plain = !given && !dummy && !switch && !path;
    plain && (is_secret_name(name) || has_password(text))
}

/// What a name is about whose value is only about a secret: `TOKEN_URL`, `PASSWORD_MIN_LENGTH`.
const ABOUT: [&str; 27] = [
    "FILE",
    "PATH",
    "DIR",
    "FOLDER",
    "URL",
    "URI",
    "ENDPOINT",
    "HOST",
    "NAME",
    "USER",
    "ID",
    "TTL",
    "AGE",
    "TIMEOUT",
    "LENGTH",
    "MIN",
    "MAX",
    "LIFETIME",
    "EXPIRY",
    "ENABLED",
    "HEADER",
    "ISSUER",
    "ALGORITHM",
    "PREFIX",
    "FORMAT",
    "POLICY",
    "LIMIT",
];

/// True for the name of a variable whose value is nobody's business.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let upper = name.to_uppercase();
    let last = upper.rsplit('_').next().unwrap_or_default();
    if ABOUT.contains(&last) || upper.ends_with("PUBLIC_KEY") {
        return false;
    }
    let word = |word: &str| matches!(word, "TOKEN" | "PWD" | "PASS" | "CREDENTIALS");
    ["PASSWORD", "PASSWD", "PASSPHRASE", "SECRET"]
        .iter()
        .any(|part| upper.contains(part))
        || upper.split('_').any(word)
        || upper.ends_with("_KEY")
        || upper.ends_with("APIKEY")
}

/// True for `scheme://user:password@host`.
pub(crate) fn has_password(text: &str) -> bool {
    let Some((_, rest)) = text.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority
        .rsplit_once('@')
        .and_then(|(user, _)| user.split_once(':'))
        .is_some_and(|(_, password)| !password.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, check};

    #[test]
    fn a_secret_is_known_by_its_name() {
        for name in [
            "SECRET_KEY",
            "DB_PASSWORD",
            "DBPASSWORD",
            "API_KEY",
            "GITHUB_TOKEN",
            "AWS_SECRET_ACCESS_KEY",
            "stripe_apikey",
            "MAIL_PWD",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "TOKEN_URL",
            "PASSWORD_MIN_LENGTH",
            "KEYBOARD",
            "KEY",
            "PUBLIC_KEY",
            "SECRET_FILE",
            "TOKENIZER",
            "PASSENGERS",
            "COMPASS",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn a_password_is_seen_in_a_url() {
        assert!(has_password("postgresql://ann:hunter2@db/shop"));
        for text in [
            "http://x:8000/a@b",
            "redis://db:6379/0",
            "postgresql://ann@db/x",
            "a:b@c",
            "x://u:@h",
        ] {
            assert!(!has_password(text), "{text}");
        }
    }

    #[test]
    fn every_place_of_a_secret_is_known_and_none_is_shown() {
        let text = "name: a\nroot: D:\\a\npython: {interpreter: D:\\a.exe, handler: a.b}\nenvironment: {API_KEY: hunter2, B: x, \
            D_TOKEN: '${P_TOKEN}', E_KEY: D:\\k.pem, F_TOKEN: <token>}\nvariables: {P_TOKEN: {default: hunter3}}\n\
            profiles: {x: {environment: {URL: 'x://a:hunter4@b'}}}\n";
        let checked = check("f", text.as_bytes(), &Options::default());
        let secrets: Vec<&str> = checked
            .secrets
            .iter()
            .map(|span| checked.source.slice(*span))
            .collect();
        assert_eq!(secrets, ["hunter2", "hunter3", "'x://a:hunter4@b'"]);
        let shown = format!("{:?}", checked.diagnostics);
        assert!(
            !shown.contains("hunter") && checked.diagnostics.len() == 2,
            "{shown}"
        );
    }
}
