//! The pipeline: from bytes to applications that passed, and everything that was found on the way.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

use crate::conflicts::{self, Claim, Key};
use crate::diag::{Diagnostic, Level};
use crate::expand::Layer;
use crate::ignore;
use crate::iisfile::CheckedFile;
use crate::judge::{Judge, Judged};
use crate::model::AppSpec;
use crate::options::Options;
use crate::pysource::Project;
use crate::source::{SourceFile, Span};
use crate::syntax::{self, Node};

/// What [`check`] found.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The text, for showing the places of the diagnostics.
    pub source: Arc<SourceFile>,
    /// What is wrong, by place and then by code; problems of the file as a whole come first.
    pub diagnostics: Vec<Diagnostic>,
    /// The application that the file is, and those that it names under `applications`, with the profile that
    /// was asked for. Empty exactly if a diagnostic is an error.
    pub applications: Vec<ValidSpec>,
    /// Names of the variables that the file declares.
    pub variables: Vec<String>,
    /// Names of the file's profiles, in its order.
    pub profiles: Vec<String>,
    /// What the applications take for themselves on a server, for [`crate::conflicts`].
    pub(crate) claims: Vec<(Key, Claim)>,
    /// Where values stand that seem to be secrets; no excerpt of the file may show them.
    pub secrets: Vec<Span>,
}

impl Checked {
    /// What was found in a text that is no spec, to be shown as what was found in one.
    #[must_use]
    pub fn text(source: impl Into<Arc<SourceFile>>, diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            source: source.into(),
            diagnostics,
            applications: Vec::new(),
            variables: Vec::new(),
            profiles: Vec::new(),
            claims: Vec::new(),
            secrets: Vec::new(),
        }
    }
}

impl From<CheckedFile> for Checked {
    /// One of IIS's own files, as far as it is shown like a spec; it holds no application.
    fn from(file: CheckedFile) -> Self {
        Self::text(file.source, file.diagnostics)
    }
}

/// An [`AppSpec`] that passed every check; only [`check`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidSpec {
    spec: AppSpec,
    tree: Node,
    profile: Option<String>,
    pub(crate) making: Making,
}

/// What an application was made from beside the file as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Making {
    /// What was laid over the file.
    pub(crate) layers: Vec<Layer>,
    /// The variables that were given a value.
    pub(crate) given: BTreeSet<String>,
    /// The targets are not those of the file.
    pub(crate) other_targets: bool,
}

impl ValidSpec {
    /// An application that passed, with what it was made from.
    pub(crate) const fn new(
        spec: AppSpec,
        tree: Node,
        profile: Option<String>,
        making: Making,
    ) -> Self {
        Self {
            spec,
            tree,
            profile,
            making,
        }
    }

    /// The profile that was laid over the file.
    #[must_use]
    pub fn profile(&self) -> Option<&str> {
        self.profile.as_deref()
    }

    /// The values of the file that it was made from, with their places.
    pub(crate) fn tree(&self) -> &Node {
        &self.tree
    }
}

impl Deref for ValidSpec {
    type Target = AppSpec;

    fn deref(&self) -> &AppSpec {
        &self.spec
    }
}

/// Reads and judges one `app.iis.yaml`; never fails and never panics.
///
/// `name` is what diagnostics call the file.
#[must_use]
pub fn check(name: &str, bytes: &[u8], options: &Options<'_>) -> Checked {
    let (source, problem) = syntax::read(name, bytes);
    let judged = match problem {
        Some(problem) => Judged::faulty(vec![problem]),
        None => Judge {
            source: &source,
            options,
            project: options.world.map(Project::new).as_ref(),
        }
        .judge(),
    };
    let Judged {
        faults,
        holes: _,
        remarks,
        mut applications,
        variables,
        profiles,
        claims,
        secrets,
    } = judged;
    let complete = faults.is_empty() && options.is_complete();
    let mut diagnostics = [faults, remarks].concat();
    ignore::apply(&source, &mut diagnostics, complete);
    for label in diagnostics.iter_mut().flat_map(|found| &mut found.labels) {
        label.span = source.clamp(label.span);
    }
    in_order(&mut diagnostics);
    if diagnostics.iter().any(|found| found.level == Level::Error) {
        applications.clear();
    }
    Checked {
        source: Arc::new(source),
        diagnostics,
        applications,
        variables,
        profiles,
        claims: claims
            .into_values()
            .next()
            .map(conflicts::lasting)
            .unwrap_or_default(),
        secrets,
    }
}

/// Puts diagnostics into the order of [`Checked::diagnostics`].
pub(crate) fn in_order(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(|found| (found.span(), found.code));
}
