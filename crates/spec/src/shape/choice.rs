//! Which of the allowed words was meant.

use crate::suggest::{nearest, one_of, plain};

/// Words of IIS and of other programs, and ours.
const WORDS: &[(&str, &str)] = &[
    ("ApplicationPoolIdentity", "application-pool"),
    ("SpecificUser", "specific-user"),
    ("x86", "32-bit"),
    ("win32", "32-bit"),
    ("x64", "64-bit"),
    ("amd64", "64-bit"),
    ("flask", "wsgi"),
    ("django", "wsgi"),
    ("fastapi", "asgi"),
    ("starlette", "asgi"),
    ("critical", "error"),
    ("fatal", "error"),
    ("trace", "debug"),
    ("notset", "debug"),
    ("true", "keep"),
    ("false", "remove"),
    ("delete", "remove"),
    ("disable", "remove"),
    ("disabled", "remove"),
    ("off", "remove"),
    ("DetailedLocalOnly", "local"),
    ("Detailed", "everybody"),
    ("Custom", "nobody"),
    ("number", "integer"),
    ("int", "integer"),
    ("string", "text"),
    ("bool", "boolean"),
];

/// The allowed word that another one stands for.
pub(super) fn meant<'a>(word: &str, names: &[&'a str]) -> Option<&'a str> {
    let known = || names.iter().copied();
    let written = plain(word);
    let same = known().find(|name| plain(name) == written);
    let (_, ours) = WORDS
        .iter()
        .find(|(foreign, ours)| foreign.eq_ignore_ascii_case(word) && known().any(|it| it == *ours))
        .copied()
        .unwrap_or_default();
    let translated = known().find(|name| *name == ours);
    // `iis7.0` is the version `iis7`, not a slip of `iis7.5`.
    let version = written.strip_suffix(".0");
    let version = version.and_then(|version| known().find(|name| *name == version));
    let shortened = || {
        let mut longer = known().filter(|name| is_part(&written, name));
        longer.next().filter(|_| longer.next().is_none())
    };
    let near = || {
        let first = nearest(word, known())?;
        // `iis9` is as near to `iis6` as to `iis8`: nobody knows which.
        let distance = |name: &str| strsim::damerau_levenshtein(&written, &plain(name));
        let mut others = known().filter(|name| *name != first);
        (!others.any(|other| distance(other) <= distance(first))).then_some(first)
    };
    same.or(translated)
        .or(version)
        .or_else(shortened)
        .or_else(near)
}

/// True for `warn` of `warning` and `10` of `iis10`; a single letter is part of too much.
fn is_part(word: &str, name: &str) -> bool {
    word.len() > 1 && (name.starts_with(word) || name.ends_with(word))
}

/// Says what to write for a word that stands for none.
pub(super) fn way_out(word: &str, names: &[&str]) -> String {
    let user = "specific-user";
    if word.contains(['\\', '@']) && names.contains(&user) {
        return format!("write `{user}`, and the account beside it: `user: {{name: {word}}}`");
    }
    format!("write {}", one_of(names.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_from_elsewhere_find_ours() {
        let find = |word: &str, names: &[&str]| meant(word, names).map(str::to_owned);
        let targets = ["iis6", "iis7", "iis7.5", "iis10", "iis-express"];
        assert_eq!(find("iis7.0", &targets).as_deref(), Some("iis7"));
        assert_eq!(find("IIS10", &targets).as_deref(), Some("iis10"));
        assert_eq!(find("10", &targets).as_deref(), Some("iis10"));
        assert_eq!(find("apache", &targets), None);
        assert_eq!(find("iis9", &targets), None);
        let bits = ["64-bit", "32-bit"];
        assert_eq!(find("64", &bits).as_deref(), Some("64-bit"));
        assert_eq!(find("x86", &bits).as_deref(), Some("32-bit"));
        let levels = ["debug", "info", "warning", "error"];
        assert_eq!(find("warn", &levels).as_deref(), Some("warning"));
        assert_eq!(find("true", &levels), None);
    }

    #[test]
    fn an_account_has_a_place_of_its_own() {
        let names = ["network-service", "specific-user"];
        assert_eq!(
            way_out(r"EXAMPLE\svc", &names),
            r"write `specific-user`, and the account beside it: `user: {name: EXAMPLE\svc}`"
        );
    }
}
