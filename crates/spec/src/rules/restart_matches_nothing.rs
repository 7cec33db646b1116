//! Some file of the project restarts the application.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::model::Restart;
use crate::source::Span;
use crate::syntax::KeyPath;
use crate::watch::Watch;
use crate::world::World;

pub(crate) static RULE: Rule = Rule::advice(
    212,
    "restart-matches-nothing",
    Level::Warning,
    include_str!("restart-matches-nothing.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let (Some(restart), Some(world)) = (&document.spec.restart, document.world) else {
        return;
    };
    let files = world.files();
    // A folder without code is not the one that is deployed.
    if !files.iter().any(|file| file.ends_with(".py")) {
        return;
    }
    // Not in version control, but beside the code on the server.
    let local = document.spec.local_files.keys();
    let beside = local.map(|path| path.as_str()).chain(["Web.config"]);
    let beside: Vec<&str> = beside.collect();
    for (span, part) in parts(document, restart) {
        let Some(watch) = Watch::of(&part) else {
            continue;
        };
        let on_server = files
            .iter()
            .map(String::as_str)
            .chain(beside.iter().copied());
        if on_server
            .into_iter()
            .any(|file| watch.matches(file) != Some(false))
        {
            continue;
        }
        let problem = RULE
            .problem("no file of the project is watched by this")
            .at(span, "matches none of them")
            .help(way_out(&watch, &files, world));
        sink.push(problem);
    }
}

/// The pattern, or each of the file patterns on its own.
fn parts(document: &Document<'_>, restart: &Restart) -> Vec<(Span, Restart)> {
    if restart.pattern.is_some() {
        let pattern = document.tree.place(&KeyPath::of("restart.pattern"));
        return vec![(pattern, restart.clone())];
    }
    let include = KeyPath::of("restart.include");
    let alone = |(index, glob): (usize, &_)| {
        let part = Restart {
            include: vec![Clone::clone(glob)],
            ..Restart::default()
        };
        (document.tree.place(&include.index(index)), part)
    };
    restart.include.iter().enumerate().map(alone).collect()
}

/// Names what would match files in folders, if there is a file of that kind.
fn way_out(watch: &Watch<'_>, files: &[String], world: &dyn World) -> String {
    let deeper = |file: &&String| {
        let name = file.rsplit('/').next().unwrap_or_default();
        file.contains('/') && watch.matches(name) == Some(true) && world.kind(file).is_some()
    };
    match files.iter().find(deeper) {
        Some(file) if watch.is_pattern() => {
            format!("put `.*` before it, to match files in folders such as `{file}`")
        }
        Some(file) => format!("put `**/` before it, to match files in folders such as `{file}`"),
        None => "correct it, or remove it".to_owned(),
    }
}
