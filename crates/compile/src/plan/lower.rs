//! From a spec to a plan. The only place where a default becomes a value.

use iisc_gateway_core::settings::{GatewaySettings, IISC_APP_ROOT};
use iisc_spec::Target;
use iisc_spec::model::{AppSpec, Restart, WinPath};

use super::access::folders;
use super::{FastCgiKey, Location, Plan, Process};

/// Decides what the files of one target say.
#[must_use]
pub fn lower(spec: &AppSpec, target: Target) -> Plan {
    let name = spec.name.to_string();
    let pool = spec
        .pool
        .name
        .as_ref()
        .map_or_else(|| name.clone(), ToString::to_string);
    Plan {
        target,
        root: spec.root.clone(),
        location: Location {
            site: spec.site.name.to_string(),
            site_id: spec.site.id,
            path: spec.site.path.to_string(),
        },
        key: key(spec),
        environment: environment(spec),
        process: process(spec),
        gateway: gateway(spec),
        response_buffer_limit: spec.streaming.then_some(0),
        access: folders(spec, target, &pool),
        name,
        pool,
    }
}

/// IIS knows a pool of processes by executable and arguments alone, so the application's name among the
/// arguments keeps two applications with one interpreter apart (P29).
fn key(spec: &AppSpec) -> FastCgiKey {
    FastCgiKey {
        full_path: spec.python.interpreter.clone(),
        arguments: format!("-m iisc_gateway --app {}", spec.name),
    }
}

/// The root is told at the start, so that a process can load the application before its first request.
fn environment(spec: &AppSpec) -> Vec<(String, String)> {
    let own = [(IISC_APP_ROOT.to_owned(), spec.root.to_string())];
    let given = spec
        .environment
        .iter()
        .map(|(name, value)| (name.to_string(), value.clone()));
    own.into_iter().chain(given).collect()
}

fn process(spec: &AppSpec) -> Process {
    let process = &spec.process;
    Process {
        max_instances: process.max_instances,
        instance_max_requests: process.max_requests,
        request_timeout: process.request_timeout.0,
        activity_timeout: process.activity_timeout.0,
        idle_timeout: process.idle_timeout.0,
        signal_before_terminate: process.stop_grace.0,
        queue_length: process.queue_length,
    }
}

/// The mount is not among these: the gateway learns it from each request, so that moving an application
/// within IIS needs no new files (P41).
fn gateway(spec: &AppSpec) -> GatewaySettings {
    GatewaySettings {
        handler: spec.python.handler.dotted(),
        python_path: spec
            .python
            .pythonpath
            .iter()
            .map(WinPath::to_string)
            .collect(),
        log: spec.log.as_ref().map(|log| log.file.to_string()),
        restart_pattern: spec.restart.as_ref().and_then(Restart::expression),
        mount: None,
    }
}
