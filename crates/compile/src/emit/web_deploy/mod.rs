//! For release pipelines that copy files with Web Deploy: what may differ from machine to machine in `Web.config`.
//!
//! There are two ways, and a pipeline takes one of them. Web Deploy puts values into the file while it copies it:
//! `parameters.xml` names the places, a `SetParameters.xml` the values. Or a transform makes the `Web.config` of a
//! profile out of the one that is built, before anything is copied. The values can only change what is there already;
//! the transform can change everything.

mod parameters;
mod place;
mod set_parameters;
mod transform;

use iisc_spec::Target;

pub use self::transform::transform;

use super::web_config;
use crate::artifact::Artifact;
use crate::plan::Plan;
use crate::text::Unsayable;
use crate::text::xml::Element;

/// The targets that Web Deploy knows and that are servers.
pub(crate) const TARGETS: &[Target] = &[
    Target::Iis7,
    Target::Iis7_5,
    Target::Iis8,
    Target::Iis8_5,
    Target::Iis10,
];

/// An application as it is deployed: built without a profile or with one.
struct Deployed<'a> {
    plan: &'a Plan,
    config: Element,
}

impl<'a> Deployed<'a> {
    fn of(plan: &'a Plan) -> Self {
        Self {
            plan,
            config: web_config::configuration(plan),
        }
    }
}

/// The files for Web Deploy, of an application and what it is under profiles with their names.
pub(crate) fn emit(plan: &Plan, profiles: &[(&str, Plan)]) -> Result<Vec<Artifact>, Unsayable> {
    if !TARGETS.contains(&plan.target) {
        return Ok(Vec::new());
    }
    let built = Deployed::of(plan);
    let profiles: Vec<(&str, Deployed<'_>)> = profiles
        .iter()
        .map(|(name, plan)| (*name, Deployed::of(plan)))
        .collect();
    let declared = parameters::declared(&built, profiles.iter().map(|(_, profile)| profile));
    let mut artifacts = vec![
        parameters::artifact(&declared, &built)?,
        set_parameters::artifact(&declared, &built)?,
    ];
    for (name, profile) in &profiles {
        artifacts.push(set_parameters::of_profile(
            &declared, &built, name, profile,
        )?);
        artifacts.push(transform::artifact(&built, name, profile)?);
    }
    Ok(artifacts)
}

/// What a file is for, for people; empty if the file is none of these.
pub(super) fn purpose(file_name: &str) -> &'static str {
    match file_name {
        "parameters.xml" => "what Web Deploy may set in Web.config while it copies the files",
        "SetParameters.xml" => "the values for parameters.xml as they were built",
        _ if file_name.starts_with("SetParameters.") => {
            "the values for parameters.xml under a profile"
        }
        _ if file_name.starts_with("Web.") => {
            "a transform that makes the Web.config of a profile out of Web.config"
        }
        _ => "",
    }
}
