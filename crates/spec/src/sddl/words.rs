//! Entries in words.

use super::{Acl, Descriptor, Entry, Kind};

impl Descriptor {
    /// One sentence per entry, in the order of the text; the audit list comes last.
    #[must_use]
    pub fn in_words(&self) -> Vec<String> {
        let lists = self.permissions.iter().chain(&self.audit);
        lists.flat_map(Acl::in_words).collect()
    }
}

impl Acl {
    /// One sentence per entry.
    pub fn in_words(&self) -> impl Iterator<Item = String> {
        self.entries.iter().map(Entry::in_words)
    }
}

impl Entry {
    /// Who may do what where: `BUILTIN\Administrators: full control of this folder, subfolders, and files`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let who = self.trustee.name();
        let what = format!("{} {}", self.rights.in_words(), self.inheritance.in_words());
        let origin = match self.inherited {
            true => " (inherited from the parent folder)",
            false => "",
        };
        match self.kind {
            Kind::Allow => format!("{who}: {what}{origin}"),
            Kind::Deny => format!("{who}: denied {what}{origin}"),
            Kind::Audit { success, failure } => {
                let when = match (success, failure) {
                    (true, true) => "on success and failure",
                    (true, false) => "on success",
                    (false, true) => "on failure",
                    (false, false) => "never",
                };
                format!("{who}: use of {what} is recorded {when}{origin}")
            }
        }
    }
}
