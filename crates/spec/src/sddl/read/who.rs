//! Whom an entry is about: two letters, or a SID.

use super::piece::Piece;
use super::slip;
use crate::sddl::accounts::{self, Account};
use crate::sddl::{SddlError, Sid, Trustee};

/// Reads the field that names somebody; `around` is what to underline if it is empty.
pub(super) fn read(
    field: Piece<'_>,
    around: Piece<'_>,
    errors: &mut Vec<SddlError>,
) -> Option<Trustee> {
    let text = field.text();
    if let Some(trustee) = Trustee::from_code(text) {
        return Some(trustee);
    }
    if let Some(sid) = Sid::parse(text) {
        let cut_off = text.to_uppercase().starts_with("S-1-5-82-") && !sid.is_application_pool();
        if !cut_off {
            return Some(Trustee::Sid(sid));
        }
    }
    errors.push(match text {
        "" => around.error(
            "nobody is named",
            "write who it is, such as `BA` for the administrators or a SID",
        ),
        _ => unknown(field),
    });
    None
}

fn unknown(field: Piece<'_>) -> SddlError {
    let (text, shown) = (field.text(), field.shown());
    if text.trim() != text {
        let help = format!("write `{}`", field.trim().shown());
        return field.error("blanks stand around a name", help);
    }
    let looks_like_sid = text
        .get(..2)
        .is_some_and(|start| start.eq_ignore_ascii_case("s-"));
    if looks_like_sid {
        return not_a_sid(field);
    }
    let named = accounts::all()
        .map(|(_, account)| account)
        .find(|account| is_name(text, account));
    if let Some(account) = named {
        let code = account.code.or(account.sid).unwrap_or_default();
        return field.error(
            format!("SDDL names nobody by name: `{shown}`"),
            format!("write `{code}` for {}", account.name),
        );
    }
    let name = letters(text);
    if name.starts_with("iisapppool") {
        let help = "write the SID of the pool's account: `S-1-5-82-` and five numbers";
        return field.error(format!("SDDL names nobody by name: `{shown}`"), help);
    }
    if name.ends_with("iiswpg") {
        let message = format!("the group `{shown}` has a SID of its own on each server");
        let help = "remove the entry, and grant the rights with `cacls FOLDER /E /G IIS_WPG:R`";
        return field.error(message, help);
    }
    if text.chars().count() > 2 {
        let help = "write the SID, as `whoami /user` shows it to that account";
        return field.error(format!("SDDL names nobody by name: `{shown}`"), help);
    }
    let codes = accounts::all().filter_map(|(_, account)| account.code);
    let help = match slip(text, codes) {
        Some(code) => {
            let name = accounts::with_code(code).map_or("", |account| account.name);
            format!("write `{code}` for {name}")
        }
        None => "write a code, such as `BA` for the administrators, or a SID".to_owned(),
    };
    field.error(format!("`{shown}` stands for nobody"), help)
}

fn not_a_sid(field: Piece<'_>) -> SddlError {
    let (text, shown) = (field.text(), field.shown());
    if text.to_uppercase().starts_with("S-1-5-82") {
        let message = format!("`{shown}` is no SID of an application pool");
        return field.error(
            message,
            "write `S-1-5-82-` and five numbers below 4294967296",
        );
    }
    let message = format!("`{shown}` is no SID");
    field.error(
        message,
        "write `S-1-`, and then numbers with `-` between them, such as `S-1-5-20`",
    )
}

/// True if the text is the account's name: with or without the authority, and with or without the backslash and
/// the blanks, which get lost on the way from a web page.
fn is_name(text: &str, account: &Account) -> bool {
    let bare = account.name.rsplit('\\').next().unwrap_or_default();
    let said = letters(text);
    said == letters(account.name) || said == letters(bare)
}

fn letters(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
