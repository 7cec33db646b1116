//! Values that follow from other values, where nobody wrote them.

use std::collections::BTreeMap;

use crate::check::ValidSpec;
use crate::model::{AppSpec, Identity, Minutes, PoolName, StartMode};
use crate::syntax::KeyPath;
use crate::target::{Feature, Target};

/// What was added to a spec.
#[derive(Debug, Default)]
pub(super) struct Derived {
    /// By key path: the key that the value follows from.
    pub(super) values: BTreeMap<String, &'static str>,
    /// A group, a key in it, and what is to be said of that key instead of one value.
    pub(super) remarks: Vec<(KeyPath, &'static str, String)>,
}

impl Derived {
    fn note(&mut self, path: impl Into<String>, from: &'static str) {
        self.values.insert(path.into(), from);
    }

    fn remark(&mut self, group: &str, key: &'static str, each: impl Iterator<Item = String>) {
        let text = each.collect::<Vec<_>>().join(", ");
        self.remarks.push((KeyPath::of(group), key, text));
    }
}

/// The spec with those values in it.
pub(super) fn derive(valid: &ValidSpec) -> (AppSpec, Derived) {
    let mut spec = AppSpec::clone(valid);
    let mut derived = Derived::default();
    let written = |path: &str| valid.tree().at(&KeyPath::of(path)).is_some();
    if spec.python.virtualenv.is_none() {
        spec.python.virtualenv = spec.python.virtualenv();
        derived.note("python.virtualenv", "python.interpreter");
    }
    if spec.pool.name.is_none() {
        spec.pool.name = Some(PoolName::new(spec.name.as_str()));
        derived.note("pool.name", "name");
    }
    if spec.pool.identity.is_none() {
        identity(&mut spec, &mut derived);
    }
    if !written("process.stop-grace") {
        stop_grace(&spec, &mut derived);
    }
    if spec.warm_up.is_some() && !written("pool.start-mode") {
        spec.pool.start_mode = StartMode::AlwaysRunning;
        derived.note("pool.start-mode", "warm-up");
    }
    if spec.warm_up.is_some() && !written("pool.idle-timeout") {
        spec.pool.idle_timeout = Minutes(0);
        derived.note("pool.idle-timeout", "warm-up");
    }
    for (index, binding) in spec.site.bindings.iter_mut().enumerate() {
        if binding.port.is_none() && binding.certificate.is_some() {
            derived.note(format!("site.bindings[{index}].port"), "certificate");
        }
        binding.port = Some(binding.port());
    }
    (spec, derived)
}

/// One account if all targets have the same, else a remark that names each.
fn identity(spec: &mut AppSpec, derived: &mut Derived) {
    // IIS Express runs as whoever starts it.
    let account = |target: &Target| match target {
        Target::IisExpress => None,
        Target::Iis6
        | Target::Iis7
        | Target::Iis7_5
        | Target::Iis8
        | Target::Iis8_5
        | Target::Iis10 => Some(spec.pool.identity_on(*target)),
    };
    let accounts: Vec<Option<Identity>> = spec.targets.iter().map(account).collect();
    let alike = accounts.windows(2).all(|pair| pair.first() == pair.last());
    match accounts.first().copied().flatten().filter(|_| alike) {
        Some(account) => {
            spec.pool.identity = Some(account);
            derived.note("pool.identity", "targets");
        }
        None => {
            let each = spec.targets.iter().zip(&accounts);
            let each = each.map(|(target, account)| format!("{} on {target}", named(*account)));
            derived.remark("pool", "identity", each);
        }
    }
}

/// IIS 7.0 as it is installed gives a process no time to stop, and a spec that asks it for some is refused.
fn stop_grace(spec: &AppSpec, derived: &mut Derived) {
    let has = |target: &Target| target.has(Feature::FastCgiUpdate);
    if !spec.targets.iter().all(has) {
        let time = spec.process.stop_grace;
        let each = spec.targets.iter().map(|target| match has(target) {
            true => format!("{time} on {target}"),
            false => format!("none on {target}"),
        });
        derived.remark("process", "stop-grace", each);
    }
}

const fn named(account: Option<Identity>) -> &'static str {
    match account {
        Some(Identity::ApplicationPool) => "application-pool",
        Some(Identity::NetworkService) => "network-service",
        Some(Identity::LocalService) => "local-service",
        Some(Identity::LocalSystem) => "local-system",
        Some(Identity::SpecificUser) => "specific-user",
        None => "the developer",
    }
}
