//! The rounds on one spec: text, shape and meaning, each of all that the earlier ones found no fault with.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{Making, ValidSpec};
use crate::conflicts::{self, Claims};
use crate::decode;
use crate::diag::{Diagnostic, Fix, Level};
use crate::expand::{self, Holes, Variables, Variant};
use crate::model::AppSpec;
use crate::options::{Options, Scope};
use crate::pysource::{Evidence, Project};
use crate::rules::{self, Document};
use crate::shape::{self, Echoes, Sound};
use crate::source::{SourceFile, Span};
use crate::syntax::{self, Node};

/// The rounds on one file.
pub(crate) struct Judge<'a> {
    pub(crate) source: &'a SourceFile,
    pub(crate) options: &'a Options<'a>,
    pub(crate) project: Option<&'a Project<'a>>,
}

impl Judge<'_> {
    /// Text and shape, and then the meaning of all that has no fault.
    pub(crate) fn judge(&self) -> Judged {
        let parsed = syntax::compose(self.source);
        let mut found = parsed.problems;
        let Some(tree) = parsed.tree.filter(|_| parsed.is_readable) else {
            return Judged::faulty(found);
        };
        let mut shape = shape::judge(&tree);
        let echoes = Echoes::of(&tree, &found);
        shape.retain(|problem| !echoes.hold(problem));
        shape::join_unindented(self.source, &tree, &mut found, &mut shape);
        // In what was passed over, any variable may be used.
        let is_whole = |problem: &Diagnostic| problem.code != syntax::YAML_SYNTAX.code;
        let is_whole = found.iter().all(is_whole);
        found.extend(shape);
        let mut judged = Judged::faulty(found);
        judged.secrets = rules::secrets(&tree, self.source);
        if expand::is_plain(&tree, self.source.text()) {
            self.variant(Variant::alone(tree), &mut judged);
        } else {
            self.variants(&tree, is_whole, &mut judged);
        }
        judged
    }

    /// Judges a file under each of its profiles, each by itself. What is wrong with the file as a whole is not told.
    pub(crate) fn profiles(&self) -> Vec<(String, Judged)> {
        let parsed = syntax::compose(self.source);
        let Some(tree) = parsed.tree.filter(|_| parsed.is_readable) else {
            return Vec::new();
        };
        let variables = Variables::of(&tree, self.source, self.options.variables);
        let mut found: Vec<(String, Judged)> = Vec::new();
        match expand::variants(&tree, Scope::Everything) {
            Ok(variants) => {
                for variant in variants {
                    let Some(name) = variant.profile.clone() else {
                        continue;
                    };
                    // The variants of a profile follow each other.
                    if found.last().is_none_or(|(last, _)| *last != name) {
                        found.push((name, Judged::default()));
                    }
                    if let Some((_, judged)) = found.last_mut() {
                        self.expanded(variant, &variables, judged);
                    }
                }
            }
            Err(problem) => {
                let faulty = |name: &str| (name.to_owned(), Judged::faulty(vec![*problem.clone()]));
                found.extend(expand::profiles(&tree).map(faulty));
            }
        }
        for (_, judged) in &mut found {
            let problems = variables.problems(&judged.holes);
            judged.faults.extend(problems);
        }
        found
    }

    /// Judges a file of variables, profiles or several applications. Only if the file is whole is it known what nothing
    /// uses.
    fn variants(&self, tree: &Node, is_whole: bool, judged: &mut Judged) {
        let variables = Variables::of(tree, self.source, self.options.variables);
        judged.variables = variables.names().map(str::to_owned).collect();
        judged.profiles = expand::profiles(tree).map(str::to_owned).collect();
        let (errors, remarks): (Vec<_>, _) = expand::judge(tree, &variables)
            .into_iter()
            .partition(|found| found.level == Level::Error);
        judged.faults.extend(errors);
        if is_whole {
            judged.remarks = remarks;
        }
        match expand::variants(tree, self.options.scope) {
            Ok(variants) => {
                for variant in variants {
                    self.expanded(variant, &variables, judged);
                }
            }
            Err(problem) => judged.faults.push(*problem),
        }
        let problems = variables.problems(&judged.holes);
        judged.faults.extend(problems);
    }

    /// Puts the values of variables into a variant, and judges what it has become.
    fn expanded(&self, mut variant: Variant, variables: &Variables<'_>, judged: &mut Judged) {
        variant.tree = variables.substitute(&variant.tree, &mut judged.holes);
        let mut faults = shape::judge(&variant.tree);
        for fault in &mut faults {
            keep_variables(self.source, fault);
        }
        judged.add_faults(faults);
        self.variant(variant, judged);
    }

    /// Judges the meaning of one application, or of the part of it that has no fault.
    fn variant(&self, variant: Variant, judged: &mut Judged) {
        // The spec lies in the folder of the application that the file is.
        let project = self.project.filter(|_| !variant.has_own_root);
        if judged.left_out().is_empty() {
            let (remarks, spec) = self.meaning(&variant.tree, project);
            judged.add_remarks(remarks);
            if let Some(spec) = spec {
                self.keep(spec, variant, judged);
            }
        } else if let Some(sound) = Sound::part_of(&variant.tree, judged.left_out()) {
            let (mut remarks, _) = self.meaning(&sound.tree, project);
            remarks.retain(|problem| sound.vouches_for(problem));
            judged.add_remarks(remarks);
        }
    }

    /// Compares an application with the others of its file, and keeps it if its profile is the one that was asked for.
    fn keep(&self, mut spec: AppSpec, variant: Variant, judged: &mut Judged) {
        let Variant {
            tree,
            profile,
            layers,
            has_own_root,
        } = variant;
        let neighbours = judged.claims.entry(profile.clone()).or_default();
        let found = conflicts::add(neighbours, conflicts::claims(&spec, &tree));
        judged.add_remarks(found);
        let first = judged.applications.first();
        if first.is_none_or(|first| first.profile() == profile.as_deref()) {
            // The first application of a file is the one that the file is.
            let project = first.filter(|_| has_own_root);
            spec.project = project.map(|first| first.root.clone());
            let given = self.options.variables.into_iter().flatten();
            let making = Making {
                layers,
                given: given.map(|(name, _)| name.clone()).collect(),
                other_targets: !self.options.targets.is_empty(),
            };
            let valid = ValidSpec::new(spec, tree, profile, making);
            judged.applications.push(valid);
        }
    }

    fn meaning(
        &self,
        tree: &Node,
        project: Option<&Project<'_>>,
    ) -> (Vec<Diagnostic>, Option<AppSpec>) {
        let mut spec = match decode::decode::<AppSpec>(tree) {
            Ok(spec) => spec,
            Err(error) => return (vec![shape::undecodable(&error)], None),
        };
        if !self.options.targets.is_empty() {
            spec.targets = self.options.targets.to_vec();
        }
        let document = Document {
            spec: &spec,
            tree,
            source: self.source,
            world: project.map(Project::world),
            evidence: project.map(|project| Evidence::new(project, &spec)),
        };
        (rules::run(&document), Some(spec))
    }
}

/// Drops a fix that would write a value in the place of the variable that it came from.
fn keep_variables(source: &SourceFile, problem: &mut Diagnostic) {
    let edits = |fix: &Fix| fix.edits.iter().map(|edit| edit.span).collect::<Vec<_>>();
    let spans = problem.fix.as_ref().map(edits).unwrap_or_default();
    if spans.iter().any(|span| source.slice(*span).contains("${")) {
        problem.fix = None;
    }
}

/// What the rounds found.
#[derive(Default)]
pub(crate) struct Judged {
    /// Text, shape and variables: a value with one of these is left out of the rounds after it.
    pub(crate) faults: Vec<Diagnostic>,
    /// Values without a problem of their own that are left out as well.
    pub(crate) holes: Holes,
    /// Meaning.
    pub(crate) remarks: Vec<Diagnostic>,
    pub(crate) applications: Vec<ValidSpec>,
    pub(crate) variables: Vec<String>,
    pub(crate) profiles: Vec<String>,
    /// By profile; the one that was asked for, or none, comes first.
    pub(crate) claims: BTreeMap<Option<String>, Claims>,
    pub(crate) secrets: Vec<Span>,
}

impl Judged {
    pub(crate) fn faulty(faults: Vec<Diagnostic>) -> Self {
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
