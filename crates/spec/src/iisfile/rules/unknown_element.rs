//! IIS refuses an element that the schema of its section does not name.

use super::super::View;
use super::super::table::{self, COMPLETE};
use crate::rules::{Phase, Rule, Sink};
use crate::suggest::{nearest, one_of};

pub(crate) static RULE: Rule = Rule::error(
    1006,
    "unknown-element",
    include_str!("unknown-element.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    for placed in view
        .placed
        .iter()
        .filter(|placed| COMPLETE.contains(&placed.path))
    {
        for child in &placed.element.children {
            let name = child.name();
            if name.contains(':') || table::child(placed.path, name).is_some() {
                continue;
            }
            let known: Vec<&str> = children(placed.path).collect();
            let parent = placed.element.name();
            let help = match nearest(name, known.iter().copied()) {
                Some(near) => format!("write `<{near}>`"),
                None => format!("write {}", one_of(known)),
            };
            let problem = RULE
                .problem(format!("`<{parent}>` has no element `<{name}>`"))
                .at(child.name.span(), "IIS refuses the whole file")
                .help(help);
            sink.push(problem);
        }
    }
}

/// The names of the elements that a section may hold.
fn children(parent: &str) -> impl Iterator<Item = &'static str> {
    table::paths().filter_map(move |path| {
        let name = path.strip_prefix(parent)?.strip_prefix('/')?;
        (!name.contains('/')).then_some(name)
    })
}
