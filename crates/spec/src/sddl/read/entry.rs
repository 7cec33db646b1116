//! One entry: `(type;flags;rights;object;object;who)`.

use super::acl::List;
use super::flags::Flags;
use super::piece::Piece;
use super::{flags, mask, who};
use crate::sddl::{Entry, EntryPlaces, Inheritance, Kind, Rights, SddlError, Trustee};

/// Types that a folder of ours has no use for, and what they are about.
const FOREIGN: [(&str, &str); 13] = [
    ("OA", "properties of directory objects"),
    ("OD", "properties of directory objects"),
    ("OU", "properties of directory objects"),
    ("OL", "properties of directory objects"),
    ("AL", "alarms, which Windows never raises"),
    ("ML", "integrity levels"),
    ("XA", "conditions on the claims of a user"),
    ("XD", "conditions on the claims of a user"),
    ("XU", "conditions on the claims of a user"),
    ("ZA", "conditions on directory objects"),
    ("RA", "resource attributes"),
    ("SP", "central access policies"),
    ("TL", "process trust labels"),
];

/// Reads an entry with its parentheses; `None` if a part of it could not be read.
pub(super) fn read(
    whole: Piece<'_>,
    list: List,
    errors: &mut Vec<SddlError>,
) -> Option<(Entry, EntryPlaces)> {
    let (_, open) = whole.cut(1);
    let inner = open.text().strip_suffix(')');
    if inner.is_none() {
        errors.push(whole.error("the entry is not closed", "write `)` behind it"));
    }
    let inner = inner.map_or(open, |inner| open.cut(inner.len()).0);
    let fields = inner.split(';');
    let foreign = fields.first().and_then(|kind| foreign(*kind));
    if let Some(error) = foreign {
        errors.push(error);
        return None;
    }
    let &[kind, flags, rights, object, inherited_object, trustee] = fields.as_slice() else {
        errors.push(field_count(whole, &fields));
        return None;
    };
    errors.extend(
        [object, inherited_object]
            .into_iter()
            .filter_map(object_kind),
    );
    let places = EntryPlaces {
        whole: whole.range(),
        kind: kind.range(),
        flags: flags.range(),
        rights: rights.range(),
        trustee: trustee.range(),
    };
    let kind = read_kind(kind, whole, list)
        .map_err(|error| errors.push(error))
        .ok();
    let flags = flags::read(flags, kind, errors);
    let rights = mask::read(rights, whole, errors);
    let trustee = who::read(trustee, whole, errors);
    Some((assemble(kind?, flags?, rights?, trustee?), places))
}

/// An object type says to which kind of directory object an entry applies.
fn object_kind(field: Piece<'_>) -> Option<SddlError> {
    let message = format!("`{}` stands for a kind of directory object", field.shown());
    (!field.is_empty()).then(|| field.error(message, "leave this field empty"))
}

fn assemble(kind: Kind, flags: Flags, rights: Rights, trustee: Trustee) -> Entry {
    let kind = match kind {
        Kind::Audit { .. } => Kind::Audit {
            success: flags.has("SA"),
            failure: flags.has("FA"),
        },
        Kind::Allow | Kind::Deny => kind,
    };
    Entry {
        kind,
        inheritance: Inheritance {
            this_folder: !flags.has("IO"),
            subfolders: flags.has("CI"),
            files: flags.has("OI"),
            one_level: flags.has("NP"),
        },
        inherited: flags.has("ID"),
        rights,
        trustee,
    }
}

/// A lost semicolon is put back where the fields that are there leave no doubt.
fn field_count(whole: Piece<'_>, fields: &[Piece<'_>]) -> SddlError {
    let said: Vec<String> = fields
        .iter()
        .map(|field| field.shown())
        .filter(|text| !text.is_empty())
        .collect();
    let help = match said.as_slice() {
        [kind, flags, rights, who] => format!("write `({kind};{flags};{rights};;;{who})`"),
        _ => "write `(type;flags;rights;;;who)`, such as `(A;OICI;FA;;;BA)`".to_owned(),
    };
    let count = match fields.len() {
        1 => "1 field".to_owned(),
        count => format!("{count} fields"),
    };
    whole.error(format!("the entry has {count} where 6 belong"), help)
}

fn foreign(kind: Piece<'_>) -> Option<SddlError> {
    let (code, about) = FOREIGN.iter().find(|(code, _)| *code == kind.text())?;
    let message = format!("an entry of type `{code}` is about {about}");
    Some(kind.error(
        message,
        "write `A` to allow or `D` to deny, or remove the entry",
    ))
}

fn read_kind(kind: Piece<'_>, whole: Piece<'_>, list: List) -> Result<Kind, SddlError> {
    let audit = Kind::Audit {
        success: false,
        failure: false,
    };
    match (kind.text(), list) {
        ("A", List::Access) => Ok(Kind::Allow),
        ("D", List::Access) => Ok(Kind::Deny),
        ("AU", List::Audit) => Ok(audit),
        ("AU", List::Access) => Err(kind.error(
            "an audit entry stands in the access list",
            "move it behind `S:`",
        )),
        ("A" | "D", List::Audit) => Err(kind.error(
            "an access entry stands in the audit list",
            "move it behind `D:`",
        )),
        ("", _) => Err(whole.error("the entry has no type", "write `A` to allow or `D` to deny")),
        (_, _) => Err(unknown_kind(kind)),
    }
}

fn unknown_kind(kind: Piece<'_>) -> SddlError {
    let help = match kind.text().trim().to_uppercase().as_str() {
        known @ ("A" | "D" | "AU") => format!("write `{known}`"),
        _ => "write `A` to allow or `D` to deny".to_owned(),
    };
    kind.error(format!("`{}` is no type of an entry", kind.shown()), help)
}
