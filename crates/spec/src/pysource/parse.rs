//! From Python's text to the tree of our own; the only file that knows which parser reads it.

use std::rc::Rc;

use ruff_python_ast::token::TokenKind;
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{self as ast, ExprContext};
use ruff_python_parser::Mode;
use ruff_text_size::{Ranged, TextRange};

use super::tree::{Body, Call, Class, Expr, Form, Function, Operator, Parameters, Statement};
use crate::source::Span;

/// Bytes of a file that is still read.
const MAX_BYTES: usize = 1 << 20;

/// How deep the tree of a file may become. A tree is walked and dropped by functions that call themselves.
const MAX_DEPTH: usize = 400;

/// What stands in the way of reading a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Python would refuse it too: what is wrong, and where.
    Syntax {
        /// The parser's words.
        message: String,
        /// The place.
        span: Span,
    },
    /// Too long or too deep to be followed; says nothing about the file.
    TooMuch,
}

/// Reads a text as Python 3 of the newest version does.
pub(crate) fn parse(text: &str) -> Result<Body, Refusal> {
    if text.len() > MAX_BYTES || is_deep(text) {
        return Err(Refusal::TooMuch);
    }
    let parsed = ruff_python_parser::parse_module(text).map_err(|error| Refusal::Syntax {
        message: error.error.to_string(),
        span: span(error.location),
    })?;
    Ok(body(parsed.suite()))
}

/// True if the tree of a text may be deeper than [`MAX_DEPTH`].
fn is_deep(text: &str) -> bool {
    let mut lexer = ruff_python_parser::lexer::lex(text, Mode::Module);
    let mut depth = Depth::default();
    loop {
        let token = lexer.next_token();
        if token == TokenKind::EndOfFile {
            return false;
        }
        depth.see(token);
        if depth.most() > MAX_DEPTH {
            return true;
        }
    }
}

/// An upper bound of how deep the tree is at a token.
///
/// Every bracket and every operator may open a level. A bracket's is closed at its end, that of an operator at
/// the next comma, which only `lambda` survives, and all of them at the end of the line.
#[derive(Debug, Default)]
struct Depth {
    blocks: usize,
    lambdas: usize,
    /// For each open bracket, the operators in front of it since the last comma.
    outer: Vec<usize>,
    /// Sum of `outer`.
    outer_operators: usize,
    operators: usize,
}

impl Depth {
    const fn most(&self) -> usize {
        self.blocks + self.lambdas + self.outer.len() + self.outer_operators + self.operators
    }

    fn see(&mut self, token: TokenKind) {
        match token {
            TokenKind::Newline => {
                *self = Self {
                    blocks: self.blocks,
                    ..Self::default()
                };
            }
            TokenKind::Indent => self.blocks += 1,
            TokenKind::Dedent => self.blocks = self.blocks.saturating_sub(1),
            TokenKind::Lpar
            | TokenKind::Lsqb
            | TokenKind::Lbrace
            | TokenKind::FStringStart
            | TokenKind::TStringStart => {
                self.outer.push(self.operators);
                self.outer_operators += self.operators;
                self.operators = 0;
            }
            TokenKind::Rpar
            | TokenKind::Rsqb
            | TokenKind::Rbrace
            | TokenKind::FStringEnd
            | TokenKind::TStringEnd => {
                let before = self.outer.pop().unwrap_or_default();
                self.outer_operators = self.outer_operators.saturating_sub(before);
                // In `a(b)(c)` each pair lies above the one before it.
                self.operators = before + 1;
            }
            TokenKind::Comma | TokenKind::Semi => self.operators = 0,
            TokenKind::Lambda => self.lambdas += 1,
            TokenKind::Name
            | TokenKind::Int
            | TokenKind::Float
            | TokenKind::Complex
            | TokenKind::String
            | TokenKind::Comment
            | TokenKind::NonLogicalNewline => {}
            _ => self.operators += 1,
        }
    }
}

fn span(range: TextRange) -> Span {
    Span::new(range.start().to_usize(), range.end().to_usize())
}

fn body(statements: &[ast::Stmt]) -> Body {
    statements.iter().flat_map(statement).collect()
}

fn statement(statement: &ast::Stmt) -> Vec<Statement> {
    let one = match statement {
        ast::Stmt::Assign(node) => Statement::Assign {
            targets: expressions(&node.targets),
            value: expression(&node.value),
        },
        ast::Stmt::AnnAssign(node) => match &node.value {
            Some(value) => Statement::Assign {
                targets: vec![expression(&node.target)],
                value: expression(value),
            },
            // `name: type` alone binds nothing.
            None => return Vec::new(),
        },
        ast::Stmt::FunctionDef(node) => Statement::Function(Rc::new(function(node))),
        ast::Stmt::ClassDef(node) => Statement::Class(Rc::new(class(node))),
        ast::Stmt::Import(node) => return node.names.iter().map(import).collect(),
        ast::Stmt::ImportFrom(node) => return import_from(node),
        ast::Stmt::Return(node) => Statement::Return(node.value.as_deref().map(expression)),
        ast::Stmt::Global(node) => Statement::Global(node.names.iter().map(text).collect()),
        ast::Stmt::Nonlocal(node) => Statement::Global(node.names.iter().map(text).collect()),
        ast::Stmt::If(_)
        | ast::Stmt::Try(_)
        | ast::Stmt::With(_)
        | ast::Stmt::For(_)
        | ast::Stmt::While(_)
        | ast::Stmt::Match(_) => return vec![compound(statement)],
        ast::Stmt::Delete(_)
        | ast::Stmt::TypeAlias(_)
        | ast::Stmt::AugAssign(_)
        | ast::Stmt::Raise(_)
        | ast::Stmt::Assert(_)
        | ast::Stmt::Expr(_) => {
            Statement::Other(Parts::of(|parts| visitor::walk_stmt(parts, statement)))
        }
        ast::Stmt::Pass(_)
        | ast::Stmt::Break(_)
        | ast::Stmt::Continue(_)
        | ast::Stmt::IpyEscapeCommand(_) => return Vec::new(),
    };
    vec![one]
}

/// A statement with bodies: what is not a body becomes an expression in front of them.
fn compound(whole: &ast::Stmt) -> Statement {
    match whole {
        ast::Stmt::If(node) => {
            let first = (Some(expression(&node.test)), body(&node.body));
            let others = node.elif_else_clauses.iter();
            let others = others.map(|branch| {
                let test = branch.test.as_ref().map(expression);
                (test, body(&branch.body))
            });
            Statement::If(std::iter::once(first).chain(others).collect())
        }
        ast::Stmt::Try(node) => Statement::Try {
            body: node
                .body
                .iter()
                .chain(&node.orelse)
                .flat_map(statement)
                .collect(),
            handlers: node.handlers.iter().map(handler).collect(),
            last: body(&node.finalbody),
        },
        ast::Stmt::With(node) => {
            let items = Parts::of(|parts| {
                for item in &node.items {
                    parts.visit_with_item(item);
                }
            });
            Statement::With(items, body(&node.body))
        }
        ast::Stmt::For(node) => Statement::Perhaps(
            vec![expression(&node.iter), expression(&node.target)],
            vec![body(&node.body), body(&node.orelse)],
        ),
        ast::Stmt::While(node) => Statement::Perhaps(
            vec![expression(&node.test)],
            vec![body(&node.body), body(&node.orelse)],
        ),
        ast::Stmt::Match(node) => Statement::Perhaps(
            Parts::of(|parts| visitor::walk_stmt(parts, whole)),
            node.cases.iter().map(|case| body(&case.body)).collect(),
        ),
        _ => Statement::Other(Vec::new()),
    }
}

fn handler(handler: &ast::ExceptHandler) -> Body {
    let ast::ExceptHandler::ExceptHandler(handler) = handler;
    let named = handler.name.iter().map(target).collect::<Vec<_>>();
    let typed = handler.type_.as_deref().map(expression);
    let head = Statement::Other(typed.into_iter().chain(named).collect());
    std::iter::once(head).chain(body(&handler.body)).collect()
}

fn import(alias: &ast::Alias) -> Statement {
    Statement::Import {
        module: text(&alias.name),
        alias: alias.asname.as_ref().map(text),
        span: span(alias.asname.as_ref().unwrap_or(&alias.name).range),
    }
}

fn import_from(node: &ast::StmtImportFrom) -> Vec<Statement> {
    let one = |alias: &ast::Alias| {
        let bound = alias.asname.as_ref().unwrap_or(&alias.name);
        Statement::ImportFrom {
            level: usize::try_from(node.level).unwrap_or(usize::MAX),
            module: node.module.as_ref().map(text).unwrap_or_default(),
            name: text(&alias.name),
            alias: text(bound),
            span: span(bound.range),
        }
    };
    node.names.iter().map(one).collect()
}

fn function(node: &ast::StmtFunctionDef) -> Function {
    let mut yields = Yields(false);
    yields.visit_body(&node.body);
    Function {
        name: text(&node.name),
        span: span(node.name.range),
        is_async: node.is_async,
        is_decorated: !node.decorator_list.is_empty(),
        is_generator: yields.0,
        parameters: parameters(&node.parameters),
        body: body(&node.body),
    }
}

fn parameters(node: &ast::Parameters) -> Parameters {
    let name = |parameter: &ast::ParameterWithDefault| text(&parameter.parameter.name);
    let positional = || node.posonlyargs.iter().chain(&node.args);
    let (required, optional): (Vec<_>, Vec<_>) = node
        .kwonlyargs
        .iter()
        .partition(|parameter| parameter.default.is_none());
    let rest = node.vararg.iter().chain(&node.kwarg);
    Parameters {
        positional: positional().map(name).collect(),
        defaults: positional().filter(|one| one.default.is_some()).count(),
        required_by_name: required.into_iter().map(name).collect(),
        others: optional
            .into_iter()
            .map(name)
            .chain(rest.map(|parameter| text(&parameter.name)))
            .collect(),
        takes_any: node.vararg.is_some(),
    }
}

fn class(node: &ast::StmtClassDef) -> Class {
    let arguments = node.arguments.as_deref();
    Class {
        name: text(&node.name),
        span: span(node.name.range),
        is_altered: !node.decorator_list.is_empty()
            || arguments.is_some_and(|given| !given.keywords.is_empty()),
        bases: arguments.map_or_else(Vec::new, |given| expressions(&given.args)),
        body: body(&node.body),
    }
}

fn text(name: &ast::Identifier) -> String {
    name.as_str().to_owned()
}

fn target(name: &ast::Identifier) -> Expr {
    Expr {
        span: span(name.range),
        form: Form::Target(text(name)),
    }
}

fn expressions(nodes: &[ast::Expr]) -> Vec<Expr> {
    nodes.iter().map(expression).collect()
}

fn boxed(node: &ast::Expr) -> Box<Expr> {
    Box::new(expression(node))
}

fn expression(node: &ast::Expr) -> Expr {
    let form = match node {
        ast::Expr::Name(name) => match name.ctx {
            ExprContext::Load | ExprContext::Invalid => Form::Name(name.id.to_string()),
            ExprContext::Store | ExprContext::Del => Form::Target(name.id.to_string()),
        },
        ast::Expr::Attribute(node) => Form::Attribute(boxed(&node.value), text(&node.attr)),
        ast::Expr::Call(node) => Form::Call(Box::new(call(node))),
        ast::Expr::StringLiteral(node) => Form::Text(node.value.to_str().to_owned()),
        ast::Expr::NumberLiteral(node) => match &node.value {
            ast::Number::Int(value) => Form::Integer(value.as_u64()),
            ast::Number::Float(_) | ast::Number::Complex { .. } => Form::Constant(Vec::new()),
        },
        ast::Expr::BytesLiteral(_) => Form::Constant(Vec::new()),
        ast::Expr::FString(_) => Form::Constant(parts(node)),
        ast::Expr::BooleanLiteral(node) => Form::Truth(node.value),
        ast::Expr::NoneLiteral(_) => Form::Nothing,
        ast::Expr::List(node) => Form::Sequence(expressions(&node.elts)),
        ast::Expr::Tuple(node) => Form::Sequence(expressions(&node.elts)),
        ast::Expr::Set(node) => Form::Sequence(expressions(&node.elts)),
        ast::Expr::Dict(node) => Form::Mapping(node.items.iter().map(item).collect()),
        ast::Expr::Subscript(node) => Form::Subscript(boxed(&node.value), boxed(&node.slice)),
        ast::Expr::BinOp(node) => match operator(node.op) {
            Some(operator) => Form::Arithmetic(operator, boxed(&node.left), boxed(&node.right)),
            None => Form::Other(vec![expression(&node.left), expression(&node.right)]),
        },
        ast::Expr::Compare(compare) => match (&*compare.ops, &*compare.comparators) {
            ([ast::CmpOp::Eq], [right]) => Form::Equal(boxed(&compare.left), boxed(right)),
            _ => Form::Other(parts(node)),
        },
        ast::Expr::If(node) => Form::Choice {
            options: vec![expression(&node.body), expression(&node.orelse)],
            tests: vec![expression(&node.test)],
        },
        ast::Expr::BoolOp(node) if node.op == ast::BoolOp::Or => Form::Choice {
            options: expressions(&node.values),
            tests: Vec::new(),
        },
        ast::Expr::Named(named) => match named.target.as_name_expr() {
            Some(name) => Form::Bind(name.id.to_string(), boxed(&named.value)),
            None => Form::Other(parts(node)),
        },
        ast::Expr::BoolOp(_)
        | ast::Expr::UnaryOp(_)
        | ast::Expr::Lambda(_)
        | ast::Expr::ListComp(_)
        | ast::Expr::SetComp(_)
        | ast::Expr::DictComp(_)
        | ast::Expr::Generator(_)
        | ast::Expr::Await(_)
        | ast::Expr::Yield(_)
        | ast::Expr::YieldFrom(_)
        | ast::Expr::TString(_)
        | ast::Expr::EllipsisLiteral(_)
        | ast::Expr::Starred(_)
        | ast::Expr::Slice(_)
        | ast::Expr::IpyEscapeCommand(_) => Form::Other(parts(node)),
    };
    Expr {
        span: span(node.range()),
        form,
    }
}

fn call(node: &ast::ExprCall) -> Call {
    let keywords = node.arguments.keywords.iter();
    Call {
        callee: expression(&node.func),
        arguments: expressions(&node.arguments.args),
        keywords: keywords
            .map(|keyword| (keyword.arg.as_ref().map(text), expression(&keyword.value)))
            .collect(),
    }
}

fn item(item: &ast::DictItem) -> (Option<Expr>, Expr) {
    (item.key.as_ref().map(expression), expression(&item.value))
}

const fn operator(operator: ast::Operator) -> Option<Operator> {
    match operator {
        ast::Operator::Add => Some(Operator::Plus),
        ast::Operator::Sub => Some(Operator::Minus),
        ast::Operator::Mult => Some(Operator::Times),
        ast::Operator::FloorDiv => Some(Operator::Divide),
        ast::Operator::Pow => Some(Operator::Power),
        ast::Operator::LShift => Some(Operator::Shift),
        ast::Operator::Div
        | ast::Operator::Mod
        | ast::Operator::MatMult
        | ast::Operator::RShift
        | ast::Operator::BitOr
        | ast::Operator::BitXor
        | ast::Operator::BitAnd => None,
    }
}

fn parts(node: &ast::Expr) -> Vec<Expr> {
    Parts::of(|parts| visitor::walk_expr(parts, node))
}

/// Collects the expressions directly in a node, and the names that a pattern binds.
struct Parts(Vec<Expr>);

impl Parts {
    fn of(walk: impl FnOnce(&mut Self)) -> Vec<Expr> {
        let mut parts = Self(Vec::new());
        walk(&mut parts);
        parts.0
    }
}

impl<'a> Visitor<'a> for Parts {
    fn visit_expr(&mut self, node: &'a ast::Expr) {
        self.0.push(expression(node));
    }

    fn visit_body(&mut self, _: &'a [ast::Stmt]) {}

    fn visit_comprehension(&mut self, node: &'a ast::Comprehension) {
        // What a comprehension binds is its own.
        self.visit_expr(&node.iter);
        for test in &node.ifs {
            self.visit_expr(test);
        }
    }

    fn visit_pattern(&mut self, pattern: &'a ast::Pattern) {
        let name = match pattern {
            ast::Pattern::MatchAs(node) => &node.name,
            ast::Pattern::MatchStar(node) => &node.name,
            ast::Pattern::MatchMapping(node) => &node.rest,
            ast::Pattern::MatchValue(_)
            | ast::Pattern::MatchSingleton(_)
            | ast::Pattern::MatchSequence(_)
            | ast::Pattern::MatchClass(_)
            | ast::Pattern::MatchOr(_) => &None,
        };
        self.0.extend(name.iter().map(target));
        visitor::walk_pattern(self, pattern);
    }
}

/// Looks for `yield` in a function, without those defined in it.
struct Yields(bool);

impl<'a> Visitor<'a> for Yields {
    fn visit_stmt(&mut self, node: &'a ast::Stmt) {
        if !matches!(node, ast::Stmt::FunctionDef(_) | ast::Stmt::ClassDef(_)) {
            visitor::walk_stmt(self, node);
        }
    }

    fn visit_expr(&mut self, node: &'a ast::Expr) {
        self.0 |= matches!(node, ast::Expr::Yield(_) | ast::Expr::YieldFrom(_));
        if !matches!(node, ast::Expr::Lambda(_)) {
            visitor::walk_expr(self, node);
        }
    }
}
