//! The parts of Python's syntax that say what a name stands for.

use std::rc::Rc;

use crate::source::Span;

/// Statements that run one after the other.
pub(crate) type Body = Vec<Statement>;

/// One statement.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Statement {
    /// `a = b = value`, and `a: type = value`.
    Assign {
        /// What is bound, from left to right.
        targets: Vec<Expr>,
        /// What it is bound to.
        value: Expr,
    },
    /// `def` and `async def`.
    Function(Rc<Function>),
    /// `class`.
    Class(Rc<Class>),
    /// `import a.b as c`.
    Import {
        /// The dotted name as it is written.
        module: String,
        /// The name behind `as`.
        alias: Option<String>,
        /// Where the name that is bound stands.
        span: Span,
    },
    /// One name of `from ..a import b as c`.
    ImportFrom {
        /// Dots before the module.
        level: usize,
        /// The dotted name behind the dots; may be empty.
        module: String,
        /// The name that is taken out of the module; `*` for all.
        name: String,
        /// The name it is bound to.
        alias: String,
        /// Where that name stands.
        span: Span,
    },
    /// `return`, with `None` for one without a value.
    Return(Option<Expr>),
    /// `global` and `nonlocal`.
    Global(Vec<String>),
    /// `if`, with its branches in order; the one of `else` has no test.
    If(Vec<(Option<Expr>, Body)>),
    /// `try`: its body, what may run instead of a part of it, and what runs in any case.
    Try {
        /// The body, and behind it what `else` says.
        body: Body,
        /// One for each `except`.
        handlers: Vec<Body>,
        /// What `finally` says.
        last: Body,
    },
    /// `with`: expressions, then a body.
    With(Vec<Expr>, Body),
    /// `for`, `while` and `match`: expressions, and bodies that may run, or not, or often.
    Perhaps(Vec<Expr>, Vec<Body>),
    /// Every other statement, by its expressions; a name that it binds or deletes is a [`Form::Target`].
    Other(Vec<Expr>),
}

/// A function or method.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Function {
    /// Its name.
    pub(crate) name: String,
    /// Where the name stands.
    pub(crate) span: Span,
    /// Written with `async def`.
    pub(crate) is_async: bool,
    /// Something may have taken its place.
    pub(crate) is_decorated: bool,
    /// Contains `yield`, so that a call gives no value of `return`.
    pub(crate) is_generator: bool,
    /// What it takes.
    pub(crate) parameters: Parameters,
    /// What it does.
    pub(crate) body: Body,
}

/// What a function takes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parameters {
    /// Names of those that can be given by position, in order.
    pub(crate) positional: Vec<String>,
    /// How many of them have a default; always the last ones.
    pub(crate) defaults: usize,
    /// Names of those that must be given by name.
    pub(crate) required_by_name: Vec<String>,
    /// All other names: with a default and given by name, and those of `*args` and `**kwargs`.
    pub(crate) others: Vec<String>,
    /// Takes any number by position: `*args`.
    pub(crate) takes_any: bool,
}

impl Parameters {
    /// True if a call with this many values by position and none by name is accepted.
    pub(crate) fn accept(&self, values: usize) -> bool {
        self.required_by_name.is_empty()
            && values >= self.required()
            && (self.takes_any || values <= self.positional.len())
    }

    /// How many values a call must give by position.
    pub(crate) const fn required(&self) -> usize {
        self.positional.len().saturating_sub(self.defaults)
    }

    /// Every name that is bound by a call.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let all = [&self.positional, &self.required_by_name, &self.others];
        all.into_iter().flatten().map(String::as_str)
    }
}

/// A class.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Class {
    /// Its name.
    pub(crate) name: String,
    /// Where the name stands.
    pub(crate) span: Span,
    /// Something may have taken its place, or a metaclass decides what a call gives.
    pub(crate) is_altered: bool,
    /// Its base classes.
    pub(crate) bases: Vec<Expr>,
    /// What it says.
    pub(crate) body: Body,
}

/// An expression and its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expr {
    /// Where it stands.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) form: Form,
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Form {
    /// A name that is read.
    Name(String),
    /// A name that is bound or deleted.
    Target(String),
    /// `base.name`.
    Attribute(Box<Expr>, String),
    /// `callee(...)`.
    Call(Box<Call>),
    /// A text.
    Text(String),
    /// A whole number; `None` for one past 64 bits.
    Integer(Option<u64>),
    /// `True` and `False`.
    Truth(bool),
    /// `None`.
    Nothing,
    /// A number, bytes, or text with parts that are filled in: nothing that can be called.
    Constant(Vec<Expr>),
    /// Two whole numbers make a third: `200 * 1024`.
    Arithmetic(Operator, Box<Expr>, Box<Expr>),
    /// `left == right`.
    Equal(Box<Expr>, Box<Expr>),
    /// A tuple, list or set.
    Sequence(Vec<Expr>),
    /// A dictionary; `None` is the key of what `**` unpacks.
    Mapping(Vec<(Option<Expr>, Expr)>),
    /// `base[key]`.
    Subscript(Box<Expr>, Box<Expr>),
    /// One of several, after a look at the tests: `a if test else b`, and `a or b`.
    Choice {
        /// What it may be.
        options: Vec<Expr>,
        /// What decides.
        tests: Vec<Expr>,
    },
    /// `name := value`.
    Bind(String, Box<Expr>),
    /// Everything else, by its parts.
    Other(Vec<Expr>),
}

/// `callee(arguments, name=value)`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Call {
    /// What is called.
    pub(crate) callee: Expr,
    /// What is given by position.
    pub(crate) arguments: Vec<Expr>,
    /// What is given by name; `None` for what `**` unpacks.
    pub(crate) keywords: Vec<(Option<String>, Expr)>,
}

/// What is done with two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `//`
    Divide,
    /// `**`
    Power,
    /// `<<`
    Shift,
}

impl Expr {
    /// The expressions directly in this one.
    pub(crate) fn parts(&self) -> Vec<&Expr> {
        match &self.form {
            Form::Name(_)
            | Form::Target(_)
            | Form::Text(_)
            | Form::Integer(_)
            | Form::Truth(_)
            | Form::Nothing => Vec::new(),
            Form::Attribute(base, _) | Form::Bind(_, base) => vec![base],
            Form::Arithmetic(_, left, right)
            | Form::Equal(left, right)
            | Form::Subscript(left, right) => vec![left, right],
            Form::Constant(parts) | Form::Sequence(parts) | Form::Other(parts) => {
                parts.iter().collect()
            }
            Form::Choice { options, tests } => options.iter().chain(tests).collect(),
            Form::Mapping(items) => items
                .iter()
                .flat_map(|(key, value)| key.iter().chain([value]))
                .collect(),
            Form::Call(call) => std::iter::once(&call.callee)
                .chain(&call.arguments)
                .chain(call.keywords.iter().map(|(_, value)| value))
                .collect(),
        }
    }

    /// Shows this expression and all in it to somebody.
    pub(crate) fn walk<'a>(&'a self, see: &mut impl FnMut(&'a Expr)) {
        see(self);
        for part in self.parts() {
            part.walk(see);
        }
    }

    /// `a.b.c` as it is written; `None` if it is anything but names and dots.
    pub(crate) fn written(&self) -> Option<String> {
        if let Form::Attribute(base, name) = &self.form {
            return Some(format!("{}.{name}", base.written()?));
        }
        if let Form::Name(name) = &self.form {
            return Some(name.clone());
        }
        None
    }

    /// The number that this is, or that it computes from numbers alone.
    pub(crate) fn number(&self) -> Option<u64> {
        if let Form::Arithmetic(operator, left, right) = &self.form {
            return operator.apply(left.number()?, right.number()?);
        }
        if let Form::Integer(value) = &self.form {
            return *value;
        }
        None
    }

    /// The items of a dictionary; none for anything else.
    pub(crate) fn items(&self) -> &[(Option<Self>, Self)] {
        if let Form::Mapping(items) = &self.form {
            items
        } else {
            &[]
        }
    }

    /// The text that this is.
    pub(crate) fn text(&self) -> Option<&str> {
        if let Form::Text(text) = &self.form {
            Some(text)
        } else {
            None
        }
    }
}

impl Operator {
    fn apply(self, left: u64, right: u64) -> Option<u64> {
        match self {
            Self::Plus => left.checked_add(right),
            Self::Minus => left.checked_sub(right),
            Self::Times => left.checked_mul(right),
            Self::Divide => left.checked_div(right),
            Self::Power => left.checked_pow(u32::try_from(right).ok()?),
            Self::Shift => {
                let factor = 1_u64.checked_shl(u32::try_from(right).ok()?)?;
                left.checked_mul(factor)
            }
        }
    }
}

impl Statement {
    /// The bodies in this statement, without those of functions and classes.
    pub(crate) fn bodies(&self) -> Vec<&Body> {
        match self {
            Self::If(branches) => branches.iter().map(|(_, body)| body).collect(),
            Self::Try {
                body,
                handlers,
                last,
            } => std::iter::once(body)
                .chain(handlers)
                .chain([last])
                .collect(),
            Self::With(_, body) => vec![body],
            Self::Perhaps(_, bodies) => bodies.iter().collect(),
            Self::Assign { .. }
            | Self::Function(_)
            | Self::Class(_)
            | Self::Import { .. }
            | Self::ImportFrom { .. }
            | Self::Return(_)
            | Self::Global(_)
            | Self::Other(_) => Vec::new(),
        }
    }

    /// The expressions directly in this statement.
    pub(crate) fn expressions(&self) -> Vec<&Expr> {
        match self {
            Self::Assign { targets, value } => targets.iter().chain([value]).collect(),
            Self::Return(value) => value.iter().collect(),
            Self::If(branches) => branches
                .iter()
                .filter_map(|(test, _)| test.as_ref())
                .collect(),
            Self::With(parts, _) | Self::Perhaps(parts, _) | Self::Other(parts) => {
                parts.iter().collect()
            }
            Self::Class(class) => class.bases.iter().collect(),
            Self::Function(_)
            | Self::Import { .. }
            | Self::ImportFrom { .. }
            | Self::Global(_)
            | Self::Try { .. } => Vec::new(),
        }
    }
}

/// Shows every statement of a body to somebody, those in functions and classes included.
pub(crate) fn walk<'a>(body: &'a [Statement], see: &mut impl FnMut(&'a Statement)) {
    for statement in body {
        see(statement);
        match statement {
            Statement::Function(function) => walk(&function.body, see),
            Statement::Class(class) => walk(&class.body, see),
            Statement::Assign { .. }
            | Statement::Import { .. }
            | Statement::ImportFrom { .. }
            | Statement::Return(_)
            | Statement::Global(_)
            | Statement::If(_)
            | Statement::Try { .. }
            | Statement::With(..)
            | Statement::Perhaps(..)
            | Statement::Other(_) => {
                for body in statement.bodies() {
                    walk(body, see);
                }
            }
        }
    }
}
