//! `applicationHost.fragment.config`: what must stand in the server's `applicationHost.config`, where only
//! administrators write.

use iisc_spec::Target;
use iisc_spec::model::{Authentication, StderrMode, WinPath};

use super::{Emitter, NOTE, static_files};
use crate::artifact::Artifact;
use crate::plan::{Plan, SignIn};
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
        .child(unlock(plan))
        .children(closed(plan));
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
        .attribute("managedRuntimeVersion", "")
        .from(plan.sources.of(&["pool"]));
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
        .from(plan.sources.of(&["root", "site.path"]))
        .child(directory)
        .children(static_files::virtual_directories(plan));
    let site = Element::new("site")
        .attribute("name", &plan.location.site)
        .attribute("id", plan.location.site_id)
        .from(plan.sources.of(&["site"]))
        .child(application);
    Element::new("sites").child(site)
}

fn fast_cgi(plan: &Plan) -> Element {
    let process = &plan.process;
    let application = Element::new("application")
        .from(
            plan.sources
                .of(&["name", "python.interpreter", "bridge", "process"]),
        )
        .attribute("fullPath", &plan.key.full_path)
        .attribute("arguments", &plan.key.arguments)
        .attribute("maxInstances", process.max_instances)
        .attribute("instanceMaxRequests", process.instance_max_requests)
        .attribute("requestTimeout", process.request_timeout)
        .attribute("activityTimeout", process.activity_timeout)
        .attribute("idleTimeout", process.idle_timeout);
    let application = match process.signal_before_terminate {
        Some(seconds) => application.attribute("signalBeforeTerminateSeconds", seconds),
        None => application,
    };
    let more = [
        (
            "rapidFailsPerMinute",
            process.rapid_fails.map(|it| it.to_string()),
        ),
        ("stderrMode", process.stderr.map(stderr_mode)),
        (
            "monitorChangesTo",
            process.monitor.as_ref().map(WinPath::to_string),
        ),
    ];
    let said = more
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    let application = said.fold(
        application.attribute("queueLength", process.queue_length),
        |application, (name, value)| application.attribute(name, value),
    );
    let environment = (!plan.environment.is_empty()).then(|| environment_variables(plan));
    Element::new("fastCgi").child(application.children(environment))
}

fn environment_variables(plan: &Plan) -> Element {
    let variable = |(name, value): &(String, String)| {
        Element::new("environmentVariable")
            .attribute("name", name)
            .attribute("value", value)
            .from(plan.sources.entry("environment", name))
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

/// What only an administrator decides for this application: its `Web.config` may change none of it. WebDAV's module
/// is taken out here because `modules` is locked in a `Web.config` on a server with only the stock roles (section 3.3
/// of the IIS fact sheet). If the server has none, there is nothing to remove, which is harmless in practice; that
/// its set-up adds the module without a lock (`lockItem`) is how servers look that were seen, and nowhere promised.
fn closed(plan: &Plan) -> Option<Element> {
    let modules = plan.web.without_webdav.then(|| {
        let remove = Element::new("remove").attribute("name", "WebDAVModule");
        Element::new("modules").child(remove.from(plan.sources.of(&["webdav"])))
    });
    let security = plan.web.sign_in.as_ref().map(|sign_in| {
        let sources = plan.sources.of(&["authentication", "static"]);
        Element::new("security").child(authentication(sign_in).from(sources))
    });
    if modules.is_none() && security.is_none() {
        return None;
    }
    let server = Element::new("system.webServer")
        .children(modules)
        .children(security);
    Some(
        Element::new("location")
            .attribute("path", plan.location.configuration_path())
            .child(server),
    )
}

/// An empty `userName` makes the pool's account of somebody without a name.
fn authentication(sign_in: &SignIn) -> Element {
    let enabled = |name, enabled: bool| Element::new(name).attribute("enabled", enabled);
    let anonymous = match &sign_in.methods {
        Some(methods) => enabled("anonymousAuthentication", methods.anonymous),
        None => Element::new("anonymousAuthentication"),
    };
    let anonymous = match sign_in.anonymous_is_pool {
        true => anonymous.attribute("userName", ""),
        false => anonymous,
    };
    let named = |methods: &Authentication| {
        [
            enabled("windowsAuthentication", methods.windows),
            enabled("basicAuthentication", methods.basic),
        ]
    };
    Element::new("authentication")
        .child(anonymous)
        .children(sign_in.methods.iter().flat_map(named))
}

fn stderr_mode(mode: StderrMode) -> String {
    let name = match mode {
        StderrMode::ReturnStderrIn500 => "ReturnStdErrIn500",
        StderrMode::ReturnGeneric500 => "ReturnGeneric500",
        StderrMode::IgnoreAndReturn200 => "IgnoreAndReturn200",
        StderrMode::TerminateProcess => "TerminateProcess",
    };
    name.to_owned()
}
