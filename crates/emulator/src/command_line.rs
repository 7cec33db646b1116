//! One command line text, cut into arguments the way Windows programs do (`CommandLineToArgvW`).

/// Cuts the text behind the program's name.
///
/// Blanks separate unless they stand between quotes. Backslashes mean themselves except before a quote: there
/// two stand for one, and a single one takes the quote's meaning away. Two quotes in a row within quotes are
/// one quote.
pub(crate) fn split(text: &str) -> Vec<String> {
    let mut arguments = Vec::new();
    let mut rest = text.trim_start_matches(BLANKS);
    while !rest.is_empty() {
        let (argument, tail) = take_argument(rest);
        arguments.push(argument);
        rest = tail.trim_start_matches(BLANKS);
    }
    arguments
}

const BLANKS: [char; 2] = [' ', '\t'];

fn take_argument(text: &str) -> (String, &str) {
    let mut argument = String::new();
    let mut is_quoted = false;
    let mut rest = text.chars();
    loop {
        let behind = rest.as_str();
        let slashes = behind.len() - behind.trim_start_matches('\\').len();
        let tail = behind.trim_start_matches('\\');
        if slashes > 0 && tail.starts_with('"') {
            argument.push_str(&"\\".repeat(slashes / 2));
            rest = tail.chars();
            if slashes % 2 == 1 {
                argument.extend(rest.next());
            }
            continue;
        }
        match rest.next() {
            None => return (argument, ""),
            Some('"') if is_quoted && rest.as_str().starts_with('"') => {
                argument.extend(rest.next())
            }
            Some('"') => is_quoted = !is_quoted,
            Some(blank) if BLANKS.contains(&blank) && !is_quoted => {
                return (argument, rest.as_str());
            }
            Some(other) => argument.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_cut_as_windows_cuts_them() {
        let cases: [(&str, &[&str]); 14] = [
            ("", &[]),
            (" \t ", &[]),
            (
                "-m iisc_gateway --app  shop ",
                &["-m", "iisc_gateway", "--app", "shop"],
            ),
            (r#""D:\my apps\w.py" x"#, &[r"D:\my apps\w.py", "x"]),
            (r#""""#, &[""]),
            (r#"a"b c"d"#, &["ab cd"]),
            (r"a\\\b d", &[r"a\\\b", "d"]),
            (r#"a\"b"#, &[r#"a"b"#]),
            (r#"a\\"b c""#, &[r"a\b c"]),
            (r#"a\\\"b c"#, &[r#"a\"b"#, "c"]),
            (r#""a\\" b"#, &[r"a\", "b"]),
            (r#""a""b" c"#, &[r#"a"b"#, "c"]),
            (r#""never closed x"#, &["never closed x"]),
            ("é\tü", &["é", "ü"]),
        ];
        for (text, expected) in cases {
            assert_eq!(split(text), expected, "{text}");
        }
    }
}
