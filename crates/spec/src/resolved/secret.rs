//! Which values may be secrets. A spec should hold none, but people put them there.

use super::Origin;
use crate::syntax::KeyPath;

/// Words in the name of a variable whose value is nobody's business.
const WORDS: [&str; 16] = [
    "password",
    "passwd",
    "pass",
    "pwd",
    "passphrase",
    "secret",
    "secrets",
    "token",
    "key",
    "apikey",
    "credential",
    "credentials",
    "private",
    "auth",
    "salt",
    "pin",
];

/// How a password is introduced within a value, as in a connection string.
const INTRODUCTIONS: [&str; 4] = ["password=", "pwd=", "token=", "secret="];

/// True for a value that may be a secret by its name, by that of a variable in it, or by its form.
pub(super) fn is_likely(path: &KeyPath, text: &str, origin: &Origin) -> bool {
    let path = path.to_string();
    let environment = path.strip_prefix("environment.");
    let variables = match origin {
        Origin::Written { variables, .. } => variables.as_slice(),
        Origin::Default | Origin::Derived(_) | Origin::Targets | Origin::Key(_) => &[],
    };
    let mut names = environment
        .into_iter()
        .chain(variables.iter().map(|variable| variable.name.as_str()));
    !text.is_empty() && (names.any(is_secret_name) || has_password(text))
}

fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let mut words = name.split('_');
    words.any(|word| WORDS.contains(&word) || word.ends_with("password"))
}

/// True for a URL with a password in it, and for a connection string with one.
fn has_password(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let mut authorities = text.split("://").skip(1).map(|rest| {
        let end = rest.find(['/', '?', '#', ' ']).unwrap_or(rest.len());
        rest.get(..end).unwrap_or(rest)
    });
    let signed = |authority: &str| {
        let user = authority.rsplit_once('@').map(|(user, _)| user);
        user.is_some_and(|user| user.contains(':'))
    };
    authorities.any(signed) || INTRODUCTIONS.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_known_by_name_and_by_form() {
        for name in [
            "DB_PASSWORD",
            "SECRET_KEY",
            "API_TOKEN",
            "PGPASSWORD",
            "pwd",
            "SALT",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["KEYBOARD", "MONKEY", "SHOP_DATA", "BYPASS", "LANG"] {
            assert!(!is_secret_name(name), "{name}");
        }
        for text in [
            "postgres://shop:hunter2@db/shop",
            "--index-url=https://a:b@host/simple",
            "Server=db;UID=shop;PWD=hunter2",
        ] {
            assert!(has_password(text), "{text}");
        }
        for text in [
            "https://example.com:8080/a@b",
            "https://shop@host/",
            "D:\\data",
            "",
        ] {
            assert!(!has_password(text), "{text}");
        }
    }
}
