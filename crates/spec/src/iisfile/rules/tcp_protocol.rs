//! Python speaks FastCGI over the pipe that IIS hands over.

use super::super::View;
use crate::diag::Fix;
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::error(
    1025,
    "tcp-protocol",
    include_str!("tcp-protocol.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    let entries = view
        .applications()
        .map(|element| (element.text("fullPath"), element.value("protocol")));
    let pools = view.ini().into_iter().flat_map(|ini| ini.pools());
    let pools = pools.map(|pool| {
        (
            pool.value("ExePath").map_or("", |path| path.text.as_str()),
            pool.value("Protocol"),
        )
    });
    for (program, protocol) in entries.chain(pools) {
        let Some(protocol) = protocol.filter(|protocol| protocol.text.eq_ignore_ascii_case("Tcp"))
        else {
            continue;
        };
        if !program.to_ascii_lowercase().contains("python") {
            continue;
        }
        let problem = RULE
            .problem("no FastCGI server for Python reads IIS's TCP connection")
            .at(protocol.span(), "")
            .help("write `NamedPipe`")
            .fix(Fix::safe("write `NamedPipe`", protocol.span(), "NamedPipe"));
        sink.push(problem);
    }
}
