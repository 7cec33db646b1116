//! What the project's code says about one application of a spec.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::django::django_settings;
use super::module::Module;
use super::project::{Import, Project};
use super::requirements::{Requirement, requirements};
use super::resolve::{Answer, Application, Resolution, resolve};
use super::tree::Statement;
use crate::model::{AppSpec, BridgeKind, VariableName};
use crate::world::World;

/// Modules that are followed from the handler's.
const MAX_MODULES: usize = 300;

/// What holds the name of Django's settings.
const SETTINGS: &str = "DJANGO_SETTINGS_MODULE";

/// Answers about the project's code, each found when something first asks for it, and once.
pub(crate) struct Evidence<'a> {
    project: &'a Project<'a>,
    spec: &'a AppSpec,
    handler: OnceCell<Resolution>,
    requirements: OnceCell<Vec<Requirement>>,
    modules: OnceCell<Vec<Rc<Module>>>,
}

/// The settings of a Django project.
#[derive(Debug, Clone)]
pub(crate) struct DjangoSettings {
    /// The file.
    pub(crate) module: Rc<Module>,
    /// The spec's `environment` names it.
    pub(crate) is_from_environment: bool,
}

impl<'a> Evidence<'a> {
    /// The code that an application is served from. Reads nothing yet.
    pub(crate) const fn new(project: &'a Project<'a>, spec: &'a AppSpec) -> Self {
        Self {
            project,
            spec,
            handler: OnceCell::new(),
            requirements: OnceCell::new(),
            modules: OnceCell::new(),
        }
    }

    /// The modules of the project.
    pub(crate) const fn project(&self) -> &'a Project<'a> {
        self.project
    }

    /// The project's folder.
    pub(crate) const fn world(&self) -> &'a dyn World {
        self.project.world()
    }

    /// What the handler names.
    pub(crate) fn handler(&self) -> &Resolution {
        self.handler.get_or_init(|| {
            let found = resolve(self.project, self.spec.python.handler.as_str());
            if self.may_be_elsewhere(&found.answer) {
                Resolution::UNKNOWN
            } else {
                found
            }
        })
    }

    /// The application that the handler names.
    pub(crate) fn application(&self) -> Option<Application> {
        match self.handler().answer {
            Answer::Application(found) => Some(found),
            Answer::Unknown
            | Answer::NoModule(_)
            | Answer::Syntax
            | Answer::Missing(_)
            | Answer::Module { .. }
            | Answer::CalledApplication(_)
            | Answer::Uncalled { .. }
            | Answer::Misfit { .. }
            | Answer::NotCallable(_) => None,
        }
    }

    /// True if a folder of `pythonpath` may hold what the handler means.
    fn may_be_elsewhere(&self, answer: &Answer) -> bool {
        // The gateway looks there last; where wfastcgi looks first depends on how it is started.
        let is_last = self.spec.bridge.kind == BridgeKind::Gateway;
        let is_found = !matches!(answer, Answer::NoModule(no) if !no.is_sure);
        !(self.spec.python.pythonpath.is_empty() || is_last && is_found)
    }

    /// The libraries that the spec's requirements ask for.
    pub(crate) fn requirements(&self) -> &[Requirement] {
        self.requirements.get_or_init(|| {
            let file = self.spec.python.packages.requirements.as_ref();
            file.map(|file| requirements(self.world(), &file.posix()))
                .unwrap_or_default()
        })
    }

    /// The settings of Django, if that is what the handler names and it is certain which file they are in.
    pub(crate) fn django(&self) -> Option<DjangoSettings> {
        let framework = self.application()?.framework?;
        if framework.name != "Django" {
            return None;
        }
        let is_secret = self.spec.secrets.keys().any(is_settings);
        let mut variables = self.spec.environment.iter();
        let variable = variables.find(|(name, _)| is_settings(name));
        let variable = variable.map(|(_, value)| value.clone());
        let module = self.handler().module.as_ref();
        let named = module.and_then(|module| django_settings(module));
        let is_from_environment = variable.is_some();
        let name = match (variable, named) {
            (Some(variable), named) if named.as_ref().is_none_or(|named| named.is_default) => {
                variable
            }
            (None, Some(named)) => named.name,
            (Some(_) | None, _) => return None,
        };
        let Import::Module(module) = self.project.import(&name) else {
            return None;
        };
        (!is_secret).then_some(DjangoSettings {
            module,
            is_from_environment,
        })
    }

    /// The handler's module, Django's settings, and all files that these import; none if the handler's is not known.
    pub(crate) fn modules(&self) -> &[Rc<Module>] {
        self.modules.get_or_init(|| {
            let settings = self.django().map(|django| django.module);
            let first = self.handler().module.iter().cloned();
            reachable(self.project, first.chain(settings).collect())
        })
    }
}

fn is_settings(name: &VariableName) -> bool {
    name.as_str().eq_ignore_ascii_case(SETTINGS)
}

/// Modules and what they import, each once, nearest first.
fn reachable(project: &Project<'_>, start: Vec<Rc<Module>>) -> Vec<Rc<Module>> {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut found = start;
    found.retain(|module| seen.insert(module.name.clone()));
    let mut next = 0;
    while let Some(module) = found.get(next).map(Rc::clone) {
        next += 1;
        for name in imports(&module) {
            if found.len() < MAX_MODULES
                && seen.insert(name.clone())
                && let Import::Module(module) = project.import(&name)
            {
                found.push(module);
            }
        }
    }
    found
}

/// The names of all modules that a module may import when it is served, their packages included.
fn imports(module: &Module) -> Vec<String> {
    let mut found = Vec::new();
    module.statements(&mut |statement| {
        if let Statement::Import { module, .. } = statement {
            found.push(module.clone());
        } else if let Statement::ImportFrom {
            level,
            module: from,
            name,
            ..
        } = statement
        {
            let from = module.absolute(*level, from);
            found.extend(from.map(|from| format!("{from}.{name}")));
        }
    });
    let packages = |name: String| {
        let ends: Vec<usize> = name.match_indices('.').map(|(at, _)| at).collect();
        let prefixes = ends.into_iter().filter_map(|end| name.get(..end));
        let mut names: Vec<String> = prefixes.map(str::to_owned).collect();
        names.push(name.clone());
        names
    };
    found.into_iter().flat_map(packages).collect()
}
