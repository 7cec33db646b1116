//! What set-up does on a server, in three parts that an administrator can also run on their own.

mod step;

pub use self::step::{Command, Program, Question, Step, Success, Word};

/// The steps of set-up, in the order in which they are run. Removal goes the other way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Setup {
    /// Python's side: virtual environment, packages, the files of the application. `provision.cmd`.
    pub provision: Vec<Step>,
    /// Who may do what in which folder. `acl.cmd`.
    pub permissions: Vec<Step>,
    /// IIS's side: features, pool, site, application, FastCGI registration. `register.cmd`.
    pub registration: Vec<Step>,
}
