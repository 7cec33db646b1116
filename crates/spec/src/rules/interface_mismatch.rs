//! The application is called as it wants to be.

use super::handler::named;
use super::{Document, Phase, Rule, Sink};
use crate::diag::{Diagnostic, Fix, Level};
use crate::model::{self, BridgeKind};
use crate::pysource::{Application, Interface};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    235,
    "interface-mismatch",
    Level::Error,
    include_str!("interface-mismatch.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(evidence) = &document.evidence else {
        return;
    };
    let Some(application) = evidence.application() else {
        return;
    };
    let Some(mut problem) = judge(document, application) else {
        return;
    };
    let found = evidence.handler();
    if let (Some(module), Some(span)) = (&found.module, found.span) {
        problem = problem.also(&module.source, span, named(application));
    }
    sink.push(problem);
}

fn judge(document: &Document<'_>, application: Application) -> Option<Diagnostic> {
    let spec = document.spec;
    match (
        spec.python.interface,
        application.interface,
        spec.bridge.kind,
    ) {
        // That wfastcgi cannot run what is written has a rule of its own.
        (model::Interface::Asgi, Interface::Wsgi, _) => Some(rewrite(document, "ASGI", "wsgi")),
        (model::Interface::Wsgi, Interface::Asgi, BridgeKind::Gateway) => {
            Some(rewrite(document, "WSGI", "asgi"))
        }
        (
            model::Interface::Wsgi | model::Interface::Auto,
            Interface::Asgi,
            BridgeKind::Wfastcgi,
        ) => Some(other_bridge(document)),
        (
            model::Interface::Wsgi | model::Interface::Auto,
            Interface::Wsgi | Interface::Neither,
            _,
        )
        | (model::Interface::Asgi, Interface::Asgi | Interface::Neither, _)
        | (model::Interface::Auto, Interface::Asgi, BridgeKind::Gateway) => None,
    }
}

/// Another interface is written.
fn rewrite(document: &Document<'_>, written: &str, right: &str) -> Diagnostic {
    let place = document.tree.place(&KeyPath::of("python.interface"));
    let handler = document.handler();
    RULE.problem(format!("`{handler}` is no {written} application"))
        .at(place, "")
        .with(document.handler_place(), "")
        .help(format!("write `interface: {right}`"))
        .fix(Fix::safe(format!("write `{right}`"), place, right))
}

fn other_bridge(document: &Document<'_>) -> Diagnostic {
    let handler = document.handler();
    let place = document.tree.place(&KeyPath::of("bridge.kind"));
    RULE.problem(format!("wfastcgi cannot call `{handler}`, which is ASGI"))
        .at(place, "knows WSGI alone")
        .with(document.handler_place(), "")
        .help("write `kind: gateway`")
}
