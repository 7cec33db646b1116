//! `fcgiext.ini`: the FastCGI registration of IIS 6.

use iisc_spec::Target;

use super::{Emitter, NOTE};
use crate::artifact::Artifact;
use crate::plan::{Location, Plan};
use crate::text::Unsayable;
use crate::text::ini::{Ini, Section, environment_vars};

pub(super) static EMITTER: Emitter = Emitter {
    name: "fcgiext.ini",
    purpose: "FastCGI registration, to be merged into %WINDIR%\\system32\\inetsrv\\fcgiext.ini",
    targets: &[Target::Iis6],
    emit,
};

fn emit(plan: &Plan) -> Result<Artifact, Unsayable> {
    let types = Section::new("Types").pair(types_key(&plan.location), &plan.name);
    let text = Ini::default()
        .section(types)
        .section(pool(plan)?)
        .print(NOTE)?;
    Ok(Artifact::for_target(plan.target, EMITTER.name, text))
}

/// The wildcard of one application, or of the whole site if the application is the site.
fn types_key(location: &Location) -> String {
    match location.path.as_str() {
        "/" => format!("*:{}", location.site_id),
        path => format!("*:/lm/w3svc/{}/root{path}", location.site_id),
    }
}

fn pool(plan: &Plan) -> Result<Section, Unsayable> {
    let process = &plan.process;
    let section = Section::new(&plan.name)
        .pair("ExePath", &plan.key.full_path)
        .pair("Arguments", &plan.key.arguments)
        .pair("EnvironmentVars", environment_vars(&plan.environment)?)
        .pair("MaxInstances", process.max_instances)
        .pair("InstanceMaxRequests", process.instance_max_requests)
        .pair("RequestTimeout", process.request_timeout)
        .pair("ActivityTimeout", process.activity_timeout)
        .pair("IdleTimeout", process.idle_timeout)
        .pair(
            "SignalBeforeTerminateSeconds",
            process.signal_before_terminate,
        )
        .pair("QueueLength", process.queue_length);
    Ok(match plan.response_buffer_limit {
        Some(limit) => section.pair("ResponseBufferLimit", limit),
        None => section,
    })
}
