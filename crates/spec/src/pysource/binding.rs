//! Which statements give a name its value.

use std::rc::Rc;

use super::tree::{Body, Class, Expr, Form, Function, Statement};
use crate::source::Span;

/// A statement that gives a name a value.
#[derive(Debug, Clone)]
pub(crate) struct Binding<'a> {
    /// The name; `*` for all names of another module.
    pub(crate) name: &'a str,
    /// Where it stands.
    pub(crate) span: Span,
    /// What it is given.
    pub(crate) value: Value<'a>,
    /// When.
    pub(crate) when: When,
}

/// What a name is given.
#[derive(Debug, Clone)]
pub(crate) enum Value<'a> {
    /// The value of an expression.
    Expression(&'a Expr),
    /// A function.
    Function(&'a Rc<Function>),
    /// A class.
    Class(&'a Rc<Class>),
    /// The module of this dotted name.
    Module(&'a str),
    /// What a module has by a name: dots before the module, the module, the name.
    Member(usize, &'a str, &'a str),
    /// Something that cannot be told.
    Unknown,
}

/// Whether a statement runs when its module is imported or its function called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// Each time.
    Always,
    /// Under conditions.
    Perhaps,
    /// Only if the file is started as a program, which a server never does.
    AsProgram,
}

/// Every binding of a module's or function's own scope, in order.
pub(crate) fn bindings(body: &Body) -> Vec<Binding<'_>> {
    let mut found = Vec::new();
    collect(body, When::Always, &mut found);
    found
}

/// The bindings that a name may have its value from when the text is run up to `before`: the last one that always
/// takes place, and those behind it. None if it has no value there.
pub(crate) fn candidates<'a>(body: &'a Body, name: &str, before: usize) -> Vec<Binding<'a>> {
    let mut found = bindings(body);
    found.retain(|one| {
        (one.name == name || one.name == "*")
            && one.span.start < before
            && one.when != When::AsProgram
    });
    let last = found
        .iter()
        .rposition(|one| one.when == When::Always && one.name != "*");
    found.split_off(last.unwrap_or_default())
}

fn collect<'a>(body: &'a Body, when: When, found: &mut Vec<Binding<'a>>) {
    for statement in body {
        one(statement, when, found);
    }
}

fn one<'a>(statement: &'a Statement, when: When, found: &mut Vec<Binding<'a>>) {
    for expression in statement.expressions() {
        named(expression, when, found);
        if !matches!(statement, Statement::Assign { .. }) {
            unknown(expression, when, found);
        }
    }
    let mut bind = |name, span, value| {
        found.push(Binding {
            name,
            span,
            value,
            when,
        });
    };
    match statement {
        Statement::Assign { targets, value } => {
            for target in targets {
                assign(target, value, when, found);
            }
        }
        Statement::Function(function) => {
            bind(&function.name, function.span, Value::Function(function));
        }
        Statement::Class(class) => bind(&class.name, class.span, Value::Class(class)),
        Statement::Import {
            module,
            alias,
            span,
        } => {
            let first = module.split('.').next().unwrap_or_default();
            match alias {
                Some(alias) => bind(alias, *span, Value::Module(module)),
                None => bind(first, *span, Value::Module(first)),
            }
        }
        Statement::ImportFrom {
            level,
            module,
            name,
            alias,
            span,
        } => bind(alias, *span, Value::Member(*level, module, name)),
        Statement::If(branches) => {
            for (test, body) in branches {
                if let Some(when) = under(test.as_ref(), when) {
                    collect(body, when, found);
                }
            }
        }
        Statement::Try {
            body,
            handlers,
            last,
        } => {
            collect(
                body,
                if handlers.is_empty() {
                    when
                } else {
                    when.perhaps()
                },
                found,
            );
            for handler in handlers {
                collect(handler, when.perhaps(), found);
            }
            collect(last, when, found);
        }
        Statement::With(..) | Statement::Perhaps(..) => {
            for body in statement.bodies() {
                collect(body, when.perhaps(), found);
            }
        }
        Statement::Return(_) | Statement::Global(_) | Statement::Other(_) => {}
    }
}

impl When {
    const fn perhaps(self) -> Self {
        match self {
            Self::Always | Self::Perhaps => Self::Perhaps,
            Self::AsProgram => Self::AsProgram,
        }
    }
}

/// When the body behind a test runs; `None` for never.
fn under(test: Option<&Expr>, when: When) -> Option<When> {
    let Some(test) = test else {
        return Some(when.perhaps());
    };
    let name = test.written().unwrap_or_default();
    if name == "TYPE_CHECKING" || name.ends_with(".TYPE_CHECKING") {
        return None;
    }
    Some(if is_main(test) {
        When::AsProgram
    } else {
        when.perhaps()
    })
}

/// `__name__ == "__main__"`, either way round.
pub(crate) fn is_main(test: &Expr) -> bool {
    let Form::Equal(left, right) = &test.form else {
        return false;
    };
    let pair = (left.written(), right.text());
    let turned = (right.written(), left.text());
    [pair, turned]
        .iter()
        .any(|(name, text)| name.as_deref() == Some("__name__") && *text == Some("__main__"))
}

/// What `target = value` binds.
fn assign<'a>(target: &'a Expr, value: &'a Expr, when: When, found: &mut Vec<Binding<'a>>) {
    match (&target.form, &value.form) {
        (Form::Target(name), _) => found.push(Binding {
            name,
            span: target.span,
            value: Value::Expression(value),
            when,
        }),
        (Form::Sequence(targets), Form::Sequence(values))
            if targets.len() == values.len() && !targets.iter().chain(values).any(is_starred) =>
        {
            for (target, value) in targets.iter().zip(values) {
                assign(target, value, when, found);
            }
        }
        _ => unknown(target, when, found),
    }
}

/// True for what may be `*rest`, which has no form of its own.
const fn is_starred(part: &Expr) -> bool {
    matches!(part.form, Form::Other(_))
}

/// Binds every `name := value` in an expression.
fn named<'a>(expression: &'a Expr, when: When, found: &mut Vec<Binding<'a>>) {
    expression.walk(&mut |part| {
        if let Form::Bind(name, value) = &part.form {
            found.push(Binding {
                name,
                span: part.span,
                value: Value::Expression(value),
                when: when.perhaps(),
            });
        }
    });
}

/// Binds every target in an expression to something unknown.
fn unknown<'a>(target: &'a Expr, when: When, found: &mut Vec<Binding<'a>>) {
    target.walk(&mut |part| {
        if let Form::Target(name) = &part.form {
            found.push(Binding {
                name,
                span: part.span,
                value: Value::Unknown,
                when,
            });
        }
    });
}
