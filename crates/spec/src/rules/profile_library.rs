//! Libraries that keep files in the user's profile find one.

use super::asked_library::{Asked, asked, names};
use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::model::{AppSpec, Identity};
use crate::pysource::Concern;
use crate::syntax::KeyPath;
use crate::target::{Feature, Target};

pub(crate) static RULE: Rule = Rule::advice(
    243,
    "profile-library",
    Level::Warning,
    include_str!("profile-library.md"),
    Phase::Meaning(check),
);

/// Variables that say where the profile is.
const HOMES: [&str; 2] = ["HOME", "USERPROFILE"];

fn check(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    // The system may write to the folders that take the place of a profile.
    let is_system = spec.pool.identity == Some(Identity::LocalSystem);
    if spec.pool.load_user_profile
        || is_system
        || !spec.targets.iter().any(has_profiles)
        || HOMES.iter().any(|name| is_set(spec, name))
    {
        return;
    }
    let mut found = asked(document, |concern| matches!(concern, Concern::Profile(_)));
    found.retain(|one| variable(one).is_none_or(|name| !is_set(spec, name)));
    let Some(first) = found.first() else {
        return;
    };
    let mut problem = RULE
        .problem("the processes have no user profile")
        .at(first.place, format!("{} keeps files in it", names(&found)));
    let written = KeyPath::of("pool.load-user-profile");
    if document.tree.at(&written).is_some() {
        problem = problem.with(document.tree.place(&written), "");
    }
    let load = "write `load-user-profile: true` below `pool`";
    let help = match (variable(first), found.len()) {
        (Some(name), 1) => format!("{load}, or name another folder as `{name}` in `environment`"),
        _ => load.to_owned(),
    };
    sink.push(problem.asked_by(&found).help(help));
}

/// True for a version of IIS that loads profiles or not; IIS Express runs as the developer.
fn has_profiles(target: &Target) -> bool {
    target.has(Feature::Schema) && *target != Target::IisExpress
}

/// The variable that names another folder for a library.
const fn variable(asked: &Asked<'_>) -> Option<&'static str> {
    match asked.library.concern {
        Concern::Profile(variable) => variable,
        Concern::WebSocket | Concern::Scheduler => None,
    }
}

fn is_set(spec: &AppSpec, name: &str) -> bool {
    let names = spec.environment.keys().chain(spec.secrets.keys());
    let mut names = names.map(|one| one.as_str());
    names.any(|one| one.eq_ignore_ascii_case(name))
}
