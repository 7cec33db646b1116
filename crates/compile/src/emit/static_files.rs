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
    })
}

/// How long browsers keep the files, for the `Web.config`.
pub(super) fn client_cache(folder: &StaticFolder) -> Option<Element> {
    folder.max_age.map(|seconds| {
        let cache = Element::new("clientCache")
            .attribute("cacheControlMode", "UseMaxAge")
            .attribute("cacheControlMaxAge", time_span(seconds));
        Element::new("staticContent").child(cache)
    })
}
