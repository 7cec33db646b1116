//! What an expression stands for once its module is imported, as far as the text tells.

mod classes;

use std::rc::Rc;

use super::binding::{Binding, Value, candidates};
use super::module::Module;
use super::project::{Import, Project};
use super::tree::{Class, Expr, Form, Function, Statement};

/// Steps from one name to the next that are followed.
const MAX_STEPS: usize = 40;

/// Values that are computed for one question; what is left then is unknown.
const MAX_VALUES: usize = 500;

/// What something stands for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Thing {
    /// Nobody knows.
    Unknown,
    /// A module of the project, by its dotted name.
    Module(String),
    /// Something of a library: a dotted name in which `()` stands for a call, `flask.Flask()`.
    Outside(String),
    /// A function of the project.
    Function {
        /// The function.
        function: Rc<Function>,
        /// Dotted name of the module it is written in.
        module: String,
    },
    /// A function in a function, which may use the outer one's variables.
    Inner(Rc<Function>),
    /// A class of the project.
    Class(Written),
    /// What a call of a class of the project gives.
    Instance(Written),
    /// A value that cannot be called: what it is, for people.
    Constant(&'static str),
}

/// A class and the module it is written in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Written {
    /// The class.
    pub(crate) class: Rc<Class>,
    /// Dotted name of the module.
    pub(crate) module: String,
}

/// Computes what things stand for, within bounds.
pub(crate) struct Evaluation<'p> {
    project: &'p Project<'p>,
    steps: usize,
    values: usize,
}

/// Where an expression is read: the text up to which names have their values, and the function around it.
#[derive(Clone, Copy)]
struct Place<'a> {
    module: &'a Rc<Module>,
    function: Option<&'a Function>,
    before: usize,
}

impl<'p> Evaluation<'p> {
    /// Starts one question.
    pub(crate) const fn new(project: &'p Project<'p>) -> Self {
        Self {
            project,
            steps: 0,
            values: 0,
        }
    }

    /// What a module, named in full, is.
    pub(crate) fn import(&self, name: &str) -> Thing {
        match self.project.import(name) {
            Import::Module(_) | Import::Folder => Thing::Module(name.to_owned()),
            Import::Unreadable => Thing::Unknown,
            Import::Nothing => {
                let first = name.split('.').next().unwrap_or_default();
                match self.project.import(first) {
                    // A package of that name may lie elsewhere too.
                    Import::Module(_) | Import::Folder | Import::Unreadable => Thing::Unknown,
                    Import::Nothing => Thing::Outside(name.to_owned()),
                }
            }
        }
    }

    /// What an attribute of something is. `None` if it surely has none of that name.
    pub(crate) fn attribute(&mut self, thing: &Thing, name: &str) -> Option<Thing> {
        match thing {
            Thing::Module(module) => self.member(module, name),
            Thing::Outside(path) => Some(Thing::Outside(format!("{path}.{name}"))),
            Thing::Unknown
            | Thing::Function { .. }
            | Thing::Inner(_)
            | Thing::Class(_)
            | Thing::Instance(_)
            | Thing::Constant(_) => Some(Thing::Unknown),
        }
    }

    /// What calling something gives.
    pub(crate) fn call(&mut self, thing: &Thing) -> Thing {
        match thing {
            Thing::Outside(path) => Thing::Outside(format!("{path}()")),
            Thing::Function { function, module } => self.returned(function, module),
            Thing::Class(written) => self.instance(written),
            Thing::Unknown
            | Thing::Module(_)
            | Thing::Inner(_)
            | Thing::Instance(_)
            | Thing::Constant(_) => Thing::Unknown,
        }
    }

    /// Runs one step deeper, unless that is deep enough.
    fn guarded<T>(&mut self, otherwise: T, step: impl FnOnce(&mut Self) -> T) -> T {
        self.values += 1;
        if self.steps >= MAX_STEPS || self.values > MAX_VALUES {
            return otherwise;
        }
        self.steps += 1;
        let result = step(self);
        self.steps -= 1;
        result
    }

    fn member(&mut self, module: &str, name: &str) -> Option<Thing> {
        let submodule = format!("{module}.{name}");
        match self.project.import(module) {
            Import::Module(found) => {
                let bound = self.name_in(&found, name, usize::MAX, Some(module));
                bound.or_else(|| self.submodule(&submodule))
            }
            Import::Folder => Some(self.submodule(&submodule).unwrap_or(Thing::Unknown)),
            Import::Unreadable | Import::Nothing => Some(Thing::Unknown),
        }
    }

    fn submodule(&self, name: &str) -> Option<Thing> {
        match self.project.import(name) {
            Import::Module(_) => Some(Thing::Module(name.to_owned())),
            Import::Folder | Import::Unreadable => Some(Thing::Unknown),
            Import::Nothing => None,
        }
    }

    /// What a module's own text gives a name; `None` if it does not bind it.
    fn name_in(
        &mut self,
        module: &Rc<Module>,
        name: &str,
        before: usize,
        from: Option<&str>,
    ) -> Option<Thing> {
        if module.is_open() || module.is_global(name) || name.starts_with("__") {
            return Some(Thing::Unknown);
        }
        let found = module.candidates(name, before);
        let place = Place {
            module,
            function: None,
            before,
        };
        self.agreed(place, &found, name, from)
    }

    /// What all bindings give, if they give the same; `None` without any.
    fn agreed(
        &mut self,
        place: Place<'_>,
        found: &[Binding<'_>],
        name: &str,
        from: Option<&str>,
    ) -> Option<Thing> {
        let mut things = found
            .iter()
            .filter_map(|one| {
                self.guarded(Some(Thing::Unknown), |this| {
                    this.value(place, one, name, from)
                })
            })
            .collect::<Vec<_>>();
        let last = things.pop()?;
        Some(if things.iter().all(|other| *other == last) {
            last
        } else {
            Thing::Unknown
        })
    }

    /// What one binding gives a name; `None` for a `*` that does not contain it, and for a module's own submodule.
    fn value(
        &mut self,
        place: Place<'_>,
        binding: &Binding<'_>,
        name: &str,
        from: Option<&str>,
    ) -> Option<Thing> {
        let at = Place {
            before: binding.span.start,
            ..place
        };
        Some(match &binding.value {
            Value::Expression(expression) => self.expression(at, expression),
            Value::Function(function) if place.function.is_some() => {
                Thing::Inner(Rc::clone(function))
            }
            Value::Function(function) => Thing::Function {
                function: Rc::clone(function),
                module: place.module.name.clone(),
            },
            Value::Class(_) if place.function.is_some() => Thing::Unknown,
            Value::Class(class) => Thing::Class(Written {
                class: Rc::clone(class),
                module: place.module.name.clone(),
            }),
            Value::Module(module) => self.import(module),
            Value::Member(level, module, member) => {
                let Some(module) = place.module.absolute(*level, module) else {
                    return Some(Thing::Unknown);
                };
                if *member == "*" {
                    return self.star(&module, name);
                }
                // `from . import app` in the package itself means the submodule.
                if from == Some(module.as_str()) && *member == name {
                    return self.submodule(&format!("{module}.{name}"));
                }
                let module = self.import(&module);
                self.attribute(&module, member).unwrap_or(Thing::Unknown)
            }
            Value::Unknown => Thing::Unknown,
        })
    }

    /// What `from module import *` gives a name; `None` if surely nothing.
    fn star(&mut self, module: &str, name: &str) -> Option<Thing> {
        let Import::Module(found) = self.project.import(module) else {
            return Some(Thing::Unknown);
        };
        if !found.candidates("__all__", usize::MAX).is_empty() {
            return Some(Thing::Unknown);
        }
        if name.starts_with('_') {
            return found.is_open().then_some(Thing::Unknown);
        }
        self.name_in(&found, name, usize::MAX, Some(module))
    }

    fn name(&mut self, place: Place<'_>, name: &str) -> Thing {
        if let Some(function) = place.function {
            if function.parameters.names().any(|one| one == name) || place.module.is_global(name) {
                return Thing::Unknown;
            }
            let found = candidates(&function.body, name, place.before);
            if let Some(thing) = self.agreed(place, &found, name, None) {
                return thing;
            }
        }
        let before = match place.function {
            Some(_) => usize::MAX,
            None => place.before,
        };
        self.name_in(place.module, name, before, None)
            .unwrap_or(Thing::Unknown)
    }

    fn expression(&mut self, place: Place<'_>, expression: &Expr) -> Thing {
        self.guarded(Thing::Unknown, |this| match &expression.form {
            Form::Name(name) => this.name(place, name),
            Form::Attribute(base, name) => {
                let base = this.expression(place, base);
                this.attribute(&base, name).unwrap_or(Thing::Unknown)
            }
            Form::Call(call) => {
                let callee = this.expression(place, &call.callee);
                this.call(&callee)
            }
            Form::Bind(_, value) => this.expression(place, value),
            Form::Choice { options, .. } => {
                let mut things: Vec<Thing> = options
                    .iter()
                    .map(|option| this.expression(place, option))
                    .collect();
                let last = things.pop().unwrap_or(Thing::Unknown);
                match things.iter().all(|other| *other == last) {
                    true => last,
                    false => Thing::Unknown,
                }
            }
            Form::Text(_) => Thing::Constant("a text"),
            Form::Integer(_) => Thing::Constant("a number"),
            Form::Truth(_) => Thing::Constant("a truth value"),
            Form::Nothing => Thing::Constant("`None`"),
            Form::Mapping(_) => Thing::Constant("a dictionary"),
            Form::Sequence(_) => Thing::Constant("a list, tuple or set"),
            Form::Constant(_) => Thing::Constant("a text or number"),
            Form::Target(_)
            | Form::Arithmetic(..)
            | Form::Equal(..)
            | Form::Subscript(..)
            | Form::Other(_) => Thing::Unknown,
        })
    }

    fn returned(&mut self, function: &Rc<Function>, module: &str) -> Thing {
        if function.is_decorated || function.is_async || function.is_generator {
            return Thing::Unknown;
        }
        let Import::Module(module) = self.project.import(module) else {
            return Thing::Unknown;
        };
        let mut returns = Vec::new();
        collect_returns(&function.body, &mut returns);
        let mut things = Vec::new();
        for value in returns {
            let place = Place {
                module: &module,
                function: Some(function),
                before: value.span.start,
            };
            things.push(self.expression(place, value));
        }
        match things.pop() {
            Some(last) if things.iter().all(|other| *other == last) => last,
            Some(_) | None => Thing::Unknown,
        }
    }
}

fn collect_returns<'a>(body: &'a [Statement], found: &mut Vec<&'a Expr>) {
    for statement in body {
        if let Statement::Return(Some(value)) = statement {
            found.push(value);
        }
        for body in statement.bodies() {
            collect_returns(body, found);
        }
    }
}
