//! What people write in `app.iis.yaml`, and whether it is right.
//!
//! ```text
//! bytes ─read→ SourceFile ─compose→ Node ─judge→ Node ─expand→ Nodes ─decode→ AppSpecs ─rules→ ValidSpecs
//!         │                   │              │             │                             │
//!         └────── text ───────┴─── shape ────┴─────────────┴───────── meaning ───────────┴─→ Diagnostics, sorted
//! ```
//!
//! 1. `syntax` takes the text out of the bytes and makes a tree of it in which every key and value knows
//!    its place. Scalars have no type yet: `3.10` is four characters.
//! 2. `shape` compares the tree with the JSON Schema that `schema` makes from the [`model`]: unknown
//!    and missing keys, wrong types, values out of range.
//! 3. `expand` lays a profile over the file, makes a tree of each of its applications, and puts in the values of
//!    variables. As a rule a file is one application and there is nothing to do.
//! 4. `decode` reads the tree as an [`AppSpec`], which knows no places and can be built without a text.
//! 5. [`rules`] judge what the spec means on IIS. They name a value by its path; the tree answers with its place.
//!
//! What two applications cannot both have, such as a path or a pool, is looked for in a file by [`check`] and between
//! files by [`conflicts()`]. At last `ignore` takes out what comments of the file accept.
//!
//! A check is told by [`Options`] what the file does not say: targets, a profile, values of variables, and a [`World`],
//! by which rules ask about the project's folder. What takes more than a rule has a module of its own:
//! `pyregex` and `watch` for `restart`, `pysource` for
//! `python.handler`, [`sddl`] for `access.sddl`.
//!
//! Each of the three rounds reports all it can see. A value with a problem is left out of the later rounds, so
//! that problems of all rounds are told together and no message is the echo of an earlier one; only a text
//! that cannot be read at all ends with the first. Users' mistakes are [`Diagnostic`] values; nothing here
//! returns an error, reads a file or asks the clock.
//!
//! Three more stand beside the pipeline:
//!
//! - [`resolved`]: a valid spec with every default in it, and where each value is from, for reading.
//! - [`iisfile`]: the same kind of judgement on the files that IIS itself reads, which may come from anywhere.
//! - [`topics`]: pages on what IIS, Windows and Python say about an application that was deployed.

mod check;
mod conflicts;
mod decode;
mod diag;
mod expand;
mod ignore;
pub mod iisfile;
mod judge;
mod lines;
pub mod model;
mod options;
mod profiled;
mod pyregex;
mod pysource;
pub mod resolved;
pub mod rules;
mod schema;
pub mod sddl;
mod shape;
mod source;
mod suggest;
mod syntax;
mod target;
pub mod topics;
mod watch;
mod world;

pub use self::check::{Checked, ValidSpec, check};
pub use self::conflicts::conflicts;
pub use self::diag::{Code, Diagnostic, Edit, Elsewhere, Fix, Label, Level};
pub use self::model::AppSpec;
pub use self::options::{Options, Scope};
pub use self::profiled::{Profiled, profiles};
pub use self::pysource::{PythonApp, python_apps};
pub use self::rules::{CATALOGUE, Rule};
pub use self::source::{Position, SourceFile, Span};
pub use self::syntax::MAX_BYTES;
pub use self::target::{Feature, Target};
pub use self::watch::restart_matches;
pub use self::world::{Kind, MemoryWorld, World};

/// A text as a value of a spec: bare if every reader of YAML takes it for this text, else in quotes.
#[must_use]
pub fn quoted(text: &str) -> String {
    syntax::write::value(text)
}

/// The JSON Schema of `app.iis.yaml`, as published for editors: draft-07, indented.
#[must_use]
pub fn schema_text() -> String {
    schema::text()
}
