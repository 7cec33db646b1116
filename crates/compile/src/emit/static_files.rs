//! Static files: a virtual directory says where they lie, and a `location` takes them from Python.
//!
//! The URL and the folder need not agree, so that each has a virtual directory in the fragment. In the `Web.config`,
//! the catch-all handler is removed at that URL and one for files put in its place: a handler of this level is asked
//! before those that come from above. A URL without a file is for nobody, and answered with 404.

use crate::plan::{Plan, StaticFolder};
use crate::text::xml::Element;

/// The virtual directories, for the application in the fragment.
pub(super) fn virtual_directories(plan: &Plan) -> impl Iterator<Item = Element> {
    plan.web.static_folders.iter().map(|mount| {
        Element::new("virtualDirectory")
            .attribute("path", &mount.url)
            .attribute("physicalPath", &mount.folder)
            .from(plan.sources.entry("static", &mount.url))
    })
}

/// The `location` elements, for the `Web.config`.
pub(super) fn locations(plan: &Plan) -> impl Iterator<Item = Element> {
    plan.web
        .static_folders
        .iter()
        .map(|mount| location(plan, mount))
}

fn location(plan: &Plan, mount: &StaticFolder) -> Element {
    let server = Element::new("system.webServer").child(handlers(plan));
    let server = server.child(static_content(mount));
    Element::new("location")
        .attribute("path", mount.url.trim_start_matches('/'))
        .child(server)
        .from(plan.sources.entry("static", &mount.url))
}

/// Of one static folder within another, the inner has inherited the handler already, so it is removed as well.
fn handlers(plan: &Plan) -> Element {
    let name = format!("{}-static", plan.name);
    let remove = |name: &str| Element::new("remove").attribute("name", name);
    let add = Element::new("add")
        .attribute("name", &name)
        .attribute("path", "*")
        .attribute("verb", "*")
        .attribute("modules", "StaticFileModule")
        .attribute("resourceType", "File")
        .attribute("requireAccess", "Read");
    Element::new("handlers")
        .child(remove(&plan.name))
        .child(remove(&name))
        .child(add)
}

fn static_content(mount: &StaticFolder) -> Element {
    let types = mount.mime_types.iter().flat_map(mime_type);
    Element::new("staticContent")
        .children(mount.max_age.map(client_cache))
        .children(types)
}

fn client_cache(seconds: u32) -> Element {
    Element::new("clientCache")
        .attribute("cacheControlMode", "UseMaxAge")
        .attribute("cacheControlMaxAge", time_span(seconds))
}

/// The server may know the extension already, and adding it again is 500.19 (P11).
fn mime_type((extension, kind): (&String, &String)) -> [Element; 2] {
    let named = |name| Element::new(name).attribute("fileExtension", extension);
    [
        named("remove"),
        named("mimeMap").attribute("mimeType", kind),
    ]
}

/// A time as the schema's `timeSpan` has it, `days.hours:minutes:seconds`.
fn time_span(seconds: u32) -> String {
    let (minutes, hours) = (seconds / 60, seconds / 3_600);
    format!(
        "{}.{:02}:{:02}:{:02}",
        hours / 24,
        hours % 24,
        minutes % 60,
        seconds % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_days_hours_minutes_and_seconds() {
        for (seconds, expected) in [
            (0, "0.00:00:00"),
            (59, "0.00:00:59"),
            (3_661, "0.01:01:01"),
            (604_800, "7.00:00:00"),
            (315_360_000, "3650.00:00:00"),
        ] {
            assert_eq!(time_span(seconds), expected);
        }
    }
}
