//! A folder or file on the server, and who may do what in it.

use iisc_spec::model::WinPath;
use iisc_spec::sddl::{self, Acl, Descriptor, Entry, Inheritance, Sid, Trustee};

use super::Purpose;

/// Somebody that Windows knows, as a rule by a SID, so that no name depends on the server's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    /// The local administrators.
    Administrators,
    /// The operating system.
    LocalSystem,
    /// What application pools run as on IIS 6.
    NetworkService,
    /// A service account without a name on the network.
    LocalService,
    /// Everybody who has signed in.
    AuthenticatedUsers,
    /// An account of the server or its domain. Its SID is known there alone, so that it goes by its name.
    Account(String),
    /// The virtual account of one application pool, IIS 7.5 and later.
    ApplicationPool {
        /// Name of the pool, for the reader.
        name: String,
        /// The account's SID, known before the pool exists.
        sid: String,
    },
}

impl Principal {
    /// The pool's account.
    #[must_use]
    pub fn application_pool(name: &str) -> Self {
        Self::ApplicationPool {
            name: name.to_owned(),
            sid: Sid::application_pool(name).to_string(),
        }
    }

    /// Whom a descriptor names; `None` for an account whose SID only the server knows.
    #[must_use]
    pub fn trustee(&self) -> Option<Trustee> {
        match self {
            Self::Administrators => Some(Trustee::ADMINISTRATORS),
            Self::LocalSystem => Some(Trustee::SYSTEM),
            Self::NetworkService => Some(Trustee::NETWORK_SERVICE),
            Self::LocalService => Some(Trustee::LOCAL_SERVICE),
            Self::AuthenticatedUsers => Some(Trustee::AUTHENTICATED_USERS),
            Self::ApplicationPool { sid, .. } => Sid::parse(sid).map(Trustee::Sid),
            Self::Account(_) => None,
        }
    }

    /// The SID, if it is known before the server is.
    #[must_use]
    pub fn sid(&self) -> Option<String> {
        match self.trustee()? {
            Trustee::Sid(sid) => Some(sid.to_string()),
            Trustee::Local(_) => None,
        }
    }
}

/// What somebody may do in a folder and everything below it, or with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rights {
    /// Read a file.
    Read,
    /// Read files, list folders, run programs.
    ReadExecute,
    /// That, and create, change and delete files.
    Modify,
    /// Everything, permissions included.
    Full,
}

impl Rights {
    /// The mask of a descriptor.
    #[must_use]
    pub const fn mask(self) -> sddl::Rights {
        match self {
            Self::Read => sddl::Rights::READ,
            Self::ReadExecute => sddl::Rights::READ_AND_RUN,
            Self::Modify => sddl::Rights::MODIFY,
            Self::Full => sddl::Rights::FULL,
        }
    }
}

/// One right of one principal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Who.
    pub principal: Principal,
    /// What.
    pub rights: Rights,
}

/// How a folder's permissions change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The grants become all there is; what the parent folder allows no longer counts.
    Replace,
    /// What the parent folder allows no longer counts. What was set for the folder itself stays beside the grants:
    /// another application may use it too.
    Close,
    /// The grants are added: the folder belongs to somebody else too.
    Add,
}

impl Change {
    /// True if nothing is inherited from the parent folder afterwards.
    #[must_use]
    pub const fn cuts_off(self) -> bool {
        match self {
            Self::Replace | Self::Close => true,
            Self::Add => false,
        }
    }
}

/// A folder or file, and its grants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// The folder.
    pub path: WinPath,
    /// What it is, for the reader.
    pub purpose: Purpose,
    /// It is a file, so that nothing lies below it and nothing inherits from it.
    pub is_file: bool,
    /// How its permissions change.
    pub change: Change,
    /// It is made if it is not there, a file with nothing in it: the application needs it, and nobody else would make
    /// it, or would make it readable for others.
    pub create: bool,
    /// The grants.
    pub grants: Vec<Grant>,
    /// The descriptor that the user gave, in its canonical form. It takes the place of the grants.
    pub descriptor: Option<String>,
    /// What else the application needs, and has by these grants.
    pub covers: Vec<Covered>,
}

/// A path that needs no grant of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// The path.
    pub path: WinPath,
    /// What it is.
    pub purpose: Purpose,
}

impl Folder {
    /// A grant as the entry of a descriptor; `None` for an account whose SID only the server knows.
    #[must_use]
    pub fn entry(&self, grant: &Grant) -> Option<Entry> {
        let entry = Entry::allow(grant.principal.trustee()?, grant.rights.mask());
        Some(match self.is_file {
            true => Entry {
                inheritance: Inheritance::THIS_FOLDER,
                ..entry
            },
            false => entry,
        })
    }

    /// The descriptor of all grants that it has room for, protected (`P`) if nothing is to come from the folder above.
    #[must_use]
    pub fn granted(&self) -> Descriptor {
        let entries = self.grants.iter().filter_map(|grant| self.entry(grant));
        let protected = self.change.cuts_off();
        Descriptor {
            permissions: Some(Acl {
                protected,
                auto_inherited: protected,
                entries: entries.collect(),
                ..Acl::default()
            }),
            ..Descriptor::default()
        }
    }
}
