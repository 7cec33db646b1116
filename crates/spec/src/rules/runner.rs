//! Whom an application runs as, for the rules on what it may do.

use crate::model::{AppSpec, Identity};
use crate::sddl::{Entry, Kind, Sid, Trustee, Windows};
use crate::target::{Feature, Target};

/// The account that an application runs as on one target.
pub(super) struct Runner {
    pub(super) target: Target,
    /// The account as people write it: `IIS AppPool\shop`.
    pub(super) name: String,
    /// Whom an entry for it names; `None` if only the server knows.
    pub(super) own: Option<Trustee>,
    /// Everybody whom Windows takes it for.
    is: Vec<Trustee>,
    /// It may be in groups that nobody has told us about.
    has_groups: bool,
}

/// The account on each target on which the spec says which it is (section 9.5 of the IIS fact sheet).
///
/// IIS Express runs as whoever starts it.
pub(super) fn runners(spec: &AppSpec) -> Vec<Runner> {
    let targets = spec.targets.iter().copied();
    targets
        .filter(|target| *target != Target::IisExpress)
        .filter_map(|target| runner(spec, target))
        .collect()
}

/// The identity of a spec's pool on a target, by default the one that keeps applications apart.
pub(super) fn identity(spec: &AppSpec, target: Target) -> Identity {
    let by_default = match target.has(Feature::ApplicationPoolIdentity) {
        true => Identity::ApplicationPool,
        false => Identity::NetworkService,
    };
    spec.pool.identity.unwrap_or(by_default)
}

/// The oldest Windows that has a target; `None` for IIS Express, which runs on any.
pub(super) const fn windows(target: Target) -> Option<Windows> {
    match target {
        Target::Iis6 => Some(Windows::Server2003),
        Target::Iis7 | Target::Iis7_5 => Some(Windows::Server2008),
        Target::Iis8 => Some(Windows::Server2012),
        Target::Iis8_5 => Some(Windows::Server2012R2),
        Target::Iis10 => Some(Windows::Server2016),
        Target::IisExpress => None,
    }
}

fn runner(spec: &AppSpec, target: Target) -> Option<Runner> {
    let has_pool_sid = target.has(Feature::ApplicationPoolIdentity);
    let pool = spec
        .pool
        .name
        .as_ref()
        .map_or(spec.name.as_str(), |name| name.as_str());
    let pool_account = Trustee::Sid(Sid::application_pool(pool));
    let (name, own) = match identity(spec, target) {
        Identity::ApplicationPool if !has_pool_sid => return None,
        Identity::ApplicationPool => (format!(r"IIS AppPool\{pool}"), Some(pool_account.clone())),
        Identity::NetworkService => ("NETWORK SERVICE".to_owned(), Some(Trustee::NETWORK_SERVICE)),
        Identity::LocalService => ("LOCAL SERVICE".to_owned(), Some(Trustee::LOCAL_SERVICE)),
        Identity::LocalSystem => ("SYSTEM".to_owned(), Some(Trustee::SYSTEM)),
        // Windows puts the pool's account into the token whatever the pool runs as.
        Identity::SpecificUser => (
            spec.pool.user.as_ref()?.name.to_string(),
            has_pool_sid.then(|| pool_account.clone()),
        ),
    };
    let system = own == Some(Trustee::SYSTEM);
    let mut is = vec![Trustee::EVERYONE, Trustee::AUTHENTICATED_USERS];
    is.push(if system {
        Trustee::ADMINISTRATORS
    } else {
        Trustee::USERS
    });
    is.extend(Trustee::from_code("SU").filter(|_| !system));
    is.extend(own.clone());
    is.extend((target > Target::Iis6).then_some(Trustee::IIS_IUSRS));
    is.extend(has_pool_sid.then_some(pool_account));
    Some(Runner {
        target,
        name,
        own,
        is,
        has_groups: spec.pool.identity == Some(Identity::SpecificUser),
    })
}

impl Runner {
    /// True if an entry counts for it. In doubt an entry that grants does, and one that refuses does not.
    pub(super) fn is_meant_by(&self, entry: &Entry) -> bool {
        let may_be_a_group = self.has_groups && entry.kind == Kind::Allow;
        self.is.contains(&entry.trustee) || (may_be_a_group && !is_stranger(&entry.trustee))
    }
}

/// True for an account that no user with a name is, and for groups that hold none whom a pool should run as.
fn is_stranger(trustee: &Trustee) -> bool {
    let groups = ["BA", "SY", "CO", "CG", "BG", "AN", "IU"];
    groups.contains(&trustee.sddl()) || is_account_of_iis(trustee) || *trustee == Trustee::IUSR
}

/// True for what people grant rights to so that a pool gets them.
pub(super) fn is_account_of_iis(trustee: &Trustee) -> bool {
    let service = [
        Trustee::NETWORK_SERVICE,
        Trustee::LOCAL_SERVICE,
        Trustee::IIS_IUSRS,
    ];
    let pool = matches!(trustee, Trustee::Sid(sid) if sid.is_application_pool());
    pool || service.contains(trustee)
}
