//! `Web.config`: lies in the application's root. The gateway reads `appSettings`; IIS 7 and later reads the
//! rest.

use iisc_gateway_core::settings;
use iisc_spec::model::{ErrorDetails, ErrorPages, Sections};
use iisc_spec::{Feature, Target};

use super::handlers::handlers;
use super::request_filtering::request_filtering;
use super::{Emitter, NOTE, static_files};
use crate::artifact::Artifact;
use crate::plan::host::Handlers;
use crate::plan::{Plan, StaticFolder};
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
    let folders = plan.web.static_folders.iter();
    match plan.target.has(Feature::Schema) {
        true => configuration
            .child(web_server(plan))
            .children(folders.map(|folder| location(plan, folder))),
        false => configuration,
    }
}

/// A file further up may have the same keys, such as that of an application around this one. The gateway reads this
/// file alone, but IIS's own tools refuse a key that two files add (section 3.4 of the IIS fact sheet).
fn app_settings(plan: &Plan) -> Element {
    let add = |(key, value)| {
        Element::new("add")
            .attribute("key", key)
            .attribute("value", value)
            .from(plan.sources.of(keys_of(key)))
    };
    let settings = Element::new("appSettings").child(Element::new("clear"));
    settings.children(plan.gateway.to_app_settings().into_iter().map(add))
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
    let own = own_handlers(plan).filter(|handlers| handlers.url.is_empty());
    let warm_up = plan.host.warm_up.as_ref();
    Element::new("system.webServer")
        .children(own.map(|own| handlers(own, &plan.sources)))
        .children(security)
        .child(http_errors(plan))
        .children(warm_up.map(application_initialization))
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

/// A URL to ask for, in the place of those of the `Web.config` further up: the same one again would be a duplicate, which
/// is 500.19 (P11).
fn application_initialization(url: &String) -> Element {
    Element::new("applicationInitialization")
        .attribute("doAppInitAfterRestart", true)
        .child(Element::new("clear"))
        .child(Element::new("add").attribute("initializationPage", url))
}

/// What is said of a static folder here.
fn location(plan: &Plan, folder: &StaticFolder) -> Element {
    let own = own_handlers(plan).filter(|handlers| handlers.url == folder.url);
    let server = Element::new("system.webServer")
        .children(own.map(|own| handlers(own, &plan.sources)))
        .child(static_files::static_content(folder));
    Element::new("location")
        .attribute("path", folder.url.trim_start_matches('/'))
        .child(server)
        .from(plan.sources.entry("static", &folder.url))
}

/// The handlers, unless they stand in the fragment.
fn own_handlers(plan: &Plan) -> impl Iterator<Item = &Handlers> {
    let here = match plan.sections {
        Sections::Unlock => plan.host.handlers.as_slice(),
        Sections::Location => &[],
    };
    here.iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::planned;

    const MOUNT: &str = r#", "static": {"/a": {"folder": "a"}}"#;

    fn text(more: &str) -> String {
        emit(&planned(more, Target::Iis10)).unwrap().text
    }

    #[test]
    fn handlers_stand_here_or_in_the_fragment() {
        let here = text(MOUNT);
        assert_eq!(here.matches("<handlers>").count(), 2, "{here}");
        let elsewhere = text(&format!(r#"{MOUNT}, "sections": "location""#));
        assert!(!elsewhere.contains("<handlers>"), "{elsewhere}");
        assert!(elsewhere.contains(r#"<location path="a">"#));
    }

    #[test]
    fn a_url_of_the_parent_is_not_asked_for_again() {
        let warm = text(r#", "warm-up": {"url": "/health"}"#);
        let expected = "<applicationInitialization doAppInitAfterRestart=\"true\">\n      <clear/>\n      \
            <add initializationPage=\"/health\"/>";
        assert!(warm.contains(expected), "{warm}");
        assert!(!text("").contains("applicationInitialization"));
    }
}
