//! The section `handlers`, which stands in the `Web.config` or in the fragment.

use crate::plan::host::Handlers;
use crate::sources::{Source, Sources};
use crate::text::xml::Element;

/// The section at one place of the application.
pub(super) fn handlers(handlers: &Handlers, sources: &Sources) -> Element {
    let section = Element::new("handlers").with_attributes(
        handlers
            .access_policy
            .iter()
            .map(|policy| ("accessPolicy", policy)),
    );
    let remove = |name| Element::new("remove").attribute("name", name);
    let add = handlers.added.iter().map(|(name, value)| (*name, value));
    section
        .children(handlers.removed.iter().map(remove))
        .child(Element::new("add").with_attributes(add))
        .from(made_by(handlers, sources))
}

/// The application's own handler has no URL; that of a static folder has the folder's.
fn made_by(handlers: &Handlers, sources: &Sources) -> Vec<Source> {
    match handlers.url.as_str() {
        "" => sources.of(&[
            "name",
            "python.interpreter",
            "site.permissions",
            "bridge",
            "webdav",
            "streaming",
        ]),
        url => sources.entry("static", url),
    }
}
