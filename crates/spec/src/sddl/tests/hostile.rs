//! Whatever the text is: no panic, and every place lies in it.

use super::TUTORIAL;
use crate::sddl::parse;

const OTHERS: [&str; 4] = [
    "O:BAG:SYD:PARAI(A;;FA;;;BA)S:AI(AU;OICISAFA;SD;;;WD)",
    "icacls é:\\ü /S:\\\u{201C}d:(XA;;FX;;;WD;(@User.Title==\"P(M)\"))",
    "D:(A;OICI;0777;;;S-1-5-82-1-2)(OA;;;;;)",
    "C:Inetpub /S:'O:S-1-0xZ-1:'\n/G\t\u{2028}",
];

const PIECES: [&str; 18] = [
    "",
    "(",
    ")",
    "((",
    "));",
    ";",
    ":",
    "D:",
    "S:",
    "\"",
    "\u{201D}",
    "'",
    "\\\"",
    "/S:",
    " ",
    "\n",
    "é",
    "\u{10FFFF}",
];

fn assert_sound(text: &str) {
    match parse(text) {
        Ok(sddl) => {
            let printed = sddl.descriptor.to_string();
            let again = parse(&printed).map(|again| again.descriptor);
            assert_eq!(again, Ok(sddl.descriptor), "{text:?}");
        }
        Err(errors) => {
            assert!(!errors.is_empty(), "{text:?}");
            for error in errors {
                assert!(
                    text.get(error.range.clone()).is_some(),
                    "{error:?} in {text:?}"
                );
                let line = format!("{}{}", error.message, error.help);
                assert!(!line.contains(char::is_control), "{error:?} in {text:?}");
            }
        }
    }
}

/// Texts and all their prefixes and suffixes.
#[test]
fn prefixes_and_suffixes_are_read_or_refused() {
    for text in OTHERS.into_iter().chain([TUTORIAL]) {
        for (at, _) in text.char_indices() {
            assert_sound(text.split_at(at).0);
            assert_sound(text.split_at(at).1);
        }
    }
}

/// One character replaced, removed or joined by a piece that makes trouble.
#[test]
fn mutations_are_read_or_refused() {
    for text in OTHERS.into_iter().chain([TUTORIAL]) {
        for (at, c) in text.char_indices() {
            for piece in PIECES {
                let (before, behind) = text.split_at(at);
                assert_sound(&format!("{before}{piece}{behind}"));
                assert_sound(&format!(
                    "{before}{piece}{}",
                    behind.split_at(c.len_utf8()).1
                ));
            }
        }
    }
}

#[test]
fn a_long_text_is_refused_in_reasonable_time() {
    for piece in [
        "(",
        ")",
        "(A;;FA;;;BA",
        "D:",
        "A;",
        "\u{201C}",
        "OI",
        "\\",
        " ",
    ] {
        assert_sound(&piece.repeat(20_000));
        assert_sound(&format!("D:(A;{0};{0};;;{0})", piece.repeat(5_000)));
    }
}
