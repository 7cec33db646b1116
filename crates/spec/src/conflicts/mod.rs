//! What two applications on one server cannot both have.
//!
//! Each application says what it claims: a name, a folder, a place in a site, a pool, addresses,
//! a log. The applications of
//! one file are compared by [`crate::check`]; those of different files by [`conflicts`], which only warns, because
//! the files of a repository may be for different servers. Profiles are never compared with each other.

mod claim;
mod settings;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

pub(crate) use self::claim::{Claim, Claims, Key, claims};
use self::claim::{Kind, Reach};
use self::settings::{Setting, difference};
use crate::check::{Checked, in_order};
use crate::diag::{Diagnostic, Level};
use crate::ignore;
use crate::rules::{Phase, Rule};
use crate::source::{SourceFile, Span};

pub(crate) static SHARED_MOUNT: Rule = Rule::advice(
    508,
    "shared-mount",
    Level::Error,
    include_str!("shared-mount.md"),
    Phase::Between,
);
pub(crate) static SHARED_POOL: Rule = Rule::advice(
    509,
    "shared-pool",
    Level::Error,
    include_str!("shared-pool.md"),
    Phase::Between,
);
pub(crate) static SHARED_REGISTRATION: Rule = Rule::advice(
    510,
    "shared-registration",
    Level::Error,
    include_str!("shared-registration.md"),
    Phase::Between,
);
pub(crate) static SHARED_LOG: Rule = Rule::advice(
    511,
    "shared-log",
    Level::Warning,
    include_str!("shared-log.md"),
    Phase::Between,
);
pub(crate) static SHARED_BINDING: Rule = Rule::advice(
    519,
    "shared-binding",
    Level::Error,
    include_str!("shared-binding.md"),
    Phase::Between,
);

pub(crate) static SHARED_ROOT: Rule = Rule::advice(
    520,
    "shared-root",
    Level::Error,
    include_str!("shared-root.md"),
    Phase::Between,
);

/// Compares the applications of different files, and adds what they cannot both have to the diagnostics of the
/// later file, as warnings that point at the first.
///
/// Each file is taken under the profile that it was checked with; one with a problem of its text or shape claims
/// nothing. Everything that many claim is reported once for each of them, against the first.
pub fn conflicts(checked: &mut [Checked]) {
    let mut first: BTreeMap<&Key, (&Arc<SourceFile>, &Claim)> = BTreeMap::new();
    let mut found = Vec::new();
    for (index, file) in checked.iter().enumerate() {
        for (key, claim) in &file.claims {
            match first.entry(key) {
                Entry::Vacant(free) => {
                    free.insert((&file.source, claim));
                }
                Entry::Occupied(taken) => {
                    let (source, other) = taken.get();
                    let problem = Clash::of(key.kind, claim, other);
                    found.extend(problem.map(|it| (index, it.between(source))));
                }
            }
        }
    }
    for (index, problem) in found {
        let file = checked.get_mut(index);
        if let Some(file) = file.filter(|file| !ignore::silences(&file.source, &problem)) {
            file.diagnostics.push(problem);
            in_order(&mut file.diagnostics);
        }
    }
}

/// Adds the claims of an application to those of the file's others, and says what they cannot both have.
pub(crate) fn add(claims: &mut Claims, own: Vec<(Key, Claim)>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (key, claim) in own {
        let kind = key.kind;
        match claims.entry(key) {
            Entry::Vacant(free) => {
                free.insert(claim);
            }
            Entry::Occupied(first) if claim.reach != Reach::Files => {
                let problem = Clash::of(kind, &claim, first.get());
                found.extend(problem.map(Clash::within));
            }
            Entry::Occupied(_) => {}
        }
    }
    found
}

/// What is kept of a file's claims for [`conflicts`].
pub(crate) fn lasting(claims: Claims) -> Vec<(Key, Claim)> {
    let mut kept: Vec<_> = claims.into_iter().collect();
    kept.retain(|(_, claim)| claim.reach != Reach::File);
    kept.shrink_to_fit();
    kept
}

/// Two claims that do not go together, before it is known whether they stand in one file.
struct Clash {
    rule: &'static Rule,
    message: String,
    here: (Span, String),
    there: (Span, String),
    /// Where the later application has its name.
    owner: Span,
    help: &'static str,
}

impl Clash {
    fn of(kind: Kind, own: &Claim, first: &Claim) -> Option<Self> {
        let shown = &own.shown;
        let (rule, message, label, help) = match kind {
            Kind::Pool => return Self::over_pool(own, first),
            Kind::Binding => return Self::over_binding(own, first),
            Kind::Name => (
                &SHARED_REGISTRATION,
                format!("two applications are named `{shown}`"),
                "",
                "give one of them another name",
            ),
            Kind::Registration => (
                &SHARED_REGISTRATION,
                format!("another application has the name `{shown}` and the same interpreter"),
                "IIS would give both the same Python processes",
                "give one of them another name",
            ),
            Kind::Mount => (
                &SHARED_MOUNT,
                format!("another application is at {shown}"),
                "",
                "give one of them another `site.path`",
            ),
            Kind::Root => (
                &SHARED_ROOT,
                format!("another application has the root `{shown}`"),
                "one folder has room for one `Web.config`",
                "give one of them a `root` of its own",
            ),
            Kind::Log => (
                &SHARED_LOG,
                format!("another application writes to the log `{shown}`"),
                "",
                "give each application a log file of its own",
            ),
        };
        Some(Self {
            rule,
            message,
            here: (own.place(), label.to_owned()),
            there: (first.place(), "the first one".to_owned()),
            owner: own.owner,
            help,
        })
    }

    fn over_pool(own: &Claim, first: &Claim) -> Option<Self> {
        let (mine, theirs) = difference(&own.settings, &first.settings)?;
        let key = &mine.or(theirs)?.key;
        let side = |claim: &Claim, setting: Option<&Setting>| match setting {
            Some(setting) => (setting.span, format!("`{}`", setting.value)),
            None => (claim.place(), "not set for this application".to_owned()),
        };
        Some(Self {
            rule: &SHARED_POOL,
            message: format!("the pool `{}` has two values of `{key}`", own.shown),
            here: side(own, mine),
            there: side(first, theirs),
            owner: own.owner,
            help: "write the same `pool` for both, or give one of them another `pool.name`",
        })
    }

    fn over_binding(own: &Claim, first: &Claim) -> Option<Self> {
        let (mine, theirs) = (own.settings.first()?, first.settings.first()?);
        if mine.value.to_lowercase() == theirs.value.to_lowercase() {
            return None;
        }
        let of = |site: &Setting| format!("of the site `{}`", site.value);
        Some(Self {
            rule: &SHARED_BINDING,
            message: format!("another site answers on `{}`", own.shown),
            here: (own.place(), of(mine)),
            there: (first.place(), of(theirs)),
            owner: own.owner,
            help: "give one of the sites another host or port",
        })
    }

    /// Two applications that have inherited a claim from one place are told apart by their names.
    fn within(self) -> Diagnostic {
        let problem = self.rule.problem(self.message);
        let inherited = self.here.0 == self.there.0;
        let place = if inherited { self.owner } else { self.here.0 };
        problem
            .at(place, self.here.1)
            .with(self.there.0, self.there.1)
            .help(self.help)
    }

    fn between(self, source: &Arc<SourceFile>) -> Diagnostic {
        let problem = Diagnostic::new(self.rule.code, Level::Warning, self.message);
        problem
            .at(self.here.0, self.here.1)
            .also(source, self.there.0, self.there.1)
            .help(format!(
                "{}, unless they are for different servers",
                self.help
            ))
    }
}

#[cfg(test)]
mod tests;
