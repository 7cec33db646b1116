//! The folder of a static mount is not a misspelt one.

use super::project_file::{may_exist, near_folder};
use super::{Document, Phase, Rule, Sink};
use crate::diag::{Fix, Level};
use crate::model::ProjectPath;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    247,
    "static-folder-missing",
    Level::Warning,
    include_str!("static-folder-missing.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(world) = document.world else {
        return;
    };
    for (url, mount) in &document.spec.static_files {
        let folder = &mount.folder;
        if may_exist(world, folder) || is_named_in_code(document, folder) {
            continue;
        }
        // Without one it may be a folder that is filled as the application is deployed.
        let Some(near) = near_folder(world, folder) else {
            continue;
        };
        let path = KeyPath::of("static").key(url.as_str()).key("folder");
        let place = document.tree.place(&path);
        let problem = RULE
            .problem(format!("there is no folder `{folder}` in the project"))
            .at(place, "")
            .help(format!("write `{near}`"))
            .fix(Fix::to_review(format!("write `{near}`"), place, near));
        sink.push(problem);
    }
}

/// True for a folder that the code may fill, such as Django's `STATIC_ROOT`.
fn is_named_in_code(document: &Document<'_>, folder: &ProjectPath) -> bool {
    let (Some(evidence), Some(name)) = (&document.evidence, folder.names().last()) else {
        return false;
    };
    let mut modules = evidence.modules().iter();
    modules.any(|module| module.source.text().contains(name))
}
