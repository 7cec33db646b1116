//! `Web.config`: lies in the application's root. The gateway reads `appSettings`; IIS 7 and later reads the
//! rest.

use iisc_spec::{Feature, Target};

use super::{Emitter, NOTE};
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
    let configuration = Element::new("configuration").child(app_settings(plan));
    let configuration = match plan.target.has(Feature::Schema) {
        true => configuration.child(web_server(plan)),
        false => configuration,
    };
    Ok(Artifact::for_target(
        plan.target,
        EMITTER.name,
        configuration.print(NOTE)?,
    ))
}

fn app_settings(plan: &Plan) -> Element {
    let add = |(key, value)| {
        Element::new("add")
            .attribute("key", key)
            .attribute("value", value)
    };
    Element::new("appSettings").children(plan.gateway.to_app_settings().into_iter().map(add))
}

fn web_server(plan: &Plan) -> Element {
    Element::new("system.webServer")
        .child(
            Element::new("handlers")
                // A handler of that name may come from a Web.config further up; adding it again is 500.19 (P11).
                .child(Element::new("remove").attribute("name", &plan.name))
                .child(handler(plan)),
        )
        // Otherwise IIS puts its own page in the place of every error page and error body of the app (P49).
        .child(Element::new("httpErrors").attribute("existingResponse", "PassThrough"))
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
        .attribute("requireAccess", "Script");
    match plan.response_buffer_limit {
        Some(limit) => add.attribute("responseBufferLimit", limit),
        None => add,
    }
}
