//! The flags of an entry: where it is inherited, and what is recorded.

use super::piece::Piece;
use super::{mask, slip};
use crate::sddl::{Kind, SddlError};

/// The flags in the order of Windows.
const FLAGS: [&str; 7] = ["OI", "CI", "NP", "IO", "ID", "SA", "FA"];

/// The flags of an entry.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Flags([bool; FLAGS.len()]);

impl Flags {
    pub(super) fn has(self, code: &str) -> bool {
        let mut set = FLAGS.iter().zip(self.0);
        set.any(|(flag, is_set)| is_set && *flag == code)
    }
}

/// True for the code of a flag.
pub(super) fn is_code(text: &str) -> bool {
    FLAGS.contains(&text)
}

/// Reads the second field of an entry; its type, if it has a right one, says whether it may be about auditing.
pub(super) fn read(
    field: Piece<'_>,
    kind: Option<Kind>,
    errors: &mut Vec<SddlError>,
) -> Option<Flags> {
    let mut flags = Flags::default();
    let before = errors.len();
    let mut rest = field;
    while !rest.is_empty() {
        let (code, behind) = rest.take(2);
        let mut known = FLAGS.iter().zip(&mut flags.0);
        match known.find(|(flag, _)| **flag == code.text()) {
            Some((_, is_set)) => *is_set = true,
            None => errors.push(unknown(code)),
        }
        rest = behind;
    }
    errors.extend(kind.and_then(|kind| misfit(flags, kind, field)));
    (errors.len() == before).then_some(flags)
}

fn unknown(code: Piece<'_>) -> SddlError {
    let help = match slip(code.text(), FLAGS.into_iter()) {
        _ if mask::is_code(code.text()) => {
            "write rights into the third field: `(A;OICI;FA;;;BA)`".to_owned()
        }
        Some(flag) => format!("write `{flag}`"),
        None => "write `OICI` for this folder, subfolders and files".to_owned(),
    };
    let message = format!("`{}` is no flag of an entry", code.shown());
    code.error(message, help)
}

fn misfit(flags: Flags, kind: Kind, field: Piece<'_>) -> Option<SddlError> {
    let audits = flags.has("SA") || flags.has("FA");
    match kind {
        Kind::Allow | Kind::Deny if audits => Some(field.error(
            "`SA` and `FA` are about auditing here",
            "write rights into the third field: `(A;OICI;FA;;;BA)`",
        )),
        Kind::Audit { .. } if !audits => Some(field.error(
            "the entry audits neither success nor failure",
            "write `SA`, `FA` or both into the second field",
        )),
        Kind::Allow | Kind::Deny | Kind::Audit { .. } => None,
    }
}
