//! What IIS 6 reads in the code page of the server.

use super::{Document, Phase, Rule, Sink, windows_path};
use crate::model::{AppSpec, PoolName};
use crate::syntax::KeyPath;
use crate::target::Target;

pub(crate) static RULE: Rule = Rule::error(
    9003,
    "iis6-ascii",
    include_str!("iis6-ascii.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    if !document.spec.targets.contains(&Target::Iis6) {
        return;
    }
    for (place, path) in windows_path::paths(document.spec) {
        if path.problem().is_some() {
            continue;
        }
        // The name of the log stands in `Web.config` alone, which only the gateway reads, as UTF-8.
        let folder = (place == KeyPath::of("log.file")).then(|| path.parent());
        let read = folder.flatten().unwrap_or_else(|| path.clone());
        judge(document, sink, &place, read.as_str());
    }
    for (place, text) in texts(document.spec) {
        judge(document, sink, &place, text);
    }
}

/// What stands in `fcgiext.ini` and in the scripts of set-up and is no path of the server.
fn texts(spec: &AppSpec) -> Vec<(KeyPath, &str)> {
    let environment = spec.environment.iter().map(|(name, value)| {
        let place = KeyPath::of("environment").key(name.as_str());
        (place, value.as_str())
    });
    let folders = spec.static_files.iter().map(|(url, mount)| {
        let place = KeyPath::of("static").key(url.as_str()).key("folder");
        (place, mount.folder.as_str())
    });
    let pool = spec.pool.name.iter().map(PoolName::as_str);
    let account = spec.pool.user.iter().map(|user| user.name.as_str());
    let names = pool.map(|name| (KeyPath::of("pool.name"), name));
    let names = names.chain(account.map(|name| (KeyPath::of("pool.user.name"), name)));
    let site = [(KeyPath::of("site.name"), spec.site.name.as_str())];
    environment
        .chain(folders)
        .chain(names)
        .chain(site)
        .collect()
}

fn judge(document: &Document<'_>, sink: &mut Sink, place: &KeyPath, text: &str) {
    // Control characters have a rule of their own on every target.
    let strange = |c: &char| !c.is_ascii() && !c.is_control();
    let Some((at, c)) = text.char_indices().find(|(_, c)| strange(c)) else {
        return;
    };
    let problem = RULE
        .problem(format!("IIS 6 would misread `{place}`"))
        .at(document.part(place, at..at + c.len_utf8()), "not ASCII")
        .help("write it in ASCII, or remove `iis6` from `targets`");
    sink.push(problem);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, check};

    #[test]
    fn every_text_that_reaches_the_server_is_looked_at() {
        let text = "name: a\nroot: D:\\ä\npython: {interpreter: D:\\ä.exe, handler: a.b}\nsite: {name: ä, id: 2}\n\
            pool: {name: ä, identity: specific-user, user: {name: D\\ä, password-from: P}}\nenvironment: {A: ä}\n\
            static: {/s: {folder: ä}}\ntargets: [iis6]\n";
        let checked = check("f", text.as_bytes(), &Options::default());
        let codes = checked.diagnostics.iter().map(|found| found.code);
        assert_eq!(codes.filter(|code| *code == RULE.code).count(), 7);
    }
}
