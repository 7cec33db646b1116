//! What set-up does on a server, in three parts that an administrator can also run on their own.

mod iis6;
mod iis7;
mod permissions;
mod provision;
mod step;

use iisc_spec::Feature;
use iisc_spec::model::AppSpec;

pub use self::step::{Command, Program, Question, RESTART, Step, Success, Word};
use super::Plan;

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

/// Decides what set-up does, from a spec and all that is planned for it besides.
pub(super) fn setup(spec: &AppSpec, plan: &Plan) -> Setup {
    Setup {
        provision: provision::steps(spec, plan),
        permissions: permissions::steps(plan),
        registration: match plan.target.has(Feature::Schema) {
            true => iis7::steps(plan),
            false => iis6::steps(spec, plan),
        },
    }
}
