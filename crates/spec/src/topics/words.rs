//! A text as the words that are compared, with every code in one spelling.

/// The words of a text in lower case.
///
/// A status such as `500.19` is two words, as in a log of IIS. `WinError6` is two words as well. An HRESULT is
/// one, `0x80070021`, also if it is written without `0x` or as a decimal number.
pub(super) fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    lower.split_whitespace().flat_map(split).collect()
}

fn split(token: &str) -> Vec<String> {
    // The one place where `-` is no separator.
    let signed = token.trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
    if let Some(number) = signed.parse::<i32>().ok().filter(|number| *number < 0) {
        return vec![format!("{number:#010x}")];
    }
    token
        .split(|c: char| !c.is_alphanumeric())
        .filter(|piece| !piece.is_empty())
        .flat_map(|piece| {
            hresult(piece).map_or_else(|| letters_and_digits(piece), |code| vec![code])
        })
        .collect()
}

/// The one spelling of an HRESULT.
fn hresult(piece: &str) -> Option<String> {
    let bare = piece.len() == 8 && piece.contains(|c: char| c.is_ascii_digit());
    let digits = piece
        .strip_prefix("0x")
        .or_else(|| Some(piece).filter(|_| bare));
    let hex = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let unsigned = piece
        .parse()
        .ok()
        .filter(|number| *number > i32::MAX as u32);
    hex.or(unsigned).map(|number| format!("{number:#010x}"))
}

/// `winerror6` as `winerror` and `6`.
fn letters_and_digits(piece: &str) -> Vec<String> {
    let split = piece
        .find(|c: char| c.is_ascii_digit())
        .and_then(|at| piece.split_at_checked(at))
        .filter(|(letters, _)| !letters.is_empty());
    match split {
        Some((letters, rest)) => vec![letters.to_owned(), rest.to_owned()],
        None => vec![piece.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_code_has_one_spelling() {
        for text in [
            "0x80070021",
            "0X80070021",
            "80070021",
            "-2147024863",
            "2147942433",
            "(0x80070021).",
        ] {
            assert_eq!(words(text), ["0x80070021"], "{text}");
        }
        assert_eq!(words("0x1"), ["0x00000001"]);
        assert_eq!(words("C0000409"), ["0xc0000409"]);
    }

    #[test]
    fn a_status_is_two_numbers() {
        assert_eq!(words("500.19"), ["500", "19"]);
        assert_eq!(words("HTTP500.19:"), ["http", "500", "19"]);
    }

    #[test]
    fn the_rest_is_words_without_punctuation() {
        assert_eq!(
            words("PermissionError: [WinError6] 'D:\\é'"),
            ["permissionerror", "winerror", "6", "d", "é"]
        );
        assert_eq!(words(" - -1x"), ["1x"]);
        assert!(words("").is_empty());
    }
}
