//! Nearest names, and lists of allowed ones.

/// Bytes of a word that is still compared.
const LONGEST: usize = 64;

/// Names that a word is compared with.
const MOST: usize = 300;

/// The known name that a misspelt one most likely stands for.
pub(crate) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // Nobody misspells a name by that much; comparing would only take time.
    let word = Some(word).filter(|word| word.len() <= LONGEST).map(plain)?;
    let length = word.chars().count();
    let most = (length / 3).max(1);
    known
        .take(MOST)
        // Each character more is a slip more, and to compare takes far longer than to count.
        .filter(|name| name.chars().count().abs_diff(length) <= most)
        .map(|name| (strsim::damerau_levenshtein(&word, &plain(name)), name))
        .filter(|(distance, name)| *distance <= most && *distance < name.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// A name without the differences that nobody means: case, and `_` or a blank for `-`.
pub(crate) fn plain(name: &str) -> String {
    name.to_lowercase().replace(['_', ' '], "-")
}

/// `a`, `b` or `c`, each in backticks.
pub(crate) fn one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    listed(names, "or")
}

/// `a`, `b` and `c`, each in backticks.
pub(crate) fn all_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    listed(names, "and")
}

/// Names that are listed; with more the list ends in how many those are.
const LISTED: usize = 30;

fn listed<'a>(names: impl IntoIterator<Item = &'a str>, word: &str) -> String {
    let mut names = names.into_iter();
    let shown = names.by_ref().take(LISTED);
    let mut quoted: Vec<String> = shown.map(|name| format!("`{name}`")).collect();
    match names.count() {
        0 => {}
        rest => quoted.push(format!("{rest} more")),
    }
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} {word} {last}", others.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_name_and_a_stranger_none() {
        let known = [
            "handler",
            "interpreter",
            "virtualenv",
            "pythonpath",
            "base-interpreter",
        ];
        let nearest = |word| nearest(word, known.into_iter());
        assert_eq!(nearest("hander"), Some("handler"));
        assert_eq!(nearest("hanlder"), Some("handler"));
        assert_eq!(nearest("PythonPath"), Some("pythonpath"));
        assert_eq!(nearest("base_interpreter"), Some("base-interpreter"));
        assert_eq!(nearest("favicon"), None);
        assert_eq!(nearest(""), None);
    }

    #[test]
    fn a_short_stranger_is_not_taken_for_a_short_name() {
        assert_eq!(nearest("x", ["id"].into_iter()), None);
        assert_eq!(nearest("ip", ["id"].into_iter()), Some("id"));
    }

    #[test]
    fn a_list_reads_as_a_sentence() {
        assert_eq!(one_of(["a"]), "`a`");
        assert_eq!(one_of(["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(all_of(["a", "b"]), "`a` and `b`");
        assert!(one_of(["x"; 33]).ends_with("`x`, `x` or 3 more"));
    }
}
