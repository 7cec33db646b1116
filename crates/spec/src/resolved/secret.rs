//! Which values may be secrets. A spec should hold none, but people put them there.

use super::Origin;
use crate::rules::{has_password, is_secret_name};
use crate::syntax::KeyPath;

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
    !text.is_empty() && (names.any(is_secret_name) || has_password(text) || is_connection(text))
}

/// True for a connection string with a password in it.
fn is_connection(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    INTRODUCTIONS.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_within_a_text_is_known() {
        assert!(is_connection("Server=db;UID=shop;PWD=hunter2"));
        assert!(!is_connection("Server=db;UID=shop"));
    }
}
