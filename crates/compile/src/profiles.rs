//! What an application is under the profiles of its file, and why it may be nothing there.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

use iisc_spec::{AppSpec, Profiled, Target, ValidSpec};

use crate::emit::web_deploy;
use crate::ordered;

/// Why a profile has no `SetParameters.<profile>.xml` and no `Web.<profile>.config`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence<'a> {
    /// The file has an error under the profile.
    Faulty {
        /// The profile.
        profile: &'a str,
    },
    /// On Windows, files of the two profiles would have the same names.
    Namesake {
        /// The profile.
        profile: &'a str,
        /// The one that comes before it.
        first: &'a str,
    },
    /// The profile gives the application another name, or has none.
    Application {
        /// The profile.
        profile: &'a str,
        /// The application.
        name: &'a str,
    },
    /// The application is not built for the target under the profile.
    Target {
        /// The profile.
        profile: &'a str,
        /// The application.
        name: &'a str,
        /// The target.
        target: Target,
    },
}

impl fmt::Display for Absence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Faulty { profile } => write!(
                f,
                "the profile `{profile}` has an error, which `iisc check` shows: no transform is written for it"
            ),
            Self::Namesake { profile, first } => write!(
                f,
                "the profiles `{first}` and `{profile}` differ in case alone: no transform is written for `{profile}`"
            ),
            Self::Application { profile, name } => write!(
                f,
                "there is no `Web.{profile}.config` for `{name}`: the profile has no application of that name"
            ),
            Self::Target {
                profile,
                name,
                target,
            } => write!(
                f,
                "there is no `Web.{profile}.config` for `{name}` on {target}: the profile has other targets"
            ),
        }
    }
}

/// The applications on a target under each profile that has them, with the profile's name.
pub(crate) fn under<'a>(
    profiles: &[&'a Profiled],
    application: &AppSpec,
    target: Target,
) -> Vec<(&'a str, &'a AppSpec)> {
    let profiles = profiles.iter();
    let found = profiles.filter_map(|profile| {
        let spec = of(profile, application).filter(|spec| spec.targets.contains(&target))?;
        Some((profile.name.as_str(), spec))
    });
    found.collect()
}

/// The profiles whose files have names of their own on every system.
pub(crate) fn distinct(profiles: &[Profiled]) -> Vec<&Profiled> {
    split(profiles).0
}

/// What is not written for which profile, since it is nothing there.
#[must_use]
pub fn absences<'a>(applications: &[&'a ValidSpec], profiles: &'a [Profiled]) -> Vec<Absence<'a>> {
    let mut found = Vec::new();
    let is_deployed = |target: &Target| web_deploy::TARGETS.contains(target);
    let deployed = applications.iter();
    let deployed = deployed.filter(|spec| spec.targets.iter().any(is_deployed));
    let deployed: Vec<&ValidSpec> = deployed.copied().collect();
    if deployed.is_empty() {
        return found;
    }
    let (distinct, namesakes) = split(profiles);
    found.extend(namesakes);
    for profile in distinct {
        if profile.applications.is_empty() {
            found.push(Absence::Faulty {
                profile: &profile.name,
            });
            continue;
        }
        for application in &deployed {
            found.extend(absent(profile, application));
        }
    }
    found
}

/// What of an application there is not under a profile without errors.
fn absent<'a>(profile: &'a Profiled, application: &'a ValidSpec) -> Vec<Absence<'a>> {
    let (profile_name, name) = (profile.name.as_str(), application.name.as_str());
    let Some(spec) = of(profile, application) else {
        return vec![Absence::Application {
            profile: profile_name,
            name,
        }];
    };
    let deployed = ordered(application).filter(|target| web_deploy::TARGETS.contains(target));
    let missing = deployed.filter(|target| !spec.targets.contains(target));
    missing
        .map(|target| Absence::Target {
            profile: profile_name,
            name,
            target,
        })
        .collect()
}

/// Profiles with names of their own, and the others.
fn split(profiles: &[Profiled]) -> (Vec<&Profiled>, Vec<Absence<'_>>) {
    let mut first: BTreeMap<String, &str> = BTreeMap::new();
    let (mut distinct, mut namesakes) = (Vec::new(), Vec::new());
    for it in profiles {
        match first.entry(it.name.to_ascii_lowercase()) {
            Entry::Vacant(place) => {
                place.insert(&it.name);
                distinct.push(it);
            }
            Entry::Occupied(place) => namesakes.push(Absence::Namesake {
                profile: &it.name,
                first: place.get(),
            }),
        }
    }
    (distinct, namesakes)
}

/// An application as it is under a profile.
fn of<'a>(profile: &'a Profiled, application: &AppSpec) -> Option<&'a AppSpec> {
    let mut applications = profile.applications.iter();
    let found = applications.find(|spec| spec.name == application.name);
    found.map(|spec| &**spec)
}

#[cfg(test)]
mod tests {
    use iisc_spec::{Options, Scope, check};

    use super::*;

    #[test]
    fn what_a_profile_does_not_have_is_told() {
        let text = "name: s\nroot: D:\\s\npython: {interpreter: 'D:\\s\\python.exe', handler: s.app}\n\
            targets: [iis6, iis8, iis10]\nvariables: {X: {}}\n\
            profiles: {a: {targets: [iis10]}, A: {}, b: {name: t}, c: {environment: {X: '${X}'}}, d: {streaming: true}}\n";
        let options = Options {
            scope: Scope::Base,
            ..Options::default()
        };
        let checked = check("app.iis.yaml", text.as_bytes(), &options);
        let profiles = iisc_spec::profiles("app.iis.yaml", text.as_bytes(), &options);
        let applications: Vec<_> = checked.applications.iter().collect();
        let told = absences(&applications, &profiles);
        let told: Vec<_> = told.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "the profiles `a` and `A` differ in case alone: no transform is written for `A`",
                "there is no `Web.a.config` for `s` on iis8: the profile has other targets",
                "there is no `Web.b.config` for `s`: the profile has no application of that name",
                "the profile `c` has an error, which `iisc check` shows: no transform is written for it",
            ]
        );
        let names = |target| {
            let found = under(&distinct(&profiles), applications[0], target).into_iter();
            found.map(|(name, _)| name).collect::<Vec<_>>()
        };
        assert_eq!(names(Target::Iis8), ["d"]);
        assert_eq!(names(Target::Iis10), ["a", "d"]);
    }
}
