//! One file of Python, read.

use std::sync::Arc;

use super::binding::{Binding, Value, bindings, candidates, is_main};
use super::parse::{Refusal, parse};
use super::tree::{Body, Expr, Form, Statement, walk};
use crate::source::{SourceFile, Span};

/// Names whose use lets a module bind names that its text does not show.
const OPENINGS: &[&str] = &["globals", "vars", "locals", "exec", "execfile"];

/// One file of the project as Python would import it.
#[derive(Debug)]
pub(crate) struct Module {
    /// The text, by its path in the project.
    pub(crate) source: Arc<SourceFile>,
    /// The dotted name.
    pub(crate) name: String,
    /// An `__init__.py`.
    pub(crate) is_package: bool,
    /// What it does; empty with a [`Module::refusal`].
    pub(crate) body: Body,
    /// Why the text could not be read.
    pub(crate) refusal: Option<Refusal>,
    is_open: bool,
    globals: Vec<String>,
}

impl Module {
    /// Reads a text that lies at a path of the project.
    pub(crate) fn new(path: &str, name: &str, text: &str) -> Self {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let (body, refusal) = match parse(text) {
            Ok(body) => (body, None),
            Err(refusal) => (Body::new(), Some(refusal)),
        };
        Self {
            source: Arc::new(SourceFile::new(path, text)),
            name: name.to_owned(),
            is_package: path.ends_with("__init__.py"),
            is_open: refusal.is_some() || is_open(&body),
            globals: globals(&body),
            body,
            refusal,
        }
    }

    /// True if the module may have names, or values, that its text does not show.
    pub(crate) const fn is_open(&self) -> bool {
        self.is_open
    }

    /// True if a function of the module may give a name another value.
    pub(crate) fn is_global(&self, name: &str) -> bool {
        self.globals.iter().any(|other| other == name)
    }

    /// What a name of the module may have its value from, when it is run up to a place.
    pub(crate) fn candidates(&self, name: &str, before: usize) -> Vec<Binding<'_>> {
        candidates(&self.body, name, before)
    }

    /// Everything that the module binds, in order.
    pub(crate) fn bindings(&self) -> Vec<Binding<'_>> {
        bindings(&self.body)
    }

    /// The dotted name that a module named in an `import` of this one has: with the dots before it resolved.
    pub(crate) fn absolute(&self, level: usize, module: &str) -> Option<String> {
        if level == 0 {
            return Some(module.to_owned());
        }
        let mut parts: Vec<&str> = self.name.split('.').collect();
        let up = level - usize::from(self.is_package);
        parts.truncate(parts.len().checked_sub(up).filter(|left| *left > 0)?);
        parts.extend(Some(module).filter(|module| !module.is_empty()));
        Some(parts.join("."))
    }

    /// Shows every statement that may run in a server to somebody: those in functions and classes too, but not
    /// those that run when the file is started as a program.
    pub(crate) fn statements<'a>(&'a self, see: &mut impl FnMut(&'a Statement)) {
        served(&self.body, see);
    }

    /// Shows every expression of these statements to somebody.
    pub(crate) fn expressions<'a>(&'a self, see: &mut impl FnMut(&'a Expr)) {
        self.statements(&mut |statement| {
            for expression in statement.expressions() {
                expression.walk(see);
            }
        });
    }

    /// The dotted name that an expression of names and dots stands for by the module's imports: `Flask` is
    /// `flask.Flask` behind `from flask import Flask`. `None` if it is not imported in one way only.
    ///
    /// `bindings` are those of the module, which whoever asks often finds once.
    pub(crate) fn imported(&self, bindings: &[Binding<'_>], expression: &Expr) -> Option<String> {
        let written = expression.written()?;
        let (first, rest) = match written.split_once('.') {
            Some((first, rest)) => (first, Some(rest)),
            None => (written.as_str(), None),
        };
        let mut found = bindings
            .iter()
            .filter(|one| one.name == first)
            .map(|one| self.import_of(one));
        let start = found.next()??;
        if found.any(|other| other.as_ref() != Some(&start)) {
            return None;
        }
        Some(match rest {
            Some(rest) => format!("{start}.{rest}"),
            None => start,
        })
    }

    fn import_of(&self, binding: &Binding<'_>) -> Option<String> {
        match binding.value {
            Value::Module(module) => Some(module.to_owned()),
            Value::Member(level, module, name) => {
                Some(format!("{}.{name}", self.absolute(level, module)?))
            }
            Value::Expression(_) | Value::Function(_) | Value::Class(_) | Value::Unknown => None,
        }
    }

    /// The statement of Python 2 that a text which Python 3 refuses fails at, such as `print x`.
    pub(crate) fn python_2(&self) -> Option<Span> {
        let Some(Refusal::Syntax { span, .. }) = &self.refusal else {
            return None;
        };
        let line = self.source.line_span(self.source.position(span.start).line);
        let text = self.source.slice(line);
        let written = text.trim_start();
        let statement = |word| {
            let rest = written.strip_prefix(word).unwrap_or_default();
            rest.starts_with([' ', '\t'])
                && !rest.trim_start().starts_with(['(', '=', '.', ',', ':'])
        };
        let start = line.start + (text.len() - written.len());
        (statement("print") || statement("exec")).then(|| Span::new(start, line.end))
    }
}

fn served<'a>(body: &'a [Statement], see: &mut impl FnMut(&'a Statement)) {
    for statement in body {
        see(statement);
        if let Statement::If(branches) = statement {
            for (test, body) in branches {
                if !test.as_ref().is_some_and(is_main) {
                    served(body, see);
                }
            }
        } else if let Statement::Function(function) = statement {
            // By its name the work of a program.
            if function.name != "main" {
                served(&function.body, see);
            }
        } else if let Statement::Class(class) = statement {
            served(&class.body, see);
        } else {
            for body in statement.bodies() {
                served(body, see);
            }
        }
    }
}

fn is_open(body: &Body) -> bool {
    let mut open = false;
    walk(body, &mut |statement| {
        for expression in statement.expressions() {
            expression.walk(&mut |part| open |= opens(part));
        }
    });
    let hook = |statement: &Statement| matches!(statement, Statement::Function(function) if function.name == "__getattr__");
    open || bindings(body).iter().any(|one| one.name == "__getattr__") || body.iter().any(hook)
}

fn opens(part: &Expr) -> bool {
    match &part.form {
        Form::Name(name) | Form::Target(name) => {
            OPENINGS.contains(&name.as_str()) || name == "__path__"
        }
        Form::Attribute(base, name) => {
            name == "modules" && base.written().as_deref() == Some("sys") || name == "__dict__"
        }
        Form::Call(_)
        | Form::Text(_)
        | Form::Integer(_)
        | Form::Truth(_)
        | Form::Nothing
        | Form::Constant(_)
        | Form::Arithmetic(..)
        | Form::Equal(..)
        | Form::Sequence(_)
        | Form::Mapping(_)
        | Form::Subscript(..)
        | Form::Choice { .. }
        | Form::Bind(..)
        | Form::Other(_) => false,
    }
}

fn globals(body: &Body) -> Vec<String> {
    let mut found = Vec::new();
    walk(body, &mut |statement| {
        if let Statement::Global(names) = statement {
            found.extend(names.iter().cloned());
        }
    });
    found
}
