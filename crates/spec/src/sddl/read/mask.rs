//! The rights of an entry: codes in any number, or one number.

use super::piece::Piece;
use super::{flags, slip};
use crate::sddl::SddlError;
use crate::sddl::rights::{CODES, DIRECTORY_CODES, Rights};
use crate::suggest::nearest;

/// Words of other tools and other objects, and the right that is meant.
const FOREIGN: [(&str, &str, &str); 12] = [
    ("F", "a word of `icacls`", "FA"),
    ("M", "a word of `icacls`", "0x1301bf"),
    ("C", "a word of `cacls /G`", "0x1301bf"),
    ("RX", "a word of `icacls`", "0x1200a9"),
    ("R", "a word of `icacls`", "FR"),
    ("W", "a word of `icacls`", "FW"),
    ("KA", "a right to registry keys", "FA"),
    ("KR", "a right to registry keys", "FR"),
    ("KW", "a right to registry keys", "FW"),
    ("KX", "a right to registry keys", "FX"),
    ("NR", "a rule of integrity levels", "FR"),
    ("NW", "a rule of integrity levels", "FW"),
];

/// Numbers that people write.
const NUMBERS: [&str; 5] = ["0x1200a9", "0x1301bf", "0x1f01ff", "0x120089", "0x120116"];

/// True for the code of a right.
pub(super) fn is_code(text: &str) -> bool {
    right(text).is_some()
}

/// Reads the third field of an entry.
pub(super) fn read(
    field: Piece<'_>,
    whole: Piece<'_>,
    errors: &mut Vec<SddlError>,
) -> Option<Rights> {
    if field.is_empty() {
        let help = "write rights into the third field, such as `FA` for everything or `0x1200a9` for read and run";
        errors.push(whole.error("the entry gives no rights", help));
        return None;
    }
    if field.text().starts_with(|c: char| c.is_ascii_digit()) {
        return number(field).map_err(|error| errors.push(error)).ok();
    }
    if let Some(error) = foreign(field) {
        errors.push(error);
        return None;
    }
    codes(field, errors)
}

fn codes(field: Piece<'_>, errors: &mut Vec<SddlError>) -> Option<Rights> {
    let before = errors.len();
    let mut rights = Rights::NONE;
    let mut rest = field;
    while !rest.is_empty() {
        let (code, behind) = rest.take(2);
        match right(code.text()) {
            Some(right) => rights = rights | right,
            None => errors.push(foreign(code).unwrap_or_else(|| unknown(code))),
        }
        rest = behind;
    }
    (errors.len() == before).then_some(rights)
}

fn right(code: &str) -> Option<Rights> {
    let mut codes = CODES.iter().chain(&DIRECTORY_CODES);
    codes
        .find(|(name, _)| *name == code)
        .map(|(_, right)| *right)
}

fn foreign(field: Piece<'_>) -> Option<SddlError> {
    let (word, what, instead) = FOREIGN.iter().find(|(word, _, _)| *word == field.text())?;
    Some(field.error(format!("`{word}` is {what}"), format!("write `{instead}`")))
}

fn unknown(code: Piece<'_>) -> SddlError {
    let codes = CODES.iter().chain(&DIRECTORY_CODES);
    let help = match slip(code.text(), codes.map(|(name, _)| *name)) {
        _ if flags::is_code(code.text()) => {
            "write flags into the second field: `(A;OICI;FA;;;BA)`".to_owned()
        }
        Some(name) => format!("write `{name}`"),
        None => "write `FA` for everything, `0x1301bf` for modify or `0x1200a9` for read and run"
            .to_owned(),
    };
    code.error(
        format!("`{}` is no right to a file or folder", code.shown()),
        help,
    )
}

fn number(field: Piece<'_>) -> Result<Rights, SddlError> {
    let (text, shown) = (field.text(), field.shown());
    let hex = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let bits = match hex {
        Some(hex) if hex.starts_with('+') => None,
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None if text.len() > 1 && text.starts_with('0') => {
            let message =
                format!("Windows reads `{shown}` as an octal number, because it starts with 0");
            return Err(field.error(message, "write it in hexadecimal, with `0x` before it"));
        }
        None => text.parse().ok(),
    };
    if let Some(rights) = bits.and_then(Rights::from_bits) {
        return Ok(rights);
    }
    let message = match bits {
        Some(_) => format!("`{shown}` has bits that are no right to a file or folder"),
        None => format!("`{shown}` is no number of 32 bits"),
    };
    let help = match nearest(text, NUMBERS.into_iter()) {
        Some(number) => format!("write `{number}`"),
        None => "write `0x1200a9` for read and run, or `0x1301bf` for modify".to_owned(),
    };
    Err(field.error(message, help))
}
