//! The handler names something that can answer requests.

use super::{Document, Phase, Rule, Sink};
use crate::diag::{Diagnostic, Fix, Level};
use crate::pysource::{Answer, Application, Interface, Resolution};

pub(crate) static RULE: Rule = Rule::advice(
    234,
    "wrong-object",
    Level::Error,
    include_str!("wrong-object.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(evidence) = &document.evidence else {
        return;
    };
    let found = evidence.handler();
    let Some(mut problem) = judge(document, found) else {
        return;
    };
    if let (Some(module), Some(span)) = (&found.module, found.span) {
        problem = problem.also(&module.source, span, "is bound here");
    }
    sink.push(problem);
}

fn judge(document: &Document<'_>, found: &Resolution) -> Option<Diagnostic> {
    let handler = document.handler();
    match &found.answer {
        Answer::Application(other) | Answer::CalledApplication(other) => unserved(document, *other),
        Answer::Uncalled {
            made: Some(other),
            is_ready: true,
        } => unserved(document, *other),
        Answer::Module { applications, .. } => Some(a_module(document, applications)),
        Answer::Misfit {
            required,
            is_called: true,
        } => {
            let message = format!("`{handler}` is called without what it needs");
            Some(function(document, message, *required))
        }
        Answer::Misfit {
            required,
            is_called: false,
        } => {
            let message = format!("`{handler}` does not take what a server gives it");
            Some(function(document, message, *required))
        }
        Answer::NotCallable(what) => Some(
            at_end(document, format!("`{handler}` is {what}"))
                .help("name the application, or a function that returns it"),
        ),
        Answer::Unknown
        | Answer::NoModule(_)
        | Answer::Syntax
        | Answer::Missing(_)
        | Answer::Uncalled { .. } => None,
    }
}

fn at_end(document: &Document<'_>, message: String) -> Diagnostic {
    RULE.problem(message).at(document.handler_end(), "")
}

/// An object of a framework that is neither WSGI nor ASGI.
fn unserved(document: &Document<'_>, application: Application) -> Option<Diagnostic> {
    let is_neither = application.interface == Interface::Neither;
    let framework = application.framework.filter(|_| is_neither)?;
    let name = framework.name;
    let handler = document.handler();
    let message = format!("`{handler}` is an object of {name} and no application");
    let problem = at_end(document, message);
    let Some(attribute) = framework.wsgi_attribute else {
        return Some(problem.help(format!(
            "name a WSGI or ASGI application: {name} answers requests by other ways alone"
        )));
    };
    let inner = format!("{}.{attribute}", object(document, &handler));
    let mut problem = problem.help(format!("write `{inner}`"));
    problem.fix = document.handler_fix(&inner, Fix::safe);
    Some(problem)
}

/// The handler without a `()` too many, and with one that is missing.
fn object(document: &Document<'_>, handler: &str) -> String {
    let evidence = document.evidence.as_ref();
    match evidence.map(|evidence| &evidence.handler().answer) {
        Some(Answer::CalledApplication(_)) => {
            handler.strip_suffix("()").unwrap_or(handler).to_owned()
        }
        Some(Answer::Uncalled { .. }) => format!("{handler}()"),
        _ => handler.to_owned(),
    }
}

fn a_module(document: &Document<'_>, applications: &[String]) -> Diagnostic {
    let handler = document.handler();
    let problem = at_end(document, format!("`{handler}` is a module"));
    let [only] = applications else {
        return problem.help(format!("write the application in it behind `{handler}.`"));
    };
    let meant = format!("{handler}.{only}");
    let mut problem = problem.help(format!("write `{meant}`"));
    problem.fix = document.handler_fix(&meant, Fix::to_review);
    problem
}

fn function(document: &Document<'_>, message: String, required: usize) -> Diagnostic {
    let values = match required {
        1 => "1 value".to_owned(),
        many => format!("{many} values"),
    };
    RULE.problem(message)
        .at(document.handler_end(), format!("needs {values}"))
        .help("name the application, or a function without parameters that returns it")
}
