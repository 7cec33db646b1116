//! Static files: a virtual directory says where they lie, and a `location` takes them from Python.
//!
//! The URL and the folder need not agree, so that each has a virtual directory in the fragment. At that URL the catch-all
//! handler is removed and one for files put in its place: a handler of this level is asked before those that come from
//! above. A URL without a file is for nobody, and answered with 404.

use crate::plan::{Plan, StaticFolder};
use crate::text::time_span::time_span;
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

/// What is said of the files, for the `Web.config`.
pub(super) fn static_content(folder: &StaticFolder) -> Element {
    let types = folder.mime_types.iter().flat_map(mime_type);
    Element::new("staticContent")
        .children(folder.max_age.map(client_cache))
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
