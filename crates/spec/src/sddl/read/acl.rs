//! A list: its flags and its entries.

use super::entry;
use super::piece::Piece;
use crate::sddl::{Acl, AclPlaces, SddlError};

/// Which of the two lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    /// `D:`, who may do what.
    Access,
    /// `S:`, what is recorded.
    Audit,
}

/// What Windows writes for "no list", which is no protection at all.
const NO_LIST: &str = "NO_ACCESS_CONTROL";

/// Reads what follows `D:` or `S:`.
pub(super) fn read(
    name: Piece<'_>,
    body: Piece<'_>,
    list: List,
    errors: &mut Vec<SddlError>,
) -> (Acl, AclPlaces) {
    let first = body.text().find('(').unwrap_or(body.text().len());
    let (flags, entries) = body.cut(first);
    let mut acl = read_flags(flags, errors);
    let mut places = AclPlaces {
        name: name.range(),
        flags: flags.range(),
        entries: Vec::new(),
    };
    for piece in split(entries, errors) {
        if let Some((entry, place)) = entry::read(piece, list, errors) {
            acl.entries.push(entry);
            places.entries.push(place);
        }
    }
    (acl, places)
}

fn read_flags(flags: Piece<'_>, errors: &mut Vec<SddlError>) -> Acl {
    let mut acl = Acl::default();
    if flags.text().starts_with(NO_LIST) {
        let message = format!("`{NO_LIST}` lets everybody do everything");
        errors.push(flags.error(message, "write the entries that are needed"));
        return acl;
    }
    let mut rest = flags;
    while !rest.is_empty() {
        let (one, two) = (rest.take(1), rest.take(2));
        rest = match (one.0.text(), two.0.text()) {
            (_, "AI") => {
                acl.auto_inherited = true;
                two.1
            }
            (_, "AR") => {
                acl.inherit_requested = true;
                two.1
            }
            ("P", _) => {
                acl.protected = true;
                one.1
            }
            _ => {
                errors.push(unknown_flag(rest));
                return acl;
            }
        };
    }
    acl
}

fn unknown_flag(rest: Piece<'_>) -> SddlError {
    let upper = rest.trim().text().to_uppercase();
    let known = ["P", "AI", "AR", "PAI", "PAR"];
    let help = match rest.trim().text() {
        "" => "remove the blank".to_owned(),
        text if known.contains(&upper.as_str()) && upper != text => format!("write `{upper}`"),
        text if known.contains(&text) => "remove the blank".to_owned(),
        _ => "write `P`, `AI` or `AR`, and then the entries in parentheses".to_owned(),
    };
    let message = format!("`{}` is no flag of a list", rest.shown());
    rest.error(message, help)
}

/// Cuts a list at its parentheses; gives the entries with theirs.
fn split<'a>(entries: Piece<'a>, errors: &mut Vec<SddlError>) -> Vec<Piece<'a>> {
    let mut found = Vec::new();
    let mut rest = entries;
    let mut spaced = false;
    while !rest.is_empty() {
        let (stray, behind) = rest.cut(rest.text().find('(').unwrap_or(rest.text().len()));
        // Who puts a blank behind one entry puts it behind all.
        let again = is_blank(stray) && spaced;
        spaced |= is_blank(stray);
        if !stray.is_empty() && !again {
            errors.push(stray_text(stray));
        }
        let (entry, next) = behind.cut(end(behind.text()));
        if !entry.is_empty() {
            found.push(entry);
        }
        rest = next;
    }
    found
}

fn is_blank(stray: Piece<'_>) -> bool {
    !stray.is_empty() && stray.trim().is_empty()
}

fn stray_text(stray: Piece<'_>) -> SddlError {
    match stray.trim().is_empty() {
        true => stray.error(
            "a blank stands behind an entry",
            "remove the blanks between entries",
        ),
        false => {
            let message = format!("`{}` stands behind an entry", stray.shown());
            stray.error(message, "remove it, or write `(` before an entry")
        }
    }
}

/// Length of the entry that a text begins with: up to its `)`, or up to the next entry if there is none before it.
/// Parentheses within the last field are those of a condition.
fn end(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut before = '\0';
    for (at, c) in text.char_indices() {
        match c {
            '(' if depth == 1 && before != ';' => return at,
            '(' => depth += 1,
            ')' if depth == 1 => return at + 1,
            ')' => depth -= 1,
            _ => {}
        }
        before = c;
    }
    text.len()
}
