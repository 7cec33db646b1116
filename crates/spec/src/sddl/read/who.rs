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
    if let Some(account) = named(text) {
        let code = account.code.or(account.sid).unwrap_or_default();
        let help = format!("write `{code}` for {}", account.name);
        return field.error(format!("SDDL names nobody by name: `{shown}`"), help);
    }
    match text.chars().count() > 2 {
        true => foreign_name(field),
        false => unknown_code(field),
    }
}

/// The name of an account that no code stands for.
fn foreign_name(field: Piece<'_>) -> SddlError {
    let (name, shown) = (letters(field.text()), field.shown());
    if name.ends_with("iiswpg") {
        return field.error(
            format!("the group `{shown}` has a SID of its own on each server"),
            "remove the entry, and grant the rights with `cacls FOLDER /E /G IIS_WPG:R`",
        );
    }
    let pool = field.text().rsplit_once('\\').map(|(_, pool)| pool);
    let help = match pool.filter(|_| name.starts_with("iisapppool")) {
        Some(pool) => format!(
            "write the SID of the pool's account: `{}`",
            Sid::application_pool(pool)
        ),
        None => "write the SID, as `whoami /user` shows it to that account".to_owned(),
    };
    field.error(format!("SDDL names nobody by name: `{shown}`"), help)
}

fn unknown_code(field: Piece<'_>) -> SddlError {
    let codes = accounts::all().filter_map(|(_, account)| account.code);
    let meant = slip(field.text(), codes).and_then(accounts::with_code);
    let help = match meant.and_then(|account| account.code.zip(Some(account.name))) {
        Some((code, name)) => format!("write `{code}` for {name}"),
        None => "write a code, such as `BA` for the administrators, or a SID".to_owned(),
    };
    field.error(format!("`{}` stands for nobody", field.shown()), help)
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

/// The account of that name: with or without the authority, and with or without the backslash and the blanks,
/// which get lost on the way from a web page.
fn named(text: &str) -> Option<&'static Account> {
    let said = letters(text);
    let is_named = |account: &&Account| {
        let bare = account.name.rsplit('\\').next().unwrap_or_default();
        said == letters(account.name) || said == letters(bare)
    };
    accounts::all().map(|(_, account)| account).find(is_named)
}

fn letters(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
