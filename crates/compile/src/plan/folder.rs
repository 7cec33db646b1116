//! A folder on the server, and who may do what in it.

use iisc_spec::model::WinPath;
use iisc_spec::sddl::Sid;

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
}

/// What somebody may do in a folder and everything below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rights {
    /// Read files, list folders, run programs.
    ReadExecute,
    /// That, and create, change and delete files.
    Modify,
    /// Everything, permissions included.
    Full,
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
    /// The grants are added: the folder belongs to somebody else too.
    Add,
}

/// A folder and its grants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// The folder.
    pub path: WinPath,
    /// What it is, for the reader.
    pub purpose: &'static str,
    /// How its permissions change.
    pub change: Change,
    /// It is made if it is not there: the application writes to it, and nobody else would make it.
    pub create: bool,
    /// The grants.
    pub grants: Vec<Grant>,
    /// The descriptor that the user gave, in its canonical form. It takes the place of the grants.
    pub descriptor: Option<String>,
}
