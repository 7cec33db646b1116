//! What a handler such as `shop.app`, `shop.make_app()` or `shop.wsgi.application` names.
//!
//! Reads the handler as the gateway does: as many names as are modules are imported, never the last one, and the
//! others are fetched from it one by one.

mod judge;

use std::rc::Rc;

use self::judge::{a_module, applications, judge, judge_call, judge_outside};
use super::binding::{Binding, When};
use super::evaluate::{Evaluation, Thing};
use super::frameworks::{Framework, Interface};
use super::module::Module;
use super::parse::Refusal;
use super::project::{Import, Project, files};
use crate::source::Span;
use crate::suggest;

/// What a handler names.
#[derive(Debug, Clone)]
pub(crate) struct Resolution {
    /// The file that the handler's name was looked up in.
    pub(crate) module: Option<Rc<Module>>,
    /// Where that file binds the name.
    pub(crate) span: Option<Span>,
    /// What it is.
    pub(crate) answer: Answer,
}

impl Resolution {
    /// Nothing is known.
    pub(crate) const UNKNOWN: Self = Self {
        module: None,
        span: None,
        answer: Answer::Unknown,
    };
}

/// What a handler names, as far as the text tells. Whoever is told [`Answer::Unknown`] keeps silent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Answer {
    /// Nobody knows.
    Unknown,
    /// The project has no such module.
    NoModule(NoModule),
    /// The module is there and Python 3 cannot read it.
    Syntax,
    /// The module has no such name.
    Missing(Missing),
    /// A module.
    Module {
        /// Its dotted name.
        name: String,
        /// Names in it that are applications.
        applications: Vec<String>,
    },
    /// Something that answers requests, or that its framework takes for it.
    Application(Application),
    /// An application behind which the handler has `()` that must not be there.
    CalledApplication(Application),
    /// A function or class that must be called, and is not.
    Uncalled {
        /// What calling it gives, if it is known.
        made: Option<Application>,
        /// It can be called with nothing.
        is_ready: bool,
    },
    /// A function that takes neither what a server gives nor nothing.
    Misfit {
        /// Values it must be given.
        required: usize,
        /// The handler calls it.
        is_called: bool,
    },
    /// Nothing that can be called: what it is.
    NotCallable(&'static str),
}

/// A module that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NoModule {
    /// Its dotted name.
    pub(crate) name: String,
    /// Files that would be it.
    pub(crate) looked_for: Vec<String>,
    /// The handler that is probably meant: it names an application of the project.
    pub(crate) near: Option<String>,
    /// False if it may be a module of a library.
    pub(crate) is_sure: bool,
}

/// A name that a module surely does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Missing {
    /// The name.
    pub(crate) name: String,
    /// The name of the module that it may be meant to be.
    pub(crate) near: Option<String>,
    /// Names in the module that are applications.
    pub(crate) applications: Vec<String>,
    /// Where it is bound only if the file is started as a program.
    pub(crate) as_program: Option<Span>,
}

/// Something that answers requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Application {
    /// How it wants to be called.
    pub(crate) interface: Interface,
    /// What it was made with, if that is known.
    pub(crate) framework: Option<&'static Framework>,
}

/// One name of a handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Name<'a> {
    text: &'a str,
    is_called: bool,
}

/// Finds what a handler names.
pub(crate) fn resolve(project: &Project<'_>, handler: &str) -> Resolution {
    let answer = |answer| Resolution {
        answer,
        ..Resolution::UNKNOWN
    };
    let Some(names) = names(handler) else {
        return answer(Answer::Unknown);
    };
    match import_longest_prefix(project, &names) {
        Start::Module(module, rest) => in_module(project, &module, &names, rest),
        Start::Folder(name, rest) => answer(in_folder(project, &name, &names, rest)),
        Start::Unreadable => answer(Answer::Unknown),
        Start::Nothing => answer(outside(project, &names)),
    }
}

/// The names, with `:` read as `.`; `None` if it is no handler.
fn names(handler: &str) -> Option<Vec<Name<'_>>> {
    let names: Vec<Name<'_>> = handler
        .trim()
        .split(['.', ':'])
        .map(|part| Name {
            text: part.strip_suffix("()").unwrap_or(part),
            is_called: part.ends_with("()"),
        })
        .collect();
    let is_name = |name: &Name<'_>| {
        let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
        !name.text.is_empty() && name.text.chars().all(is_letter)
    };
    let first_is_called = names.first().is_some_and(|name| name.is_called);
    (names.len() > 1 && !first_is_called && names.iter().all(is_name)).then_some(names)
}

/// The module that a handler begins with, and the names behind it.
enum Start<'n, 'a> {
    Module(Rc<Module>, &'n [Name<'a>]),
    Folder(String, &'n [Name<'a>]),
    Unreadable,
    Nothing,
}

fn import_longest_prefix<'n, 'a>(project: &Project<'_>, names: &'n [Name<'a>]) -> Start<'n, 'a> {
    let called = names.iter().position(|name| name.is_called);
    let longest = (names.len() - 1).min(called.unwrap_or(usize::MAX));
    for length in (1..=longest).rev() {
        let (prefix, rest) = names.split_at(length);
        let name = dotted(prefix);
        match project.import(&name) {
            Import::Module(module) => return Start::Module(module, rest),
            Import::Folder => return Start::Folder(name, rest),
            Import::Unreadable => return Start::Unreadable,
            Import::Nothing => {}
        }
    }
    Start::Nothing
}

fn dotted(names: &[Name<'_>]) -> String {
    let names: Vec<&str> = names.iter().map(|name| name.text).collect();
    names.join(".")
}

/// The handler with these names.
fn written(names: &[Name<'_>]) -> String {
    let parts = names.iter().map(|name| match name.is_called {
        true => format!("{}()", name.text),
        false => name.text.to_owned(),
    });
    parts.collect::<Vec<_>>().join(".")
}

/// Nothing of the project: some entry points of libraries are known by name.
fn outside(project: &Project<'_>, names: &[Name<'_>]) -> Answer {
    match judge_outside(&written(names)) {
        Answer::Unknown => no_module(project, names, 0, false),
        known => known,
    }
}

fn in_folder(project: &Project<'_>, folder: &str, names: &[Name<'_>], rest: &[Name<'_>]) -> Answer {
    let name = rest.first().map_or("", |name| name.text);
    let full = format!("{folder}.{name}");
    match project.import(&full) {
        Import::Module(_) if rest.len() == 1 => a_module(project, &full),
        // A package of that name that lies elsewhere is taken before this folder.
        Import::Nothing if rest.len() > 1 => {
            no_module(project, names, names.len() - rest.len(), false)
        }
        Import::Module(_) | Import::Folder | Import::Unreadable | Import::Nothing => {
            Answer::Unknown
        }
    }
}

/// What to say of a module that is not there: the one that the name at a position stands for.
fn no_module(project: &Project<'_>, names: &[Name<'_>], at: usize, is_sure: bool) -> Answer {
    let name = dotted(names.get(..=at).unwrap_or_default());
    if project.may_be_compiled(&name) {
        return Answer::Unknown;
    }
    Answer::NoModule(NoModule {
        looked_for: files(&name.replace('.', "/")).to_vec(),
        near: near_handler(project, names, at),
        name,
        is_sure,
    })
}

/// The handler with the name at a position put right, if that names an application.
fn near_handler(project: &Project<'_>, names: &[Name<'_>], at: usize) -> Option<String> {
    let siblings = project.modules_in(&dotted(names.get(..at)?));
    let wrong = names.get(at)?;
    let near = suggest::nearest(wrong.text, siblings.iter().map(String::as_str))?;
    let mut names = names.to_vec();
    names.get_mut(at)?.text = near;
    let handler = written(&names);
    let answer = resolve(project, &handler).answer;
    matches!(answer, Answer::Application(_) | Answer::Uncalled { .. }).then_some(handler)
}

fn in_module(
    project: &Project<'_>,
    module: &Rc<Module>,
    names: &[Name<'_>],
    rest: &[Name<'_>],
) -> Resolution {
    let first = rest.first().copied();
    let name = first.map_or("", |name| name.text);
    let span = module
        .candidates(name, usize::MAX)
        .last()
        .map(|one| one.span);
    let answer = match &module.refusal {
        Some(Refusal::Syntax { .. }) => Answer::Syntax,
        Some(Refusal::TooMuch) => Answer::Unknown,
        None => follow(project, module, names, rest),
    };
    Resolution {
        module: Some(Rc::clone(module)),
        span,
        answer,
    }
}

fn follow(project: &Project<'_>, module: &Module, names: &[Name<'_>], rest: &[Name<'_>]) -> Answer {
    let mut evaluation = Evaluation::new(project);
    let mut thing = Thing::Module(module.name.clone());
    for (position, name) in rest.iter().enumerate() {
        let Some(found) = evaluation.attribute(&thing, name.text) else {
            return match position {
                0 if module.is_package && rest.len() > 1 => {
                    no_module(project, names, names.len() - rest.len(), true)
                }
                0 => missing(project, module, name.text),
                _ => Answer::Unknown,
            };
        };
        let is_last = position + 1 == rest.len();
        if is_last {
            return match name.is_called {
                true => judge_call(project, &mut evaluation, &found),
                false => judge(project, &mut evaluation, &found),
            };
        }
        thing = match name.is_called {
            true => evaluation.call(&found),
            false => found,
        };
    }
    Answer::Unknown
}

fn missing(project: &Project<'_>, module: &Module, name: &str) -> Answer {
    let full = format!("{}.{name}", module.name);
    if module.is_package && project.may_be_compiled(&full) {
        return Answer::Unknown;
    }
    let bindings = module.bindings();
    let is_served = |one: &&Binding<'_>| one.when != When::AsProgram;
    let known = bindings.iter().filter(is_served).map(|one| one.name);
    // Bound, but to something that is not there, as in a module that imports from itself.
    if known.clone().any(|other| other == name) {
        return Answer::Unknown;
    }
    Answer::Missing(Missing {
        name: name.to_owned(),
        near: suggest::nearest(name, known).map(str::to_owned),
        applications: applications(project, module),
        as_program: bindings
            .iter()
            .find(|one| one.name == name)
            .map(|one| one.span),
    })
}

#[cfg(test)]
mod tests;
