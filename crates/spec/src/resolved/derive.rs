//! Values that follow from other values, where nobody wrote them.

use std::collections::BTreeMap;

use crate::check::ValidSpec;
use crate::model::{AppSpec, Identity, Minutes, PoolName, StartMode};
use crate::syntax::KeyPath;
use crate::target::Target;

/// What was added to a spec.
#[derive(Debug, Default)]
pub(super) struct Derived {
    /// By key path: the key that the value follows from.
    pub(super) values: BTreeMap<String, &'static str>,
    /// A group, a key that is missing in it, and what is to be said instead of one value.
    pub(super) remarks: Vec<(KeyPath, &'static str, String)>,
}

impl Derived {
    fn note(&mut self, path: impl Into<String>, from: &'static str) {
        self.values.insert(path.into(), from);
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
    let accounts = spec
        .targets
        .iter()
        .map(|target| spec.pool.identity_on(*target));
    let accounts: Vec<Identity> = accounts.collect();
    let (Some(first), true) = (
        accounts.first().copied(),
        accounts.windows(2).all(|pair| pair.first() == pair.last()),
    ) else {
        let each = spec.targets.iter().zip(&accounts);
        let each: Vec<String> = each
            .map(|(target, account)| on(*target, *account))
            .collect();
        derived
            .remarks
            .push((KeyPath::of("pool"), "identity", each.join(", ")));
        return;
    };
    spec.pool.identity = Some(first);
    derived.note("pool.identity", "targets");
}

fn on(target: Target, account: Identity) -> String {
    let name = match account {
        Identity::ApplicationPool => "application-pool",
        Identity::NetworkService => "network-service",
        Identity::LocalService => "local-service",
        Identity::LocalSystem => "local-system",
        Identity::SpecificUser => "specific-user",
    };
    format!("{name} on {target}")
}
