//! Judges what a handler ends at: whether it can answer requests, and how.

use super::super::evaluate::{Evaluation, Thing, Written};
use super::super::frameworks::{self, Framework, Interface, Role};
use super::super::module::Module;
use super::super::project::{Import, Project};
use super::super::tree::Function;
use super::{Answer, Application};

/// The names of a module that are applications.
pub(super) fn applications(project: &Project<'_>, module: &Module) -> Vec<String> {
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

pub(super) fn a_module(project: &Project<'_>, name: &str) -> Answer {
    match project.import(name) {
        Import::Module(module) => Answer::Module {
            name: name.to_owned(),
            applications: applications(project, &module),
        },
        Import::Folder | Import::Unreadable | Import::Nothing => Answer::Unknown,
    }
}

pub(super) fn judge(
    project: &Project<'_>,
    evaluation: &mut Evaluation<'_>,
    thing: &Thing,
) -> Answer {
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
pub(super) fn judge_call(
    project: &Project<'_>,
    evaluation: &mut Evaluation<'_>,
    thing: &Thing,
) -> Answer {
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
        Thing::Outside(path) => match judge_outside(path) {
            Answer::Application(found) => Answer::CalledApplication(found),
            _ => judge_outside(&format!("{path}()")),
        },
        Thing::Unknown | Thing::Class(_) => {
            let called = evaluation.call(thing);
            judge(project, evaluation, &called)
        }
    }
}

pub(super) fn judge_outside(path: &str) -> Answer {
    let application = |framework: &'static Framework| Application {
        interface: framework.interface,
        framework: Some(framework),
    };
    match frameworks::role(path) {
        Some(Role::Object(found)) => Answer::Application(application(found)),
        Some(Role::Maker(found)) => Answer::Uncalled {
            made: Some(application(found)),
            // `get_wsgi_application`; the others want to be told about the application.
            is_ready: found.name == "Django",
        },
        Some(Role::Inner(found)) => Answer::Application(Application {
            interface: Interface::Wsgi,
            framework: Some(found),
        }),
        Some(Role::Called(_)) | None => Answer::Unknown,
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
    if looks_like_wsgi(function)
        || (parameters.required() == 2 && parameters.accept(2) && !parameters.accept(3))
    {
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
        return Answer::Uncalled {
            made: Some(found),
            is_ready: true,
        };
    }
    if parameters.accept(2) || may_be_asgi(function) {
        return Answer::Unknown;
    }
    if parameters.accept(0) {
        return Answer::Uncalled {
            made: None,
            is_ready: true,
        };
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

/// True for a function that may take what an ASGI server gives, in the form of today or in that of ASGI 2.
fn may_be_asgi(function: &Function) -> bool {
    let first = function.parameters.positional.first();
    function.parameters.accept(3)
        || (function.parameters.accept(1) && first.is_some_and(|name| name == "scope"))
}

fn judge_class(evaluation: &mut Evaluation<'_>, written: &Written, thing: &Thing) -> Answer {
    let (takes_two, takes_none) = match evaluation.method(written, "__init__") {
        Some(Some(init)) => (init.parameters.accept(3), init.parameters.accept(1)),
        Some(None) => (false, true),
        None => (true, false),
    };
    let called = evaluation.call(thing);
    let made = if let Thing::Outside(path) = &called {
        judge_outside(path)
    } else if let Thing::Instance(written) = &called
        // A class whose instances are made from `environ` and `start_response` is an application itself.
        && !takes_two
    {
        judge_instance(evaluation, written)
    } else {
        Answer::Unknown
    };
    if let Answer::Application(found) = made {
        return Answer::Uncalled {
            made: Some(found),
            is_ready: takes_none && matches!(called, Thing::Instance(_)),
        };
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
        Some(Some(call)) if takes_environ(&call) => plain(Interface::Wsgi),
        Some(Some(_)) | None => Answer::Unknown,
    }
}

/// True for a method that can be called with two values, and neither with none nor with the three of ASGI.
fn takes_environ(method: &Function) -> bool {
    let accept = |values: usize| method.parameters.accept(values + 1);
    !method.is_async && accept(2) && !accept(0) && !accept(3)
}
