//! What people write in `app.iis.yaml`, and whether it is right.
//!
//! ```text
//! bytes ─read→ SourceFile ─compose→ Node ─judge→ Node ─decode→ AppSpec ─rules→ ValidSpec
//!         │                   │              │                           │
//!         └────── text ───────┴─── shape ────┴───────── meaning ─────────┴──→ Diagnostics, sorted
//! ```
//!
//! 1. `syntax` takes the text out of the bytes and makes a tree of it in which every key and value knows
//!    its place. Scalars have no type yet: `3.10` is four characters.
//! 2. `shape` compares the tree with the JSON Schema that `schema` makes from the [`model`]: unknown
//!    and missing keys, wrong types, values out of range.
//! 3. `decode` reads the tree as an [`AppSpec`], which knows no places and can be built without a text.
//! 4. [`rules`] judge what the spec means on IIS. They name a value by its path; the tree answers with its place.
//!
//! Each of the three rounds reports all it can see. A value with a problem is left out of the later rounds, so
//! that problems of all rounds are told together and no message is the echo of an earlier one; only a text
//! that cannot be read at all ends with the first. Users' mistakes are [`Diagnostic`] values; nothing here
//! returns an error, reads a file or asks the clock.

mod decode;
mod diag;
pub mod model;
mod pyregex;
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "the rules that ask come with the next change")
)]
mod pysource;
pub mod rules;
mod schema;
mod shape;
mod source;
mod suggest;
mod syntax;
mod target;
mod world;

use std::ops::Deref;
use std::sync::Arc;

pub use self::diag::{Code, Diagnostic, Edit, Elsewhere, Fix, Label, Level};
pub use self::model::AppSpec;
use self::rules::Document;
pub use self::rules::{CATALOGUE, Rule};
use self::shape::Sound;
pub use self::source::{Position, SourceFile, Span};
pub use self::syntax::MAX_BYTES;
use self::syntax::Node;
pub use self::target::Target;
pub use self::world::{Kind, MemoryWorld, World};

/// What [`check`] found.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The text, for showing the places of the diagnostics.
    pub source: Arc<SourceFile>,
    /// What is wrong, by place and then by code; problems of the file as a whole come first.
    pub diagnostics: Vec<Diagnostic>,
    /// The spec; there exactly if no diagnostic is an error.
    pub spec: Option<ValidSpec>,
}

/// An [`AppSpec`] that passed every check; only [`check`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidSpec(AppSpec);

impl Deref for ValidSpec {
    type Target = AppSpec;

    fn deref(&self) -> &AppSpec {
        &self.0
    }
}

/// Reads and judges one `app.iis.yaml`; never fails and never panics.
///
/// `name` is what diagnostics call the file. `targets` take the place of the spec's own, unless empty.
#[must_use]
pub fn check(name: &str, bytes: &[u8], targets: &[Target]) -> Checked {
    let (source, problem) = syntax::read(name, bytes);
    let (mut diagnostics, spec) = match problem {
        Some(problem) => (vec![problem], None),
        None => judge(&source, targets),
    };
    for label in diagnostics.iter_mut().flat_map(|found| &mut found.labels) {
        label.span = source.clamp(label.span);
    }
    diagnostics.sort_by_key(|found| (found.span(), found.code));
    let failed = diagnostics.iter().any(|found| found.level == Level::Error);
    let spec = spec.filter(|_| !failed).map(ValidSpec);
    Checked {
        source: Arc::new(source),
        diagnostics,
        spec,
    }
}

/// Diagnostics, and the spec if all of it could be read.
type Judged = (Vec<Diagnostic>, Option<AppSpec>);

fn judge(source: &SourceFile, targets: &[Target]) -> Judged {
    let parsed = syntax::compose(source);
    let mut found = parsed.problems;
    let Some(tree) = parsed.tree.filter(|_| syntax::is_readable(&found)) else {
        return (found, None);
    };
    let mut shape = shape::judge(&tree);
    shape.retain(|problem| !shape::is_echo(&tree, &found, problem));
    found.extend(shape);
    if found.is_empty() {
        return meaning(source, &tree, targets);
    }
    if let Some(sound) = Sound::part_of(&tree, &found) {
        let (more, _) = meaning(source, &sound.tree, targets);
        found.extend(
            more.into_iter()
                .filter(|problem| sound.vouches_for(problem)),
        );
    }
    (found, None)
}

fn meaning(source: &SourceFile, tree: &Node, targets: &[Target]) -> Judged {
    let mut spec = match decode::decode::<AppSpec>(tree) {
        Ok(spec) => spec,
        Err(error) => return (vec![shape::undecodable(&error)], None),
    };
    if !targets.is_empty() {
        spec.targets = targets.to_vec();
    }
    let document = Document {
        spec: &spec,
        tree,
        source,
    };
    (rules::run(&document), Some(spec))
}

/// The JSON Schema of `app.iis.yaml`, as published for editors: draft-07, indented.
#[must_use]
pub fn schema_text() -> String {
    schema::text()
}
