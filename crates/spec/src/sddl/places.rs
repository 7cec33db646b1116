//! Where the parts of a descriptor stand, as byte ranges of the text that was read.

use std::ops::Range;

/// Where the parts of a descriptor stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// The descriptor without the command and the quotes around it.
    pub descriptor: Range<usize>,
    /// The SID behind `O:`.
    pub owner: Option<Range<usize>>,
    /// The SID behind `G:`.
    pub group: Option<Range<usize>>,
    /// The access list, `D:`.
    pub permissions: Option<AclPlaces>,
    /// The audit list, `S:`.
    pub audit: Option<AclPlaces>,
}

/// Where a list of entries stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AclPlaces {
    /// `D:` or `S:`.
    pub name: Range<usize>,
    /// The flags between the name and the first entry; empty if there are none.
    pub flags: Range<usize>,
    /// The entries, in the order of the list.
    pub entries: Vec<EntryPlaces>,
}

/// Where the fields of one entry stand; a field without text is an empty range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryPlaces {
    /// All of it, with its parentheses.
    pub whole: Range<usize>,
    /// The type.
    pub kind: Range<usize>,
    /// The flags of inheritance and audit.
    pub flags: Range<usize>,
    /// The rights.
    pub rights: Range<usize>,
    /// Who it is about.
    pub trustee: Range<usize>,
}
