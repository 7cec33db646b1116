//! What an application takes for itself on a server.

use std::collections::BTreeMap;

use super::settings::{Setting, pool_settings};
use crate::model::AppSpec;
use crate::source::Span;
use crate::syntax::{KeyPath, Node};

/// What is claimed, without the differences that Windows and IIS do not make.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(super) kind: Kind,
    text: String,
}

/// The kinds of things that two applications can both claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// The name of an application.
    Name,
    /// A FastCGI registration: an interpreter, and the name that is its argument.
    Registration,
    /// The folder that holds the application and its `Web.config`.
    Root,
    /// A site, and a path in it.
    Mount,
    /// An application pool.
    Pool,
    /// An address of a site.
    Binding,
    /// A log file.
    Log,
}

/// How far a claim is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Among the applications of one file, which are for one server.
    File,
    /// Among files, which may be for different ones.
    Files,
    /// Both.
    Everywhere,
}

/// One thing that an application claims; small, because thousands are kept at a time.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    pub(super) reach: Reach,
    /// The thing as the user spells it.
    pub(super) shown: String,
    /// What another claim of the same thing must say as well. Without any there may be no other claim.
    pub(super) settings: Vec<Setting>,
    /// Where the file claims it; empty if it goes without saying.
    pub(super) span: Span,
    /// Where the application has its name.
    pub(super) owner: Span,
}

impl Claim {
    /// The place to show: that of the application, if the claim itself stands nowhere.
    pub(super) const fn place(&self) -> Span {
        if self.span.is_empty() {
            self.owner
        } else {
            self.span
        }
    }
}

/// The first claim of each thing.
pub(crate) type Claims = BTreeMap<Key, Claim>;

/// Everything that an application claims.
pub(crate) fn claims(spec: &AppSpec, tree: &Node) -> Vec<(Key, Claim)> {
    let mut found = vec![
        name(spec, tree),
        registration(spec, tree),
        root(spec, tree),
        mount(spec, tree),
        pool(spec, tree),
    ];
    found.extend(log(spec, tree));
    found.extend(bindings(spec, tree));
    found
}

fn claim(
    (kind, text): (Kind, &str),
    shown: &str,
    (tree, place): (&Node, &KeyPath),
) -> (Key, Claim) {
    let text = text.to_lowercase();
    let claim = Claim {
        reach: Reach::Everywhere,
        shown: shown.to_owned(),
        settings: Vec::new(),
        span: tree.place(place),
        owner: tree.place(&KeyPath::of("name")),
    };
    (Key { kind, text }, claim)
}

fn name(spec: &AppSpec, tree: &Node) -> (Key, Claim) {
    let name = spec.name.as_str();
    let (key, claim) = claim((Kind::Name, name), name, (tree, &KeyPath::of("name")));
    let reach = Reach::File;
    (key, Claim { reach, ..claim })
}

/// Between files a name alone says little: copies of a spec for other servers have the same.
fn registration(spec: &AppSpec, tree: &Node) -> (Key, Claim) {
    let name = spec.name.as_str();
    let pair = format!("{}|{name}", spec.python.interpreter);
    let place = KeyPath::of("name");
    let (key, claim) = claim((Kind::Registration, &pair), name, (tree, &place));
    let reach = Reach::Files;
    (key, Claim { reach, ..claim })
}

/// Between files it says little: a spec that another one is a copy of has the same root, for another server.
fn root(spec: &AppSpec, tree: &Node) -> (Key, Claim) {
    let root = spec.root.as_str();
    let folder = root.trim_end_matches('\\');
    let (key, claim) = claim((Kind::Root, folder), root, (tree, &KeyPath::of("root")));
    let reach = Reach::File;
    (key, Claim { reach, ..claim })
}

/// Between files only a mount counts that is written: a spec that does not say where it lives claims nothing.
fn mount(spec: &AppSpec, tree: &Node) -> (Key, Claim) {
    let site = &spec.site;
    let text = format!("{}|{}|{}", site.name, site.iis6_id(), site.path);
    let shown = format!("`{}` of the site `{}`", site.path, site.name);
    let (key, claim) = claim(
        (Kind::Mount, &text),
        &shown,
        (tree, &KeyPath::of("site.path")),
    );
    let written = tree.entry("site").is_some_and(|entry| {
        let mut keys = ["name", "id", "path"].into_iter();
        keys.any(|key| entry.value.entry(key).is_some())
    });
    let reach = if written {
        Reach::Everywhere
    } else {
        Reach::File
    };
    (key, Claim { reach, ..claim })
}

fn pool(spec: &AppSpec, tree: &Node) -> (Key, Claim) {
    let own = spec.pool.name.as_ref().map(|name| name.as_str());
    let name = own.unwrap_or(spec.name.as_str());
    let place = KeyPath::of("pool.name");
    let (key, claim) = claim((Kind::Pool, name), name, (tree, &place));
    let settings = pool_settings(&spec.pool, tree);
    (key, Claim { settings, ..claim })
}

fn log(spec: &AppSpec, tree: &Node) -> Option<(Key, Claim)> {
    let file = spec.log.as_ref()?.file.as_str();
    Some(claim(
        (Kind::Log, file),
        file,
        (tree, &KeyPath::of("log.file")),
    ))
}

fn bindings(spec: &AppSpec, tree: &Node) -> impl Iterator<Item = (Key, Claim)> {
    let bindings = spec.site.bindings.iter().enumerate();
    bindings.map(move |(index, binding)| {
        let place = KeyPath::of("site.bindings").index(index);
        let address = binding.information();
        let (key, claim) = claim((Kind::Binding, &address), &address, (tree, &place));
        let site = Setting {
            key: "site.name".to_owned(),
            value: spec.site.name.to_string(),
            span: claim.span,
        };
        let settings = vec![site];
        (key, Claim { settings, ..claim })
    })
}
