//! The template of a local file is in the project.

use super::project_file::{may_exist, near_file};
use super::{Document, Phase, Rule, Sink};
use crate::diag::{Fix, Level};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    246,
    "missing-template",
    Level::Warning,
    include_str!("missing-template.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(world) = document.world else {
        return;
    };
    for (name, file) in &document.spec.local_files {
        let Some(template) = file.template.as_ref().filter(|it| !may_exist(world, it)) else {
            continue;
        };
        let path = KeyPath::of("local-files")
            .key(name.as_str())
            .key("template");
        let place = document.tree.place(&path);
        let problem = RULE
            .problem(format!("there is no `{template}` in the project"))
            .at(place, format!("is to show what goes into `{name}`"));
        sink.push(match near_file(world, template) {
            Some(near) => problem.help(format!("write `{near}`")).fix(Fix::to_review(
                format!("write `{near}`"),
                place,
                near,
            )),
            None => problem.help("add the file, or remove `template`"),
        });
    }
}
