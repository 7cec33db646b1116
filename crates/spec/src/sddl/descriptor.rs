//! A security descriptor of a folder, and its canonical text.

use std::fmt;

use super::{Inheritance, Rights, Trustee};

/// Who owns a folder, who may do what in it, and what is recorded.
///
/// Prints as SDDL in one form: parts in the order `O:`, `G:`, `D:`, `S:`, flags in a fixed order, a code where one
/// stands for the value on every Windows since Server 2003, and a number where none does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Descriptor {
    /// The owner (`O:`); `None` leaves it as it is.
    pub owner: Option<Trustee>,
    /// The primary group (`G:`), which Windows itself does not use.
    pub group: Option<Trustee>,
    /// The access list (`D:`); an empty one lets nobody in.
    pub permissions: Option<Acl>,
    /// The audit list (`S:`).
    pub audit: Option<Acl>,
}

/// A list of entries and how it takes part in inheritance.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Acl {
    /// `P`: what the parent folder says is not inherited.
    pub protected: bool,
    /// `AI`: the list is managed by tools that know about inheritance.
    pub auto_inherited: bool,
    /// `AR`: what is below is asked to inherit.
    pub inherit_requested: bool,
    /// The entries; Windows asks them in this order.
    pub entries: Vec<Entry>,
}

/// One entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What the entry does.
    pub kind: Kind,
    /// Where it applies.
    pub inheritance: Inheritance,
    /// `ID`: it came from the parent folder.
    pub inherited: bool,
    /// What it is about.
    pub rights: Rights,
    /// Whom it is about.
    pub trustee: Trustee,
}

/// What an entry does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `A`: the rights are granted.
    Allow,
    /// `D`: the rights are refused, whatever a later entry grants.
    Deny,
    /// `AU`: use of the rights is recorded; in the audit list only.
    Audit {
        /// `SA`: when it succeeds.
        success: bool,
        /// `FA`: when it fails.
        failure: bool,
    },
}

impl Entry {
    /// An entry that grants rights in a folder and everything below it.
    #[must_use]
    pub const fn allow(trustee: Trustee, rights: Rights) -> Self {
        Self {
            kind: Kind::Allow,
            inheritance: Inheritance::EVERYWHERE,
            inherited: false,
            rights,
            trustee,
        }
    }
}

impl fmt::Display for Descriptor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(owner) = &self.owner {
            write!(f, "O:{}", owner.sddl())?;
        }
        if let Some(group) = &self.group {
            write!(f, "G:{}", group.sddl())?;
        }
        if let Some(permissions) = &self.permissions {
            write!(f, "D:{permissions}")?;
        }
        if let Some(audit) = &self.audit {
            write!(f, "S:{audit}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Acl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.protected { "P" } else { "" })?;
        f.write_str(if self.inherit_requested { "AR" } else { "" })?;
        f.write_str(if self.auto_inherited { "AI" } else { "" })?;
        self.entries.iter().try_for_each(|entry| entry.fmt(f))
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, success, failure) = match self.kind {
            Kind::Allow => ("A", false, false),
            Kind::Deny => ("D", false, false),
            Kind::Audit { success, failure } => ("AU", success, failure),
        };
        write!(f, "({kind};{}", self.inheritance)?;
        f.write_str(if self.inherited { "ID" } else { "" })?;
        f.write_str(if success { "SA" } else { "" })?;
        f.write_str(if failure { "FA" } else { "" })?;
        write!(f, ";{};;;{})", self.rights, self.trustee.sddl())
    }
}
