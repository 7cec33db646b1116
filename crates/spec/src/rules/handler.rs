//! The parts of `python.handler`, as the rules on it show and change them.

use std::ops::Range;

use super::Document;
use crate::diag::Fix;
use crate::pysource::{Application, Interface};
use crate::source::Span;
use crate::syntax::KeyPath;

impl Document<'_> {
    /// The handler with dots only, as `shop.app` for `shop:app`, and without blanks around it.
    pub(crate) fn handler(&self) -> String {
        self.spec.python.handler.dotted().trim().to_owned()
    }

    /// Where a part of [`Document::handler`] stands.
    pub(crate) fn handler_part(&self, part: Range<usize>) -> Span {
        let whole = self.spec.python.handler.as_str();
        let blanks = whole.len() - whole.trim_start().len();
        let part = part.start + blanks..part.end + blanks;
        self.part(&KeyPath::of("python.handler"), part)
    }

    /// Where the whole handler stands.
    pub(crate) fn handler_place(&self) -> Span {
        self.handler_part(0..self.handler().len())
    }

    /// Where the last name of the handler stands, with the `()` behind it.
    pub(crate) fn handler_end(&self) -> Span {
        let handler = self.handler();
        let start = handler.rfind('.').map_or(0, |at| at + 1);
        self.handler_part(start..handler.len())
    }

    /// Edits that write another handler in its place; none if it stands there in escapes.
    pub(crate) fn handler_fix(
        &self,
        handler: &str,
        fix: fn(String, Span, String) -> Fix,
    ) -> Option<Fix> {
        let place = self.handler_place();
        let is_plain = self.source.slice(place) == self.spec.python.handler.as_str().trim();
        is_plain.then(|| fix(format!("write `{handler}`"), place, handler.to_owned()))
    }
}

/// What an application is, with its article.
pub(crate) fn named(application: Application) -> String {
    if let Some(framework) = application.framework {
        return format!("an application of {}", framework.name);
    }
    match application.interface {
        Interface::Wsgi => "a WSGI application",
        Interface::Asgi => "an ASGI application",
        Interface::Neither => "an object of another kind",
    }
    .to_owned()
}
