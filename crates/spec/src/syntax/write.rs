//! A text back to YAML: the opposite of `compose`, for what we write for people to read and change.

/// Words that some reader takes for something else than a text.
const WORDS: [&str; 11] = [
    "true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf",
];

/// What may stand behind digits without making a number or a date of them for any reader: our units.
const UNITS: [&str; 9] = ["s", "m", "h", "d", "B", "KB", "MB", "GB", "-bit"];

/// A text as a value of a spec that is read as this text: `${` in it is no variable.
pub(crate) fn value(text: &str) -> String {
    scalar(&text.replace("${", "$${"))
}

/// A text as a single value of YAML: bare if every reader takes it for a text, else in quotes.
pub(crate) fn scalar(text: &str) -> String {
    if is_plain(text) {
        text.to_owned()
    } else if text.chars().any(needs_escape) {
        format!("\"{}\"", text.chars().map(escaped).collect::<String>())
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

fn is_plain(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if digits.len() < text.len() {
        return UNITS.contains(&digits);
    }
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
    let fits = |c: char| c.is_ascii_alphanumeric() || r"_./\-: ".contains(c);
    // A colon is one of a drive, and a blank is between words.
    let marks = text.replace(r":\", "").contains(':') || text.ends_with(' ');
    let word = WORDS
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word.trim()));
    begins && text.chars().all(fits) && !marks && !text.contains("  ") && !word
}

/// True for what cannot stand in single quotes, and for what nobody sees there.
fn needs_escape(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
        || matches!(c, '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

fn escaped(c: char) -> String {
    match c {
        '"' | '\\' => format!("\\{c}"),
        '\n' => "\\n".to_owned(),
        '\t' => "\\t".to_owned(),
        c if needs_escape(c) => format!("\\u{:04X}", u32::from(c)),
        c => c.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;
    use crate::syntax::{self, Value};

    const TEXTS: &[&str] = &[
        "",
        " ",
        "a",
        "shop.app",
        "shop.make_app()",
        r"D:\apps\shop",
        r"D:\",
        r"C:\Program Files\Python 3\python.exe",
        r"\\nas\web",
        "Default Web Site",
        "a  b",
        "a ",
        "/static",
        "/",
        "/a: b",
        "a:",
        "a #b",
        "#",
        "- a",
        "-",
        "---",
        "...",
        "? a",
        "it's",
        "''",
        "\"",
        "yes",
        "No",
        "null",
        "~",
        "y",
        "N",
        ".nan",
        ".inf",
        "1",
        "007",
        "1e3",
        "0x1F",
        "0b1",
        "0o7",
        "1_000",
        "12:30",
        "03:00",
        "2026-11-22",
        "3.10",
        "90s",
        "20m",
        "30000000B",
        "64-bit",
        "8d",
        "5e",
        "[a]",
        "{a}",
        "*",
        "&a",
        "!a",
        "%A%",
        "@a",
        "`a`",
        "a\nb",
        "a\tb",
        "é",
        "日本",
        "\u{85}",
        "\u{2028}",
        "\u{feff}a",
        "\u{200b}",
        "a|b",
        ">",
        r"(?i).*\.(py|cnf|config)$",
        "a, b",
        "=",
        "<<",
    ];

    /// What our reader makes of a text behind a key.
    fn read(written: &str) -> String {
        let source = SourceFile::new("f", format!("a: {written}  # b\n"));
        let parsed = syntax::compose(&source);
        assert!(
            parsed.problems.is_empty(),
            "{written}: {:?}",
            parsed.problems
        );
        match &parsed.tree.unwrap().entry("a").unwrap().value.value {
            Value::Scalar(scalar) => scalar.text.clone(),
            other => panic!("{written}: {other:?}"),
        }
    }

    #[test]
    fn every_reader_reads_what_was_meant() {
        for text in TEXTS {
            let written = scalar(text);
            assert_eq!(read(&written), *text, "{written}");
            let theirs: serde_yaml::Value =
                serde_yaml::from_str(&format!("a: {written}  # b\n")).unwrap();
            assert_eq!(theirs["a"].as_str(), Some(*text), "{written}");
            let theirs: serde_yaml::Value =
                serde_yaml::from_str(&format!("{written}: 1\n")).unwrap();
            assert_eq!(theirs[*text].as_u64(), Some(1), "{written}");
        }
    }

    #[test]
    fn paths_names_and_quantities_stay_bare() {
        for text in [
            "shop.app",
            r"D:\apps\shop",
            r"C:\Program Files\Python312\python.exe",
            "Default Web Site",
            "90s",
            "64-bit",
            "/static",
        ] {
            assert_eq!(scalar(text), text);
        }
        for text in ["on", "N", "3.10", "1e3", "12:30", "D:x", "x: y"] {
            assert_eq!(scalar(text), format!("'{text}'"));
        }
        assert_eq!(value("${A}"), "'$${A}'");
    }
}
