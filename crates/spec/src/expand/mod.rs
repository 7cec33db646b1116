//! A file's applications: profiles and further applications laid over it, and `${NAME}` replaced by its value.
//!
//! ```text
//! file ─profile laid over→ file ─application laid over→ one application ─substitute→ tree of one AppSpec
//! ```
//!
//! All of it happens on the tree, before anything is decoded, so that every value keeps the place where it is
//! written: a problem with a value of a profile is shown in that profile.

mod overlay;
mod placeholder;
mod variables;

use std::collections::BTreeSet;

use self::overlay::{laid_over, without};
use self::placeholder::Piece;
pub(crate) use self::placeholder::is_placeholder;
pub(crate) use self::variables::{Holes, Variables};
use crate::diag::{Diagnostic, Level};
use crate::options::Scope;
use crate::rules::{Phase, Rule};
use crate::source::Span;
use crate::suggest::{nearest, one_of};
use crate::syntax::{Entry, Node, SIZE_LIMIT, Scalar, Style, Value};

pub(crate) static UNDECLARED_VARIABLE: Rule = Rule::error(
    111,
    "undeclared-variable",
    include_str!("undeclared-variable.md"),
    Phase::Shape,
);
pub(crate) static UNSET_VARIABLE: Rule = Rule::error(
    112,
    "unset-variable",
    include_str!("unset-variable.md"),
    Phase::Shape,
);
pub(crate) static VARIABLE_VALUE: Rule = Rule::error(
    113,
    "variable-value",
    include_str!("variable-value.md"),
    Phase::Shape,
);
pub(crate) static UNUSED_VARIABLE: Rule = Rule::advice(
    114,
    "unused-variable",
    Level::Warning,
    include_str!("unused-variable.md"),
    Phase::Shape,
);
pub(crate) static UNKNOWN_PROFILE: Rule = Rule::error(
    115,
    "unknown-profile",
    include_str!("unknown-profile.md"),
    Phase::Shape,
);

/// Keys of a file that are not keys of an application.
const OWN_KEYS: [&str; 3] = ["variables", "applications", "profiles"];

/// Most values of all applications of a file under all its profiles; bounds memory and time.
const MOST_VALUES: usize = 100_000;
/// What an application takes beside its values, and what a hundred bytes of text take, counted in values.
const APPLICATION: usize = 30;
const TEXT: usize = 100;

/// One application of a file, under one profile or none.
pub(crate) struct Variant {
    pub(crate) tree: Node,
    /// The profile that is laid over the file; `None` for the file alone.
    pub(crate) profile: Option<String>,
    /// It is a further application that does not lie in the folder of the first.
    pub(crate) has_own_root: bool,
    /// What is laid over the file, the profile included.
    pub(crate) layers: Vec<Layer>,
}

/// A part of the file that is laid over the rest of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layer {
    /// What people call it: `profile staging`, `application admin`.
    pub(crate) name: String,
    /// Its key: `profiles.staging`, `applications.admin`.
    pub(crate) path: String,
    pub(crate) key_span: Span,
    /// Where what it says stands.
    pub(crate) span: Span,
}

impl Layer {
    fn of(kind: &str, entry: &Entry) -> Self {
        Self {
            name: format!("{kind} {}", entry.key),
            path: format!("{kind}s.{}", entry.key),
            key_span: entry.key_span,
            span: entry.value.span,
        }
    }
}

impl Variant {
    /// A file that is one application as it stands.
    pub(crate) fn alone(tree: Node) -> Self {
        Self {
            tree,
            profile: None,
            layers: Vec::new(),
            has_own_root: false,
        }
    }
}

/// True for a file that is one application as it stands, without anything to be laid over or replaced.
pub(crate) fn is_plain(tree: &Node, text: &str) -> bool {
    OWN_KEYS.iter().all(|key| tree.entry(key).is_none()) && !text.contains("${")
}

/// The applications of a file within a scope, those without a profile first.
pub(crate) fn variants(tree: &Node, scope: Scope<'_>) -> Result<Vec<Variant>, Box<Diagnostic>> {
    let profiles = overlays(tree, "profiles");
    let chosen: Vec<Option<&Entry>> = match scope {
        Scope::Everything => std::iter::once(None)
            .chain(profiles.iter().map(Some))
            .collect(),
        Scope::Base => vec![None],
        Scope::Profile(_) if tree.entry("profiles").is_none() => vec![None],
        Scope::Profile(name) => match profiles.iter().find(|entry| entry.key == name) {
            Some(entry) => vec![Some(entry)],
            None => return Err(Box::new(unknown_profile(tree, name, profiles))),
        },
    };
    let base = without(tree, &["variables", "profiles"]);
    let mut found = Vec::new();
    let mut room = MOST_VALUES;
    for profile in chosen {
        for variant in applications(&base, profile) {
            let Some(left) = room.checked_sub(APPLICATION + values(&variant.tree)) else {
                return Err(Box::new(too_many(tree)));
            };
            room = left;
            found.push(variant);
        }
    }
    Ok(found)
}

/// How many values a tree has, where a long text counts as several.
fn values(tree: &Node) -> usize {
    match &tree.value {
        Value::Scalar(scalar) => 1 + scalar.text.len() / TEXT,
        Value::List(items) => 1 + items.iter().map(values).sum::<usize>(),
        Value::Mapping(entries) => {
            let values = entries.iter().map(|entry| values(&entry.value));
            1 + values.sum::<usize>()
        }
    }
}

fn too_many(tree: &Node) -> Diagnostic {
    let keys = ["profiles", "applications"];
    let place = keys.iter().find_map(|key| tree.entry(key));
    let problem = SIZE_LIMIT.problem(format!(
        "the applications of the file, under each of its profiles, come to more than {MOST_VALUES} values"
    ));
    match place {
        Some(entry) => problem.at(entry.key_span, ""),
        None => problem,
    }
    .help("write several files")
}

fn unknown_profile(tree: &Node, name: &str, profiles: &[Entry]) -> Diagnostic {
    let known = || profiles.iter().map(|entry| entry.key.as_str());
    let help = match nearest(name, known()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("name one of the file's: {}", one_of(known())),
    };
    let place = tree.entry("profiles").map(|entry| entry.key_span);
    let problem = UNKNOWN_PROFILE.problem(format!("there is no profile `{name}`"));
    match place {
        Some(span) => problem.at(span, "the profiles of this file"),
        None => problem,
    }
    .help(help)
}

/// The application that a file is, and those that it names, under one profile.
///
/// Each is made when it is asked for: a file may name more than memory holds.
fn applications(tree: &Node, profile: Option<&Entry>) -> impl Iterator<Item = Variant> {
    let whole = match profile {
        // A profile that is no group of keys has a problem of its own.
        Some(entry) if matches!(entry.value.value, Value::Mapping(_)) => {
            laid_over(tree, &entry.value)
        }
        Some(_) | None => tree.clone(),
    };
    let first = without(&whole, &OWN_KEYS);
    let laid_over_file = profile.map(|entry| Layer::of("profile", entry));
    let variant = move |tree, layers, has_own_root| Variant {
        tree,
        profile: profile.map(|entry| entry.key.clone()),
        layers,
        has_own_root,
    };
    let layers = laid_over_file.clone().into_iter().collect();
    let itself = variant(first.clone(), layers, false);
    let named = overlays(&whole, "applications").to_vec();
    let named = named
        .into_iter()
        .filter(|entry| matches!(entry.value.value, Value::Mapping(_)));
    let further = named.map(move |entry| {
        let application = laid_over(&first, &without(&entry.value, &OWN_KEYS));
        let said = [Some(tree), profile.map(|entry| &entry.value)];
        let said = said.into_iter().flatten();
        let parts = said.flat_map(|part| overlays(part, "applications"));
        let parts = parts.filter(|part| part.key == entry.key);
        let layers = parts.map(|part| Layer::of("application", part));
        variant(
            laid_over(&application, &name_of(&entry)),
            laid_over_file.clone().into_iter().chain(layers).collect(),
            entry.value.entry("root").is_some(),
        )
    });
    std::iter::once(itself).chain(further)
}

/// The names of the variables in a text, as they stand.
pub(crate) fn variables_in(text: &str) -> Vec<&str> {
    let pieces = placeholder::pieces(text).into_iter();
    pieces
        .filter_map(|piece| match piece {
            Piece::Variable { name, .. } => Some(name),
            Piece::Text(_) => None,
        })
        .collect()
}

/// A further application is named by its key.
fn name_of(entry: &Entry) -> Node {
    let name = Node {
        value: Value::Scalar(Scalar {
            text: entry.key.clone(),
            style: Style::SingleQuoted,
        }),
        span: entry.key_span,
    };
    let entry = Entry {
        key: "name".to_owned(),
        key_span: entry.key_span,
        value: name,
    };
    Node {
        span: entry.key_span,
        value: Value::Mapping(vec![entry]),
    }
}

/// The names of the profiles of a file, in its order.
pub(crate) fn profiles(tree: &Node) -> impl Iterator<Item = &str> {
    overlays(tree, "profiles")
        .iter()
        .map(|entry| entry.key.as_str())
}

/// The mappings below a key of the file; a value of another kind has a problem of its own.
fn overlays<'a>(tree: &'a Node, key: &str) -> &'a [Entry] {
    match tree.entry(key).map(|entry| &entry.value.value) {
        Some(Value::Mapping(entries)) => entries,
        Some(Value::Scalar(_) | Value::List(_)) | None => &[],
    }
}

/// Problems of the variables themselves: a value of another type, and variables that nothing uses.
pub(crate) fn judge(tree: &Node, variables: &Variables<'_>) -> Vec<Diagnostic> {
    let mut used = BTreeSet::new();
    variables::collect(&without(tree, &["variables"]), &mut used);
    variables.judge(&used)
}
