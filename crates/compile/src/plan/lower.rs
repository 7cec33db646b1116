//! From a spec to a plan. The only place where a default becomes a value.

use iisc_gateway_core::settings::{GatewaySettings, IISC_APP_ROOT};
use iisc_spec::model::{self, AppSpec, BridgeKind, Restart, WinPath};
use iisc_spec::{Feature, Target};

use sha2::{Digest, Sha256};

use super::access::folders;
use super::features::requirements;
use super::host::{Host, host};
use super::setup::setup;
use super::web::web;
use super::{FastCgiKey, Location, Plan, Process, Setup};
use crate::sources::Sources;

/// Numbers from here on are given to sites whose own is not known.
const FIRST_OF_OURS: u32 = 1 << 30;

/// Decides what the files of one target say.
#[must_use]
pub fn lower(spec: &AppSpec, target: Target) -> Plan {
    let name = spec.name.to_string();
    let pool = spec
        .pool
        .name
        .as_ref()
        .map_or_else(|| name.clone(), ToString::to_string);
    let mut plan = Plan {
        target,
        root: spec.root.clone(),
        location: Location {
            site: spec.site.name.to_string(),
            site_id: site_id(&spec.site, target),
            path: spec.site.path.to_string(),
        },
        key: key(spec),
        environment: environment(spec),
        process: process(spec, target),
        gateway: gateway(spec),
        response_buffer_limit: spec.streaming.then_some(0),
        web: web(spec),
        sections: spec.sections,
        access: folders(spec, target, &pool),
        requires: requirements(spec, target),
        sources: Sources::default(),
        host: Host::default(),
        setup: Setup::default(),
        name,
        pool,
    };
    plan.host = host(spec, &plan);
    plan.setup = setup(spec, &plan);
    plan
}

/// A number that no server has given away: those of IIS 7 and later are counted from 1, and a fragment that names the
/// number of another site can not be merged. The name decides, so that two sites have two numbers.
fn site_id(site: &model::Site, target: Target) -> u32 {
    let is_first = site.name == model::Site::default().name;
    if site.id.is_some() || is_first || !target.has(Feature::Schema) {
        return site.iis6_id();
    }
    let digest = Sha256::digest(site.name.as_str().to_lowercase());
    let start = digest.iter().take(4);
    let number = start.fold(0, |number, byte| number << 8 | u32::from(*byte));
    number >> 2 | FIRST_OF_OURS
}

/// IIS knows a pool of processes by executable and arguments alone, so the application's name among the
/// arguments keeps two applications with one interpreter apart (P29). wfastcgi does not look at its arguments:
/// its `main` reads none, so that this one is for IIS alone.
fn key(spec: &AppSpec) -> FastCgiKey {
    let program = match (spec.bridge.kind, &spec.bridge.script) {
        (BridgeKind::Gateway, _) => "-m iisc_gateway".to_owned(),
        (BridgeKind::Wfastcgi, None) => "-u -m wfastcgi".to_owned(),
        (BridgeKind::Wfastcgi, Some(script)) => format!("-u \"{script}\""),
    };
    FastCgiKey {
        full_path: spec.python.interpreter.clone(),
        arguments: format!("{program} --app {}", spec.name),
    }
}

/// The gateway is told the root at the start, so that a process can load the application before its first request.
fn environment(spec: &AppSpec) -> Vec<(String, String)> {
    let own = match spec.bridge.kind {
        BridgeKind::Gateway => Some((IISC_APP_ROOT.to_owned(), spec.root.to_string())),
        BridgeKind::Wfastcgi => None,
    };
    let given = spec
        .environment
        .iter()
        .map(|(name, value)| (name.to_string(), value.clone()));
    own.into_iter().chain(given).collect()
}

/// Rapid fails and the error stream are written where they are not what every version of IIS does. What an
/// unpatched IIS 7.0 does not know would break its whole `applicationHost.config`.
fn process(spec: &AppSpec, target: Target) -> Process {
    let process = &spec.process;
    let updated = target.has(Feature::FastCgiUpdate);
    let usual = model::Process::default();
    Process {
        max_instances: process.max_instances,
        instance_max_requests: process.max_requests,
        request_timeout: process.request_timeout.0,
        activity_timeout: process.activity_timeout.0,
        idle_timeout: process.idle_timeout.0,
        signal_before_terminate: updated.then_some(process.stop_grace.0),
        queue_length: process.queue_length,
        rapid_fails: (process.rapid_fails != usual.rapid_fails).then_some(process.rapid_fails),
        stderr: (updated && process.stderr != usual.stderr).then_some(process.stderr),
        monitor: process.monitor.clone().filter(|_| updated),
    }
}

/// The gateway learns its mount from each request, so that moving an application within IIS needs no new files
/// (P41). wfastcgi has to be told, and watches files of its own choice unless its expression is empty (sections 7.3
/// and 7.4 of the IIS fact sheet).
fn gateway(spec: &AppSpec) -> GatewaySettings {
    let expression = spec.restart.as_ref().and_then(Restart::expression);
    let path = spec.site.path.as_str();
    let (restart_pattern, mount) = match spec.bridge.kind {
        BridgeKind::Gateway => (expression, None),
        BridgeKind::Wfastcgi => (
            Some(expression.unwrap_or_default()),
            (path != "/").then(|| path.to_owned()),
        ),
    };
    GatewaySettings {
        handler: spec.python.handler.dotted(),
        python_path: spec
            .python
            .pythonpath
            .iter()
            .map(WinPath::to_string)
            .collect(),
        log: spec.log.as_ref().map(|log| log.file.to_string()),
        restart_pattern,
        mount,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::planned;

    #[test]
    fn an_unpatched_iis_7_is_told_nothing_that_it_does_not_know() {
        let more = r#", "process": {"stderr": "terminate-process", "monitor": "D:\\s\\m.txt", "rapid-fails": 3}"#;
        let old = planned(more, Target::Iis7).process;
        assert_eq!(
            (old.signal_before_terminate, old.stderr, old.monitor),
            (None, None, None)
        );
        assert_eq!(old.rapid_fails, Some(3));
        for target in [Target::Iis6, Target::Iis7_5] {
            let process = planned(more, target).process;
            assert_eq!(process.signal_before_terminate, Some(30));
            assert!(process.stderr.is_some() && process.monitor.is_some());
        }
    }

    #[test]
    fn a_site_of_unknown_number_gets_one_that_is_free() {
        let id = |site: &str, target| {
            planned(&format!(r#", "site": {{{site}}}"#), target)
                .location
                .site_id
        };
        assert_eq!(id("", Target::Iis10), 1);
        assert_eq!(id(r#""name": "Shop", "id": 7"#, Target::Iis10), 7);
        assert_eq!(id(r#""name": "Shop""#, Target::Iis6), 1);
        let shop = id(r#""name": "Shop""#, Target::Iis10);
        assert!((FIRST_OF_OURS..FIRST_OF_OURS * 2).contains(&shop), "{shop}");
        assert_eq!(id(r#""name": "SHOP""#, Target::Iis8), shop);
        assert_ne!(id(r#""name": "Shop 2""#, Target::Iis10), shop);
    }

    #[test]
    fn wfastcgi_is_told_its_mount_and_to_watch_nothing() {
        let plan = planned(
            r#", "bridge": {"kind": "wfastcgi"}, "site": {"path": "/a"}"#,
            Target::Iis10,
        );
        assert_eq!(plan.key.arguments, "-u -m wfastcgi --app s");
        assert_eq!(plan.gateway.restart_pattern.as_deref(), Some(""));
        assert_eq!(plan.gateway.mount.as_deref(), Some("/a"));
        assert!(plan.environment.is_empty());
        let root = planned(r#", "bridge": {"kind": "wfastcgi"}"#, Target::Iis10);
        assert_eq!(root.gateway.mount, None);
    }
}
