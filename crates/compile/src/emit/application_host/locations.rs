//! What the application is told by the server alone: its `Web.config` may change none of it.

use iisc_spec::model::Sections;

use super::said;
use crate::emit::handlers::handlers;
use crate::plan::Plan;
use crate::text::xml::Element;

/// The `location` elements.
pub(super) fn locations(plan: &Plan) -> Vec<Element> {
    let unlocked = match plan.sections {
        Sections::Unlock => Some(unlock(plan)),
        Sections::Location => None,
    };
    let closed = closed(plan);
    unlocked
        .into_iter()
        .chain(closed)
        .chain(folders(plan))
        .collect()
}

/// Allows the `handlers` of our `Web.config` for this application alone. A server with only the stock roles
/// has that section locked, and answers 500.19 otherwise (section 3.3 of the IIS fact sheet).
fn unlock(plan: &Plan) -> Element {
    location(plan, "")
        .attribute("overrideMode", "Allow")
        .child(Element::new("system.webServer").child(Element::new("handlers")))
}

/// What stands in sections that are locked, and stay so. WebDAV's module is taken out here because `modules` is locked in
/// a `Web.config` on a server with only the stock roles (section 3.3 of the IIS fact sheet). If the server has none,
/// there is nothing to remove, which is harmless in practice; that its set-up adds the module without a lock (`lockItem`)
/// is how servers look that were seen, and nowhere promised.
fn closed(plan: &Plan) -> Option<Element> {
    let modules = plan.web.without_webdav.then(|| {
        let remove = Element::new("remove").attribute("name", "WebDAVModule");
        Element::new("modules").child(remove.from(plan.sources.of(&["webdav"])))
    });
    let sections: Vec<Element> = placed(plan, "")
        .chain(modules)
        .chain(security(plan))
        .collect();
    (!sections.is_empty())
        .then(|| location(plan, "").child(Element::new("system.webServer").children(sections)))
}

/// The handlers of static folders.
fn folders(plan: &Plan) -> impl Iterator<Item = Element> {
    plan.web.static_folders.iter().filter_map(|folder| {
        let placed = placed(plan, &folder.url).next()?;
        let server = Element::new("system.webServer").child(placed);
        Some(location(plan, &folder.url).child(server))
    })
}

/// The handlers of one place, if they stand here.
fn placed(plan: &Plan, url: &str) -> impl Iterator<Item = Element> {
    let here = match plan.sections {
        Sections::Unlock => &[],
        Sections::Location => plan.host.handlers.as_slice(),
    };
    here.iter()
        .filter(move |it| it.url == url)
        .map(|it| handlers(it, &plan.sources))
}

fn security(plan: &Plan) -> Option<Element> {
    let sections = plan.host.authentication.iter();
    let sections: Vec<Element> = sections
        .map(|(name, attributes)| Element::new(name).with_attributes(said(attributes)))
        .collect();
    (!sections.is_empty()).then(|| {
        let authentication = Element::new("authentication")
            .children(sections)
            .from(plan.sources.of(&["authentication", "static"]));
        Element::new("security").child(authentication)
    })
}

fn location(plan: &Plan, url: &str) -> Element {
    let path = format!("{}{url}", plan.location.configuration_path());
    Element::new("location").attribute("path", path)
}

#[cfg(test)]
mod tests {
    use iisc_spec::Target;

    use super::*;
    use crate::plan::planned;

    fn told(sections: &str) -> Vec<String> {
        let more = format!(
            r#", "sections": "{sections}", "site": {{"path": "/a"}}, "static": {{"/f": {{"folder": "f"}}}}"#
        );
        let locations = locations(&planned(&more, Target::Iis10)).into_iter();
        locations.map(|it| it.print("note").unwrap()).collect()
    }

    #[test]
    fn handlers_are_unlocked_or_stand_here() {
        let [unlock, closed] = told("unlock").try_into().unwrap();
        assert!(unlock.contains("overrideMode=\"Allow\"") && unlock.contains("<handlers/>"));
        assert!(!closed.contains("handlers") && closed.contains("WebDAVModule"));
        let [closed, files] = told("location").try_into().unwrap();
        assert!(closed.contains("FastCgiModule") && closed.contains("WebDAVModule"));
        assert!(!closed.contains("overrideMode"), "{closed}");
        assert!(files.contains(r#"path="Default Web Site/a/f""#), "{files}");
        assert!(files.contains("StaticFileModule"), "{files}");
    }
}
