//! `applicationHost.fragment.config`: what must stand in the server's `applicationHost.config`, where only
//! administrators write.

mod locations;
mod pool;

use iisc_spec::Target;

use self::locations::locations;
use self::pool::pool;
use super::{Emitter, NOTE, static_files};
use crate::artifact::Artifact;
use crate::plan::Plan;
use crate::plan::host::{Attributes, Binding};
use crate::text::Unsayable;
use crate::text::xml::Element;

pub(super) static EMITTER: Emitter = Emitter {
    name: "applicationHost.fragment.config",
    purpose: "application pool, application and FastCGI registration, to be merged into applicationHost.config",
    targets: &Target::WITH_SCHEMA,
    emit,
};

fn emit(plan: &Plan) -> Result<Artifact, Unsayable> {
    let host = Element::new("system.applicationHost")
        .child(Element::new("applicationPools").child(pool(plan)))
        .child(Element::new("sites").child(site(plan)));
    let configuration = Element::new("configuration")
        .child(host)
        .child(Element::new("system.webServer").child(fast_cgi(plan)))
        .children(locations(plan));
    Ok(Artifact::for_target(
        plan.target,
        EMITTER.name,
        configuration.print(NOTE)?,
    ))
}

/// The site has our application and no other: what is at `/` of a site that is there already is not ours to say.
fn site(plan: &Plan) -> Element {
    let bindings = plan.host.site.bindings.as_slice();
    let bindings = (!bindings.is_empty())
        .then(|| Element::new("bindings").children(bindings.iter().map(binding)));
    Element::new("site")
        .attribute("name", &plan.location.site)
        .attribute("id", plan.location.site_id)
        .from(plan.sources.of(&["site"]))
        .child(application(plan))
        .children(bindings)
}

/// An application, not a bare virtual directory: only that has a root that the gateway is told (P28).
fn application(plan: &Plan) -> Element {
    let directory = Element::new("virtualDirectory")
        .attribute("path", "/")
        .attribute("physicalPath", &plan.root);
    let preload = plan.host.warm_up.iter();
    Element::new("application")
        .attribute("path", &plan.location.path)
        .attribute("applicationPool", &plan.pool)
        .from(plan.sources.of(&["root", "site.path", "warm-up"]))
        .with_attributes(preload.map(|_| ("preloadEnabled", true)))
        .child(directory)
        .children(static_files::virtual_directories(plan))
}

fn binding(binding: &Binding) -> Element {
    let flags = (binding.ssl_flags > 0).then_some(("sslFlags", binding.ssl_flags));
    Element::new("binding")
        .attribute("protocol", binding.protocol)
        .attribute("bindingInformation", &binding.information)
        .with_attributes(flags)
}

fn fast_cgi(plan: &Plan) -> Element {
    let environment = (!plan.environment.is_empty()).then(|| environment_variables(plan));
    let keys = ["name", "python.interpreter", "bridge", "process"];
    let application = Element::new("application")
        .with_attributes(said(&plan.host.registration))
        .from(plan.sources.of(&keys));
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

fn said(attributes: &Attributes) -> impl Iterator<Item = (&'static str, &String)> {
    attributes.iter().map(|(name, value)| (*name, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::planned;

    fn text(more: &str, target: Target) -> String {
        emit(&planned(more, target)).unwrap().text
    }

    #[test]
    fn a_site_keeps_its_addresses_unless_the_spec_has_some() {
        assert!(!text("", Target::Iis10).contains("bindings"));
        let express = text("", Target::IisExpress);
        assert!(
            express.contains(r#"<binding protocol="http" bindingInformation="*:8080:localhost"/>"#)
        );
        let secure = r#", "site": {"bindings": [{"host": "a.b", "certificate":
            {"thumbprint": "0123456789ABCDEF0123456789ABCDEF01234567"}}]}"#;
        assert!(text(secure, Target::Iis10).contains(r#""*:443:a.b" sslFlags="1"/>"#));
        assert!(text(secure, Target::Iis7_5).contains(r#""*:443:a.b"/>"#));
    }

    #[test]
    fn an_application_is_preloaded_where_iis_can_do_it() {
        let warm = r#", "warm-up": {}"#;
        assert!(text(warm, Target::Iis8).contains(r#"preloadEnabled="true""#));
        assert!(!text(warm, Target::Iis7_5).contains("preloadEnabled"));
    }
}
