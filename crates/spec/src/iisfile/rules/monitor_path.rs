//! `monitorChangesTo` is one absolute path.

use super::super::View;
use super::super::view::is_template;
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::error(
    1026,
    "monitor-path",
    include_str!("monitor-path.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    for path in view
        .applications()
        .filter_map(|element| element.value("monitorChangesTo"))
    {
        let text = path.text.as_str();
        let is_absolute = text
            .get(1..3)
            .is_some_and(|root| matches!(root, ":\\" | ":/"))
            || text.starts_with(r"\\");
        if text.is_empty() || is_template(text) {
            continue;
        }
        let variable = text.find('%').and_then(|start| {
            let name = text.get(start + 1..)?.find('%')?;
            Some(start..start + name + 2)
        });
        let (span, label) = match variable {
            Some(range) => (path.part(range), "IIS replaces no variables here"),
            None if !is_absolute => (path.span(), "not an absolute path"),
            None => continue,
        };
        let problem = RULE
            .problem("`monitorChangesTo` names no file that IIS can find")
            .at(span, label)
            .help("write the absolute path of one file");
        sink.push(problem);
    }
}
