//! The pipeline: from bytes to applications that passed, and everything that was found on the way.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;

use crate::conflicts::{self, Claim, Claims, Key};
use crate::decode;
use crate::diag::{Diagnostic, Fix, Level};
use crate::expand::{self, Holes, Layer, Variables, Variant};
use crate::ignore;
use crate::iisfile::CheckedFile;
use crate::model::AppSpec;
use crate::options::Options;
use crate::pysource::{Evidence, Project};
use crate::rules::{self, Document};
use crate::shape::{self, Echoes, Sound};
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
        None => judge(&source, options, options.world.map(Project::new).as_ref()),
    };
    let Judged {
        faults,
        holes: _,
        remarks,
        mut applications,
        variables,
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

/// What the rounds found.
#[derive(Default)]
struct Judged {
    /// Text, shape and variables: a value with one of these is left out of the rounds after it.
    faults: Vec<Diagnostic>,
    /// Values without a problem of their own that are left out as well.
    holes: Holes,
    /// Meaning.
    remarks: Vec<Diagnostic>,
    applications: Vec<ValidSpec>,
    variables: Vec<String>,
    /// By profile; the one that was asked for, or none, comes first.
    claims: BTreeMap<Option<String>, Claims>,
    secrets: Vec<Span>,
}

impl Judged {
    fn faulty(faults: Vec<Diagnostic>) -> Self {
        Self {
            faults,
            ..Self::default()
        }
    }

    /// Where something is that later rounds must not look at.
    fn left_out(&self) -> Vec<Span> {
        let faults = self.faults.iter().filter_map(Diagnostic::span);
        faults.chain(self.holes.places.iter().copied()).collect()
    }

    /// Adds problems of a tree that has been looked at in part before.
    fn add_faults(&mut self, found: Vec<Diagnostic>) {
        let mut spans: BTreeSet<Span> = self.left_out().into_iter().collect();
        for problem in found {
            let known = match problem.span().filter(|span| !span.is_empty()) {
                Some(span) => spans
                    .range(Span::empty(span.start)..)
                    .take_while(|fault| fault.start <= span.end)
                    .any(|fault| fault.end <= span.end),
                None => self.faults.contains(&problem),
            };
            if !known {
                spans.extend(problem.span());
                self.faults.push(problem);
            }
        }
    }

    /// Adds what a variant is told, unless another was told the same.
    fn add_remarks(&mut self, found: Vec<Diagnostic>) {
        let place = |found: &Diagnostic| (found.span(), found.code);
        let mut places: BTreeSet<_> = self.remarks.iter().map(place).collect();
        for problem in found {
            // To compare each with all would take most of the time where there are thousands.
            if places.insert(place(&problem)) || !self.remarks.contains(&problem) {
                self.remarks.push(problem);
            }
        }
    }
}

fn judge(source: &SourceFile, options: &Options<'_>, project: Option<&Project<'_>>) -> Judged {
    let parsed = syntax::compose(source);
    let mut found = parsed.problems;
    let Some(tree) = parsed.tree.filter(|_| parsed.is_readable) else {
        return Judged::faulty(found);
    };
    let mut shape = shape::judge(&tree);
    let echoes = Echoes::of(&tree, &found);
    shape.retain(|problem| !echoes.hold(problem));
    shape::join_unindented(source, &tree, &mut found, &mut shape);
    // In what was passed over, any variable may be used.
    let is_whole = |problem: &Diagnostic| problem.code != syntax::YAML_SYNTAX.code;
    let is_whole = found.iter().all(is_whole);
    found.extend(shape);
    let mut judged = Judged::faulty(found);
    judged.secrets = rules::secrets(&tree, source);
    if expand::is_plain(&tree, source.text()) {
        let variant = Variant {
            tree,
            profile: None,
            has_own_root: false,
            layers: Vec::new(),
        };
        judge_variant(source, variant, options, project, &mut judged);
        return judged;
    }
    let variables = Variables::of(&tree, source, options.variables);
    judged.variables = variables.names().map(str::to_owned).collect();
    let (errors, remarks): (Vec<_>, _) = expand::judge(&tree, &variables)
        .into_iter()
        .partition(|found| found.level == Level::Error);
    judged.faults.extend(errors);
    if is_whole {
        judged.remarks = remarks;
    }
    match expand::variants(&tree, options.scope) {
        Ok(variants) => {
            for variant in variants {
                judge_expanded(source, variant, &variables, options, project, &mut judged);
            }
        }
        Err(problem) => judged.faults.push(*problem),
    }
    let problems = variables.problems(&judged.holes);
    judged.faults.extend(problems);
    judged
}

/// Puts the values of variables into a variant, and judges what it has become.
fn judge_expanded(
    source: &SourceFile,
    mut variant: Variant,
    variables: &Variables<'_>,
    options: &Options<'_>,
    project: Option<&Project<'_>>,
    judged: &mut Judged,
) {
    variant.tree = variables.substitute(&variant.tree, &mut judged.holes);
    let mut faults = shape::judge(&variant.tree);
    faults
        .iter_mut()
        .for_each(|fault| keep_variables(source, fault));
    judged.add_faults(faults);
    judge_variant(source, variant, options, project, judged);
}

/// Drops a fix that would write a value in the place of the variable that it came from.
fn keep_variables(source: &SourceFile, problem: &mut Diagnostic) {
    let edits = |fix: &Fix| fix.edits.iter().map(|edit| edit.span).collect::<Vec<_>>();
    let spans = problem.fix.as_ref().map(edits).unwrap_or_default();
    if spans.iter().any(|span| source.slice(*span).contains("${")) {
        problem.fix = None;
    }
}

/// Judges the meaning of one application, or of the part of it that has no fault.
fn judge_variant(
    source: &SourceFile,
    variant: Variant,
    options: &Options<'_>,
    project: Option<&Project<'_>>,
    judged: &mut Judged,
) {
    let Variant {
        tree,
        profile,
        layers,
        has_own_root,
    } = variant;
    // The spec lies in the folder of the application that the file is.
    let project = project.filter(|_| !has_own_root);
    if judged.left_out().is_empty() {
        let (remarks, spec) = meaning(source, &tree, options, project);
        judged.add_remarks(remarks);
        if let Some(spec) = &spec {
            let neighbours = judged.claims.entry(profile.clone()).or_default();
            let found = conflicts::add(neighbours, conflicts::claims(spec, &tree));
            judged.add_remarks(found);
        }
        let first = judged.applications.first();
        let wanted = first.is_none_or(|first| first.profile == profile);
        let making = Making {
            layers,
            given: options
                .variables
                .into_iter()
                .flatten()
                .map(|(name, _)| name.clone())
                .collect(),
            other_targets: !options.targets.is_empty(),
        };
        judged
            .applications
            .extend(spec.filter(|_| wanted).map(|spec| ValidSpec {
                spec,
                tree,
                profile,
                making,
            }));
    } else if let Some(sound) = Sound::part_of(&tree, judged.left_out()) {
        let (mut remarks, _) = meaning(source, &sound.tree, options, project);
        remarks.retain(|problem| sound.vouches_for(problem));
        judged.add_remarks(remarks);
    }
}

fn meaning(
    source: &SourceFile,
    tree: &Node,
    options: &Options<'_>,
    project: Option<&Project<'_>>,
) -> (Vec<Diagnostic>, Option<AppSpec>) {
    let mut spec = match decode::decode::<AppSpec>(tree) {
        Ok(spec) => spec,
        Err(error) => return (vec![shape::undecodable(&error)], None),
    };
    if !options.targets.is_empty() {
        spec.targets = options.targets.to_vec();
    }
    let document = Document {
        spec: &spec,
        tree,
        source,
        world: project.map(Project::world),
        evidence: project.map(|project| Evidence::new(project, &spec)),
    };
    (rules::run(&document), Some(spec))
}
