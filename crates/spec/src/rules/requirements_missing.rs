//! The files that pip is given are in the project.

use super::project_file::{may_exist, near_file};
use super::{Document, Phase, Rule, Sink};
use crate::diag::{Fix, Level};
use crate::model::ProjectPath;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    238,
    "requirements-missing",
    Level::Error,
    include_str!("requirements-missing.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let packages = &document.spec.python.packages;
    let path = KeyPath::of("python.packages");
    let single = [
        ("requirements", &packages.requirements),
        ("constraints", &packages.constraints),
    ];
    for (key, file) in single {
        if let Some(file) = file {
            look(document, &path.key(key), file, sink);
        }
    }
    for (index, file) in packages.wheels.iter().enumerate() {
        look(document, &path.key("wheels").index(index), file, sink);
    }
}

fn look(document: &Document<'_>, path: &KeyPath, file: &ProjectPath, sink: &mut Sink) {
    let Some(world) = document.world.filter(|world| !may_exist(*world, file)) else {
        return;
    };
    let place = document.tree.place(path);
    let problem = RULE
        .problem(format!("there is no `{file}` in the project"))
        .at(place, "");
    sink.push(match near_file(world, file) {
        Some(near) => problem.help(format!("write `{near}`")).fix(Fix::to_review(
            format!("write `{near}`"),
            place,
            near,
        )),
        None => problem.help("add the file, or remove its name here"),
    });
}
