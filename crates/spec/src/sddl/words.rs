//! Entries in words.

use super::{Acl, Descriptor, Entry, Kind, Rights};

/// A group of bits, the words for it, and the bits beside which it is not worth telling.
const VERBS: [(Rights, &str, Rights); 9] = [
    (Rights::READ_DATA, "read", Rights::NONE),
    (
        Rights::READ_ATTRIBUTES,
        "read attributes",
        Rights::READ_DATA,
    ),
    (Rights::EXECUTE, "run", Rights::NONE),
    (Rights::ANY_WRITE, "write", Rights::NONE),
    (
        Rights::WRITE_ATTRIBUTES,
        "write attributes",
        Rights::ANY_WRITE,
    ),
    (Rights::ANY_DELETE, "delete", Rights::NONE),
    (
        Rights::READ_PERMISSIONS,
        "see permissions",
        Rights::OF_FILES,
    ),
    (
        Rights::WRITE_PERMISSIONS,
        "change permissions",
        Rights::NONE,
    ),
    (Rights::WRITE_OWNER, "take ownership", Rights::NONE),
];

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
        let what = self.what();
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

    /// The rights and where they apply: `full control of this folder, subfolders, and files`.
    #[must_use]
    pub fn what(&self) -> String {
        format!("{} {}", self.rights.in_words(), self.inheritance.in_words())
    }
}

impl Rights {
    /// The rights in words, up to the place they apply to: `full control of`, `read permissions for`.
    ///
    /// What Windows calls "read and execute" is plain "read" here, as everybody says; reading without running is
    /// the rare case and is told.
    #[must_use]
    pub fn in_words(self) -> String {
        match self.on_files() {
            Self::FULL => return "full control of".to_owned(),
            Self::MODIFY => return "modify permissions for".to_owned(),
            Self::READ_AND_RUN => return "read permissions for".to_owned(),
            Self::READ => return "rights to read (but not run) in".to_owned(),
            _ => {}
        }
        let verbs = VERBS
            .iter()
            .filter(|(bits, _, unless)| self.has_any(*bits) && !self.has_any(*unless));
        let verbs: Vec<&str> = verbs.map(|(_, verb, _)| *verb).collect();
        match verbs.as_slice() {
            [] => "no rights in".to_owned(),
            [one] => format!("rights to {one} in"),
            [one, two] => format!("rights to {one} and {two} in"),
            [most @ .., last] => format!("rights to {}, and {last} in", most.join(", ")),
        }
    }
}
