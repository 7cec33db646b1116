//! Static folders hold nothing that is not for everybody.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::model::{AppSpec, WinPath};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    602,
    "exposed-files",
    Level::Error,
    include_str!("exposed-files.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    for (mount, files) in &spec.static_files {
        // A path out of the project has a rule of its own.
        if files.folder.escapes() {
            continue;
        }
        let Some(label) = exposed(spec, &files.folder.below(&spec.root)) else {
            continue;
        };
        let place = KeyPath::of("static").key(mount.as_str()).key("folder");
        let problem = RULE
            .problem(format!(
                "`{}` holds files that nobody should read",
                files.folder
            ))
            .at(document.tree.place(&place), label)
            .help("name a folder that holds nothing else than static files, such as `shop/static`");
        sink.push(problem);
    }
}

/// The first thing in a folder that is not for everybody.
fn exposed(spec: &AppSpec, folder: &WinPath) -> Option<String> {
    let holds = |path: &WinPath| path.is_within(folder);
    if holds(&spec.root) {
        return Some("the root, with the code and its settings".to_owned());
    }
    if spec.python.virtualenv().is_some_and(|path| holds(&path)) {
        return Some("the virtual environment is in it".to_owned());
    }
    if spec.log.as_ref().is_some_and(|log| holds(&log.file)) {
        return Some("the log is in it".to_owned());
    }
    let mut secrets = spec.secrets.iter();
    if let Some((name, _)) = secrets.find(|(_, secret)| holds(&secret.file)) {
        return Some(format!("the secret `{name}` is in it"));
    }
    let module = module(spec)?;
    holds(&spec.root.join(&module.replace('.', "\\")))
        .then(|| format!("the code of `{module}` is in it"))
}

/// The module of the handler: `shop.web` of `shop.web.app`.
fn module(spec: &AppSpec) -> Option<String> {
    let handler = spec.python.handler.dotted();
    let (module, _) = handler.split_once("()").unwrap_or((&handler, ""));
    Some(module.rsplit_once('.')?.0.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::found;

    #[test]
    fn what_must_not_be_read_is_found_wherever_it_lies() {
        for (folder, expected) in [
            (".", 1),
            ("./", 1),
            ("SHOP", 1),
            ("env", 1),
            ("var", 1),
            (r"var\keys", 1),
            ("shop/static", 0),
            ("static", 0),
            ("shopping", 0),
            ("../x", 0),
        ] {
            let rest = format!(
                "static: {{/s: {{folder: '{folder}'}}}}\nlog: {{file: D:\\apps\\shop\\var\\a.log}}\n\
                 secrets: {{A: {{file: D:\\apps\\shop\\var\\keys\\a.txt}}}}"
            );
            assert_eq!(found(&RULE, &rest).len(), expected, "{folder}");
        }
    }
}
