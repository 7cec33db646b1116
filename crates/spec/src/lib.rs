//! spec
use std::ops::Deref;

pub mod diag;
pub mod model;
pub mod source;
pub mod target;

pub use diag::{Code, Diagnostic, Label, Level};
pub use model::AppSpec;
pub use source::{Position, SourceFile, Span};
pub use target::Target;

/// What [`check`] found.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The text, for rendering the diagnostics.
    pub source: SourceFile,
    /// What is wrong, by place and then by code.
    pub diagnostics: Vec<Diagnostic>,
    /// The spec; present exactly when no diagnostic is an error.
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
#[must_use]
pub fn check(name: &str, bytes: &[u8]) -> Checked {
    let source = SourceFile::new(name, String::from_utf8_lossy(bytes));
    Checked { source, diagnostics: Vec::new(), spec: None }
}

/// The published JSON Schema of `app.iis.yaml`.
#[must_use]
pub fn schema_text() -> String {
    String::new()
}
