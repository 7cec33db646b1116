//! The script is JScript 5.6, which is not what browsers run today.

use super::server::{built, planned};

/// The script without comments and texts.
fn code() -> String {
    let script = built(&planned(""), "iis6.js");
    let mut code = String::new();
    for line in script.lines() {
        let texts_out: Vec<&str> = line.split('"').step_by(2).collect();
        let line = texts_out.join("_");
        code.push_str(line.split("//").next().unwrap_or_default());
        code.push('\n');
    }
    code
}

#[test]
fn nothing_in_the_script_is_newer_than_windows_server_2003() {
    let code = code();
    let dense: String = code.split_whitespace().collect();
    for newer in [",}", ",]", "=>", "`"] {
        assert!(!dense.contains(newer), "{newer}");
    }
    let words: Vec<&str> = code
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.')
        .collect();
    for word in ["let", "const", "class", "JSON", "of"] {
        assert!(!words.contains(&word), "{word}");
    }
    for reserved in [
        ".delete", ".class", ".default", ".in", ".new", ".do", ".try",
    ] {
        assert!(
            !words.iter().any(|word| word.ends_with(reserved)),
            "{reserved}"
        );
    }
    assert!(code.is_ascii() && code.contains("function main(words)"));
}

#[test]
fn no_value_of_a_spec_is_in_the_script() {
    let other = planned(r#", "site": {"path": "/other"}, "pool": {"name": "other"}"#);
    assert_eq!(built(&planned(""), "iis6.js"), built(&other, "iis6.js"));
}
