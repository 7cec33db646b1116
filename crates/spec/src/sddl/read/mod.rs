//! From text to a descriptor: the command around it, its parts, its entries, their fields.
//!
//! Every step takes a [`Piece`] and a list for what is wrong with it, and goes on where it can, so that one run tells
//! everything.

mod acl;
mod entry;
mod flags;
mod mask;
mod paste;
mod piece;
mod who;

use self::piece::Piece;
use crate::sddl::{Descriptor, Places, Sddl, SddlError};

/// What a user sees as an example of a whole descriptor.
const EXAMPLE: &str = "D:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;0x1200a9;;;NS)";

/// Reads a whole text; the result counts only if there are no errors.
pub(super) fn text(text: &str, errors: &mut Vec<SddlError>) -> Option<Sddl> {
    let piece = paste::descriptor(Piece::new(text), errors)?;
    let mut sddl = Sddl {
        descriptor: Descriptor::default(),
        places: Places {
            descriptor: piece.range(),
            ..Places::default()
        },
    };
    let mut seen = Vec::new();
    for part in parts(piece, errors) {
        if seen.contains(&part.letter) {
            let message = format!("`{}:` stands twice", part.letter);
            errors.push(part.name.error(message, "keep one of them"));
        }
        seen.push(part.letter);
        read_part(&part, &mut sddl, errors);
    }
    Some(sddl)
}

/// One of `O:`, `G:`, `D:`, `S:` with what follows it.
struct Part<'a> {
    letter: char,
    name: Piece<'a>,
    body: Piece<'a>,
}

fn read_part(part: &Part<'_>, sddl: &mut Sddl, errors: &mut Vec<SddlError>) {
    let (descriptor, places) = (&mut sddl.descriptor, &mut sddl.places);
    match part.letter {
        'O' => {
            descriptor.owner = who::read(part.body, part.name, errors);
            places.owner = Some(part.body.range());
        }
        'G' => {
            descriptor.group = who::read(part.body, part.name, errors);
            places.group = Some(part.body.range());
        }
        'D' => {
            let (list, list_places) = acl::read(part.name, part.body, acl::List::Access, errors);
            (descriptor.permissions, places.permissions) = (Some(list), Some(list_places));
        }
        'S' => {
            let (list, list_places) = acl::read(part.name, part.body, acl::List::Audit, errors);
            (descriptor.audit, places.audit) = (Some(list), Some(list_places));
        }
        other => {
            let message = format!("a descriptor has no part `{other}:`");
            let help = "write `O:` for the owner, `G:` for the group, `D:` for permissions or `S:` for auditing";
            errors.push(part.name.error(message, help));
        }
    }
}

/// False for a text of another kind, such as what `icacls` takes, of which nothing can be told entry by entry.
fn looks_like_descriptor(text: &str) -> bool {
    let begins = text
        .split_once(':')
        .is_some_and(|(name, _)| name.len() == 1);
    begins || text.contains(';') || !text.contains('\\')
}

/// Cuts a descriptor at its names. What stands before the first is read as permissions, so that its entries are
/// judged too.
fn parts<'a>(piece: Piece<'a>, errors: &mut Vec<SddlError>) -> Vec<Part<'a>> {
    if !looks_like_descriptor(piece.text()) {
        let message = format!("`{}` is no security descriptor", piece.shown());
        errors.push(piece.error(message, format!("write one, such as `{EXAMPLE}`")));
        return Vec::new();
    }
    let names = names(piece.text());
    let first = names.first().copied().unwrap_or(piece.text().len());
    let mut parts = Vec::new();
    let (nameless, _) = piece.cut(first);
    if nameless.text().contains('(') {
        let (name, body) = nameless.cut(usize::from(nameless.text().starts_with('D')));
        errors.push(missing_name(nameless, body));
        parts.push(Part {
            letter: 'D',
            name,
            body,
        });
    } else if !nameless.is_empty() {
        let message = format!("`{}` is no part of a descriptor", nameless.shown());
        errors.push(nameless.error(message, format!("write a descriptor, such as `{EXAMPLE}`")));
    }
    let ends = names.iter().skip(1).copied().chain([piece.text().len()]);
    for (start, end) in names.iter().copied().zip(ends) {
        let (name, body) = piece.cut(end).0.cut(start).1.cut(2);
        let written = name.text().chars().next().unwrap_or_default();
        let letter = written.to_ascii_uppercase();
        if letter != written {
            let message = format!("`{written}:` is no part of a descriptor");
            errors.push(name.error(message, format!("write `{letter}:`")));
        }
        parts.push(Part { letter, name, body });
    }
    parts
}

/// Offsets of the letters before a colon. Within an entry only a part's own letter counts: there its parenthesis
/// was lost, anything else is a stray colon.
fn names(text: &str) -> Vec<usize> {
    let mut inside = false;
    let mut names = Vec::new();
    let next = text.chars().skip(1).chain(['\0']);
    for ((at, c), next) in text.char_indices().zip(next) {
        match c {
            '(' => inside = true,
            ')' => inside = false,
            _ if next != ':' => {}
            'O' | 'G' | 'D' | 'S' => {
                names.push(at);
                inside = false;
            }
            c if c.is_ascii_alphabetic() && !inside => names.push(at),
            _ => {}
        }
    }
    names
}

fn missing_name(nameless: Piece<'_>, body: Piece<'_>) -> SddlError {
    let flags = body.text().split('(').next().unwrap_or_default();
    let help = match flags.bytes().all(|byte| byte.is_ascii_uppercase()) {
        true => format!("write `D:{flags}` before the entries"),
        false => "write `D:` before the entries".to_owned(),
    };
    let (flags, _) = nameless.cut(nameless.text().find('(').unwrap_or_default().max(1));
    flags.error("the entries belong to no part of a descriptor", help)
}

/// The known code that has the same letters, in another case or order. Codes are too short for a guess from
/// anything less alike, and a wrong guess would give rights away.
fn slip<'a>(text: &str, mut known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let sorted = |code: &str| {
        let mut letters: Vec<char> = code.chars().map(|c| c.to_ascii_uppercase()).collect();
        letters.sort_unstable();
        letters
    };
    let letters = sorted(text);
    known.find(|code| sorted(code) == letters)
}
