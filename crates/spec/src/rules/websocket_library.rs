//! The application needs no WebSockets.

use super::asked_library::{asked, names};
use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::pysource::Concern;

pub(crate) static RULE: Rule = Rule::advice(
    241,
    "websocket-library",
    Level::Warning,
    include_str!("websocket-library.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let found = asked(document, |concern| concern == Concern::WebSocket);
    let Some(first) = found.first() else {
        return;
    };
    let problem = RULE
        .problem("FastCGI carries no WebSockets")
        .at(first.place, format!("{} needs them", names(&found)))
        .asked_by(&found)
        .help("give the part that talks over WebSockets a server of its own");
    sink.push(problem);
}
