//! What a handler such as `shop.app`, `shop.make_app()` or `shop.wsgi.application` names.
//!
//! Reads the handler as the gateway does: as many names as are modules are imported, never the last one, and the
//! others are fetched from it one by one.

use std::rc::Rc;

use super::binding::{Binding, When};
use super::evaluate::{Evaluation, Thing, Written};
use super::frameworks::{self, Framework, Interface, Role};
use super::module::Module;
use super::parse::Refusal;
use super::project::{Import, Project, files};
use super::tree::Function;
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

/// What a handler names, as far as the text tells. Whoever is told [`Answer::Unknown`] keeps silent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Answer {
    /// Nobody knows.
    Unknown,
    /// No module of the project; it may be one of a library. What was looked for.
    NotInProject(Vec<String>),
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
    /// A function or class that must be called, and is not. What calling it gives, if it is known.
    Uncalled(Option<Application>),
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

/// A name that a module surely does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Missing {
    /// The name.
    pub(crate) name: String,
    /// Files that would make it a module, if it could be one.
    pub(crate) looked_for: Vec<String>,
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
        module: None,
        span: None,
        answer,
    };
    let Some(names) = names(handler) else {
        return answer(Answer::Unknown);
    };
    match import_longest_prefix(project, &names) {
        Start::Module(module, rest) => in_module(project, &module, rest),
        Start::Folder(name, rest) => answer(in_folder(project, &name, rest)),
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

/// Nothing of the project: some entry points of libraries are known by name.
fn outside(project: &Project<'_>, names: &[Name<'_>]) -> Answer {
    let path: Vec<String> = names
        .iter()
        .map(|name| format!("{}{}", name.text, if name.is_called { "()" } else { "" }))
        .collect();
    let first = names.first().map_or("", |name| name.text);
    match judge_outside(&path.join(".")) {
        Answer::Unknown if project.may_be_compiled(first) => Answer::Unknown,
        Answer::Unknown => Answer::NotInProject(files(first).to_vec()),
        known => known,
    }
}

fn in_folder(project: &Project<'_>, folder: &str, rest: &[Name<'_>]) -> Answer {
    let name = rest.first().map_or("", |name| name.text);
    let full = format!("{folder}.{name}");
    match project.import(&full) {
        Import::Module(_) if rest.len() == 1 => a_module(project, &full),
        // A package of that name that lies elsewhere is taken before this folder.
        Import::Module(_) | Import::Folder | Import::Unreadable | Import::Nothing => {
            Answer::Unknown
        }
    }
}

fn in_module(project: &Project<'_>, module: &Rc<Module>, rest: &[Name<'_>]) -> Resolution {
    let first = rest.first().copied();
    let name = first.map_or("", |name| name.text);
    let span = module
        .candidates(name, usize::MAX)
        .last()
        .map(|one| one.span);
    let answer = match &module.refusal {
        Some(Refusal::Syntax { .. }) => Answer::Syntax,
        Some(Refusal::TooMuch) => Answer::Unknown,
        None => follow(project, module, rest),
    };
    Resolution {
        module: Some(Rc::clone(module)),
        span,
        answer,
    }
}

fn follow(project: &Project<'_>, module: &Rc<Module>, rest: &[Name<'_>]) -> Answer {
    let mut evaluation = Evaluation::new(project);
    let mut thing = Thing::Module(module.name.clone());
    for (position, name) in rest.iter().enumerate() {
        let Some(found) = evaluation.attribute(&thing, name.text) else {
            return match position {
                0 => missing(project, module, name.text, rest.len() > 1),
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

fn missing(project: &Project<'_>, module: &Rc<Module>, name: &str, is_module: bool) -> Answer {
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
        looked_for: match module.is_package && is_module {
            true => files(&full.replace('.', "/")).to_vec(),
            false => Vec::new(),
        },
        near: suggest::nearest(name, known).map(str::to_owned),
        applications: applications(project, module),
        as_program: bindings
            .iter()
            .find(|one| one.name == name)
            .map(|one| one.span),
    })
}

/// The names of a module that are applications.
fn applications(project: &Project<'_>, module: &Rc<Module>) -> Vec<String> {
    let mut evaluation = Evaluation::new(project);
    let whole = Thing::Module(module.name.clone());
    let mut found: Vec<String> = Vec::new();
    for one in module.bindings() {
        if found.iter().any(|known| known == one.name) {
            continue;
        }
        let thing = evaluation.attribute(&whole, one.name);
        // A function with two parameters may be anything, one that takes an `environ` is no accident.
        let is_application = match &thing {
            Some(Thing::Function { function, .. }) => looks_like_wsgi(function),
            Some(Thing::Outside(path)) => {
                matches!(
                    frameworks::role(path),
                    Some(Role::Object(_) | Role::Inner(_))
                )
            }
            Some(_) | None => false,
        };
        if is_application {
            found.push(one.name.to_owned());
        }
    }
    found
}

fn a_module(project: &Project<'_>, name: &str) -> Answer {
    match project.import(name) {
        Import::Module(module) => Answer::Module {
            name: name.to_owned(),
            applications: applications(project, &module),
        },
        Import::Folder | Import::Unreadable | Import::Nothing => Answer::Unknown,
    }
}

fn judge(project: &Project<'_>, evaluation: &mut Evaluation<'_>, thing: &Thing) -> Answer {
    match thing {
        Thing::Unknown => Answer::Unknown,
        Thing::Module(name) => a_module(project, name),
        Thing::Outside(path) => judge_outside(path),
        Thing::Function { function, .. } => {
            let returned = evaluation.call(thing);
            judge_function(project, evaluation, function, &returned)
        }
        Thing::Inner(function) => judge_function(project, evaluation, function, &Thing::Unknown),
        Thing::Class(written) => judge_class(evaluation, written, thing),
        Thing::Instance(written) => judge_instance(evaluation, written),
        Thing::Constant(what) => Answer::NotCallable(what),
    }
}

/// Judges `thing()`.
fn judge_call(project: &Project<'_>, evaluation: &mut Evaluation<'_>, thing: &Thing) -> Answer {
    match thing {
        Thing::Function { function, .. } | Thing::Inner(function) => {
            if function.is_decorated || function.parameters.accept(0) {
                let called = evaluation.call(thing);
                return judge(project, evaluation, &called);
            }
            let judged = judge_function(project, evaluation, function, &Thing::Unknown);
            if let Answer::Application(found) = judged
                && looks_like_wsgi(function)
            {
                return Answer::CalledApplication(found);
            }
            Answer::Misfit {
                required: required(function),
                is_called: true,
            }
        }
        Thing::Instance(written) => match judge_instance(evaluation, written) {
            Answer::Application(found) => Answer::CalledApplication(found),
            other => other,
        },
        Thing::Module(_) | Thing::Constant(_) => judge(project, evaluation, thing),
        Thing::Unknown | Thing::Outside(_) | Thing::Class(_) => {
            let called = evaluation.call(thing);
            judge(project, evaluation, &called)
        }
    }
}

fn judge_outside(path: &str) -> Answer {
    let application = |framework: &'static Framework| Application {
        interface: framework.interface,
        framework: Some(framework),
    };
    match frameworks::role(path) {
        Some(Role::Object(found)) => Answer::Application(application(found)),
        Some(Role::Maker(found)) => Answer::Uncalled(Some(application(found))),
        Some(Role::Called(found)) => Answer::CalledApplication(application(found)),
        Some(Role::Inner(found)) => Answer::Application(Application {
            interface: Interface::Wsgi,
            framework: Some(found),
        }),
        None => Answer::Unknown,
    }
}

fn judge_function(
    project: &Project<'_>,
    evaluation: &mut Evaluation<'_>,
    function: &Function,
    returned: &Thing,
) -> Answer {
    if function.is_decorated {
        return Answer::Unknown;
    }
    let plain = |interface| {
        Answer::Application(Application {
            interface,
            framework: None,
        })
    };
    let parameters = &function.parameters;
    if looks_like_asgi(function) {
        return plain(Interface::Asgi);
    }
    if function.is_async {
        return Answer::Unknown;
    }
    if looks_like_wsgi(function) || (parameters.accept(2) && parameters.required() == 2) {
        return plain(Interface::Wsgi);
    }
    let made = match returned {
        // A function that gives a function may be anything.
        Thing::Outside(_) | Thing::Instance(_) => judge(project, evaluation, returned),
        Thing::Unknown
        | Thing::Module(_)
        | Thing::Function { .. }
        | Thing::Inner(_)
        | Thing::Class(_)
        | Thing::Constant(_) => Answer::Unknown,
    };
    if let Answer::Application(found) = made
        && parameters.accept(0)
    {
        return Answer::Uncalled(Some(found));
    }
    if parameters.accept(2) {
        return Answer::Unknown;
    }
    if parameters.accept(0) {
        return Answer::Uncalled(None);
    }
    Answer::Misfit {
        required: required(function),
        is_called: false,
    }
}

const fn required(function: &Function) -> usize {
    function.parameters.required() + function.parameters.required_by_name.len()
}

fn looks_like_wsgi(function: &Function) -> bool {
    let names = &function.parameters.positional;
    !function.is_async
        && function.parameters.accept(2)
        && names.iter().rev().any(|name| name == "start_response")
}

/// True for `scope, receive, send`, with or without `self` in front.
fn looks_like_asgi(function: &Function) -> bool {
    let names: Vec<&str> = function
        .parameters
        .positional
        .iter()
        .map(String::as_str)
        .collect();
    names.len() <= 4 && names.ends_with(&["scope", "receive", "send"])
}

fn judge_class(evaluation: &mut Evaluation<'_>, written: &Written, thing: &Thing) -> Answer {
    // A class whose instances are made from `environ` and `start_response` is an application itself.
    let takes_two = match evaluation.method(written, "__init__") {
        Some(Some(init)) => init.parameters.accept(3),
        Some(None) => false,
        None => true,
    };
    let called = evaluation.call(thing);
    let made = if let Thing::Outside(path) = &called {
        judge_outside(path)
    } else if let Thing::Instance(written) = &called
        && !takes_two
    {
        judge_instance(evaluation, written)
    } else {
        Answer::Unknown
    };
    if let Answer::Application(found) = made {
        return Answer::Uncalled(Some(found));
    }
    Answer::Unknown
}

fn judge_instance(evaluation: &mut Evaluation<'_>, written: &Written) -> Answer {
    let plain = |interface| {
        Answer::Application(Application {
            interface,
            framework: None,
        })
    };
    match evaluation.method(written, "__call__") {
        Some(None) => Answer::NotCallable("an object of a class without `__call__`"),
        Some(Some(call)) if looks_like_asgi(&call) => plain(Interface::Asgi),
        // With `self` in front.
        Some(Some(call)) if !call.is_async && call.parameters.accept(3) => plain(Interface::Wsgi),
        Some(Some(_)) | None => Answer::Unknown,
    }
}

#[cfg(test)]
mod tests;
