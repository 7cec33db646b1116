//! `applicationHost.fragment.config`: what must stand in the server's `applicationHost.config`, where only
//! administrators write.

use iisc_spec::Target;

use super::{Emitter, NOTE};
use crate::artifact::Artifact;
use crate::plan::Plan;
use crate::text::Unsayable;
use crate::text::xml::Element;

pub(super) static EMITTER: Emitter = Emitter {
    name: "applicationHost.fragment.config",
    purpose: "application pool, application and FastCGI registration, to be merged into applicationHost.config",
    targets: &Target::WITH_SCHEMA,
    emit,
};

fn emit(plan: &Plan) -> Result<Artifact, Unsayable> {
    let configuration = Element::new("configuration")
        .child(
            Element::new("system.applicationHost")
                .child(application_pools(plan))
                .child(sites(plan)),
        )
        .child(Element::new("system.webServer").child(fast_cgi(plan)))
        .child(unlock(plan));
    Ok(Artifact::for_target(
        plan.target,
        EMITTER.name,
        configuration.print(NOTE)?,
    ))
}

/// The empty `managedRuntimeVersion` is written out: stock servers default to `v4.0`, which would load .NET
/// for nothing (iis.md 2.5).
fn application_pools(plan: &Plan) -> Element {
    let add = Element::new("add")
        .attribute("name", &plan.pool)
        .attribute("managedRuntimeVersion", "");
    Element::new("applicationPools").child(add)
}

/// An application, not a bare virtual directory: only that has a root that the gateway is told (P28).
fn sites(plan: &Plan) -> Element {
    let directory = Element::new("virtualDirectory")
        .attribute("path", "/")
        .attribute("physicalPath", &plan.root);
    let application = Element::new("application")
        .attribute("path", &plan.location.path)
        .attribute("applicationPool", &plan.pool)
        .child(directory);
    let site = Element::new("site")
        .attribute("name", &plan.location.site)
        .attribute("id", plan.location.site_id)
        .child(application);
    Element::new("sites").child(site)
}

fn fast_cgi(plan: &Plan) -> Element {
    let process = &plan.process;
    let application = Element::new("application")
        .attribute("fullPath", &plan.key.full_path)
        .attribute("arguments", &plan.key.arguments)
        .attribute("maxInstances", process.max_instances)
        .attribute("instanceMaxRequests", process.instance_max_requests)
        .attribute("requestTimeout", process.request_timeout)
        .attribute("activityTimeout", process.activity_timeout)
        .attribute("idleTimeout", process.idle_timeout)
        .attribute(
            "signalBeforeTerminateSeconds",
            process.signal_before_terminate,
        )
        .attribute("queueLength", process.queue_length)
        .child(environment_variables(plan));
    Element::new("fastCgi").child(application)
}

fn environment_variables(plan: &Plan) -> Element {
    let variable = |(name, value): &(String, String)| {
        Element::new("environmentVariable")
            .attribute("name", name)
            .attribute("value", value)
    };
    Element::new("environmentVariables").children(plan.environment.iter().map(variable))
}

/// Allows the `handlers` of our `Web.config` for this application alone. A server with only the stock roles
/// has that section locked, and answers 500.19 otherwise (iis.md 3.3).
fn unlock(plan: &Plan) -> Element {
    Element::new("location")
        .attribute("path", plan.location.configuration_path())
        .attribute("overrideMode", "Allow")
        .child(Element::new("system.webServer").child(Element::new("handlers")))
}
