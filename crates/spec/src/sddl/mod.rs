//! Security descriptors: who may do what in a folder, in the language of `cacls /S` (SDDL).
//!
//! [`parse`] reads a descriptor, and the whole command line around it, as pasted. It gives a [`Descriptor`] of typed
//! entries and [`Places`] beside it, or every [`SddlError`] in one run. A [`Descriptor`] explains itself in words,
//! and prints back in one canonical form.
//!
//! The grammar is that of section 9.2 of the IIS fact sheet, cut down to what a folder can have: entries about
//! properties of directory objects, conditions and integrity levels are refused by name. Windows is looser than this
//! in three ways that are never meant: it reads a right with a leading zero as octal, cuts off numbers of more than
//! 32 bits, and takes blanks between some codes.

mod accounts;
mod descriptor;
mod effective;
mod inheritance;
mod places;
mod read;
mod rights;
mod trustee;
mod words;

use std::ops::Range;

pub use self::accounts::{Account, Windows};
pub use self::descriptor::{Acl, Descriptor, Entry, Kind};
pub use self::effective::Place;
pub use self::inheritance::Inheritance;
pub use self::places::{AclPlaces, EntryPlaces, Places};
pub use self::rights::Rights;
pub use self::trustee::{Sid, Trustee};

/// A descriptor, and where each part of it stands in the text it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sddl {
    /// What the text says.
    pub descriptor: Descriptor,
    /// Where it says so.
    pub places: Places,
}

impl Sddl {
    /// The entries of the access list (`D:`), each with its places.
    pub fn entries(&self) -> impl Iterator<Item = (&Entry, &EntryPlaces)> {
        let entries = self.descriptor.permissions.iter();
        let places = self.places.permissions.iter();
        entries
            .flat_map(|acl| &acl.entries)
            .zip(places.flat_map(|acl| &acl.entries))
    }

    /// Everybody whom the text names, and where.
    pub fn trustees(&self) -> impl Iterator<Item = (&Trustee, Range<usize>)> {
        let (said, places) = (&self.descriptor, &self.places);
        let single = [
            said.owner.as_ref().zip(places.owner.clone()),
            said.group.as_ref().zip(places.group.clone()),
        ];
        let audit = said.audit.iter().flat_map(|acl| &acl.entries);
        let audit = audit.zip(places.audit.iter().flat_map(|acl| &acl.entries));
        let entries = self.entries().chain(audit);
        single
            .into_iter()
            .flatten()
            .chain(entries.map(|(entry, places)| (&entry.trustee, places.trustee.clone())))
    }
}

/// Why a text is no security descriptor for a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SddlError {
    /// The bytes of the text it is about.
    pub range: Range<usize>,
    /// What is wrong there.
    pub message: String,
    /// One action that mends it.
    pub help: String,
}

/// Reads a descriptor: the bare SDDL, SDDL in quotes, or a whole `cacls "..." /S:"..."` command line.
///
/// Ranges refer to `text` as given.
///
/// # Errors
///
/// Everything that is wrong with the text, in its order; never empty.
pub fn parse(text: &str) -> Result<Sddl, Vec<SddlError>> {
    let mut errors = Vec::new();
    let sddl = read::text(text, &mut errors);
    errors.sort_by_key(|error| (error.range.start, error.range.end));
    match sddl {
        Some(sddl) if errors.is_empty() => Ok(sddl),
        Some(_) | None => Err(errors),
    }
}

#[cfg(test)]
mod tests;
