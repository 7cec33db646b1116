//! `Web.config`: lies in the application's root. The gateway reads `appSettings`; IIS 7 and later reads the
//! rest.

use iisc_gateway_core::settings;
use iisc_spec::model::{ErrorDetails, ErrorPages, Permission};
use iisc_spec::{Feature, Target};

use super::request_filtering::request_filtering;
use super::{Emitter, NOTE, static_files};
use crate::artifact::Artifact;
use crate::plan::Plan;
use crate::text::Unsayable;
use crate::text::xml::Element;

pub(super) static EMITTER: Emitter = Emitter {
    name: "Web.config",
    purpose: "settings of the gateway, and from IIS 7 on the handler that sends requests to it",
    targets: &Target::ALL,
    emit,
};

fn emit(plan: &Plan) -> Result<Artifact, Unsayable> {
    Ok(Artifact::for_target(
        plan.target,
        EMITTER.name,
        configuration(plan).print(NOTE)?,
    ))
}

/// The tree of the file; its top has no attributes.
pub(super) fn configuration(plan: &Plan) -> Element {
    let configuration = Element::new("configuration").child(app_settings(plan));
    match plan.target.has(Feature::Schema) {
        true => configuration
            .child(web_server(plan))
            .children(static_files::locations(plan)),
        false => configuration,
    }
}

fn app_settings(plan: &Plan) -> Element {
    let add = |(key, value)| {
        Element::new("add")
            .attribute("key", key)
            .attribute("value", value)
            .from(plan.sources.of(keys_of(key)))
    };
    Element::new("appSettings").children(plan.gateway.to_app_settings().into_iter().map(add))
}

/// What in a spec makes a setting.
fn keys_of(setting: &str) -> &'static [&'static str] {
    match setting {
        settings::WSGI_HANDLER => &["python.handler"],
        settings::PYTHONPATH => &["python.pythonpath"],
        settings::WSGI_LOG => &["log.file"],
        settings::WSGI_RESTART_FILE_REGEX => &["restart"],
        settings::SCRIPT_NAME => &["site.path"],
        _ => &[],
    }
}

fn web_server(plan: &Plan) -> Element {
    let security = request_filtering(&plan.web).map(|filtering| {
        let sources = plan.sources.of(&["limits", "request-filtering"]);
        Element::new("security").child(filtering.from(sources))
    });
    Element::new("system.webServer")
        .child(handlers(plan))
        .children(security)
        .child(http_errors(plan))
}

fn handlers(plan: &Plan) -> Element {
    let handlers = match plan.web.permissions.as_slice() {
        [] => Element::new("handlers"),
        own => Element::new("handlers")
            .attribute("accessPolicy", access_policy(own))
            .from(plan.sources.of(&["site.permissions"])),
    };
    // Its module goes in the fragment: `modules` is locked here on a server with the stock roles. To remove what is
    // not there is harmless in practice, and nobody has written that it must be (section 14 of the IIS fact sheet).
    let webdav = plan
        .web
        .without_webdav
        .then(|| Element::new("remove").attribute("name", "WebDAV"))
        .map(|remove| remove.from(plan.sources.of(&["webdav"])));
    handlers
        .children(webdav)
        // A handler of that name may come from a Web.config further up; adding it again is 500.19 (P11).
        .child(Element::new("remove").attribute("name", &plan.name))
        .child(handler(plan))
}

fn access_policy(permissions: &[Permission]) -> String {
    let name = |permission: &Permission| match permission {
        Permission::Read => "Read",
        Permission::Script => "Script",
        Permission::Write => "Write",
        Permission::Execute => "Execute",
        Permission::Source => "Source",
    };
    permissions.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// `PassThrough`, or IIS puts its own page in the place of every error page and error body of the app (P49).
fn http_errors(plan: &Plan) -> Element {
    let pages = match plan.web.error_pages {
        ErrorPages::PassThrough => "PassThrough",
        ErrorPages::Auto => "Auto",
        ErrorPages::Replace => "Replace",
    };
    let errors = Element::new("httpErrors")
        .attribute("existingResponse", pages)
        .from(plan.sources.of(&["errors"]));
    match plan.web.error_details {
        ErrorDetails::Local => errors,
        ErrorDetails::Nobody => errors.attribute("errorMode", "Custom"),
        ErrorDetails::Everybody => errors.attribute("errorMode", "Detailed"),
    }
}

/// The catch-all handler. `Unspecified` means that no file needs to exist under the URL.
fn handler(plan: &Plan) -> Element {
    let add = Element::new("add")
        .attribute("name", &plan.name)
        .attribute("path", "*")
        .attribute("verb", "*")
        .attribute("modules", "FastCgiModule")
        .attribute("scriptProcessor", plan.key.script_processor())
        .attribute("resourceType", "Unspecified")
        .attribute("requireAccess", "Script")
        .from(
            plan.sources
                .of(&["name", "python.interpreter", "bridge", "streaming"]),
        );
    match plan.response_buffer_limit {
        Some(limit) => add.attribute("responseBufferLimit", limit),
        None => add,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::planned;

    #[test]
    fn webdav_stays_if_it_is_to_stay() {
        let text = |more| emit(&planned(more, Target::Iis10)).unwrap().text;
        assert!(text("").contains(r#"<remove name="WebDAV"/>"#));
        assert!(!text(r#", "webdav": "keep""#).contains("WebDAV"));
    }
}
