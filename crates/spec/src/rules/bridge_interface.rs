//! An ASGI application needs a bridge that can call it.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Fix;
use crate::model::{BridgeKind, Interface};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    304,
    "bridge-interface",
    include_str!("bridge-interface.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    if (spec.bridge.kind, spec.python.interface) != (BridgeKind::Wfastcgi, Interface::Asgi) {
        return;
    }
    let place = |keys| document.tree.place(&KeyPath::of(keys));
    let kind = place("bridge.kind");
    let problem = RULE
        .problem("wfastcgi cannot run an ASGI application")
        .at(place("python.interface"), "")
        .with(kind, "knows WSGI alone")
        .help("write `kind: gateway`, which runs both")
        .fix(Fix::to_review("write `gateway`", kind, "gateway"));
    sink.push(problem);
}
