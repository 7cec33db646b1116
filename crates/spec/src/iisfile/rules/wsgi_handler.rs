//! `WSGI_HANDLER` is a dotted path.

use super::super::View;
use super::super::mark::Marked;
use super::super::view::is_placeholder;
use crate::diag::Diagnostic;
use crate::model::WinPath;
use crate::rules::{Phase, Rule, Sink, handler_form};

pub(crate) static RULE: Rule = Rule::error(
    1016,
    "wsgi-handler",
    include_str!("wsgi-handler.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    let settings = view.settings().into_iter();
    let settings = settings.map(|setting| (setting.name, setting.value));
    let variables = view.variables().into_iter();
    let variables = variables.map(|variable| (variable.name, variable.value));
    for (name, value) in settings.chain(variables) {
        if name.text.trim().eq_ignore_ascii_case("WSGI_HANDLER") {
            judge(value, sink);
        }
    }
}

fn judge(value: &Marked, sink: &mut Sink) {
    let handler = value.text.trim();
    let start = value.text.len() - value.text.trim_start().len();
    // A name such as `__main__` is none that a deployment fills in.
    if is_placeholder(&handler.replace("__", "")) {
        return;
    }
    if handler.is_empty() {
        let problem = RULE
            .problem("`WSGI_HANDLER` is empty")
            .at(value.span(), "names no application")
            .help("write the module and the object in it, such as `shop.app`");
        sink.push(problem);
    } else if let Some(at) = handler.find(':') {
        // wfastcgi knows dots only.
        let problem = not_dotted(handler)
            .at(value.part(start + at..start + at + 1), "a dot belongs here")
            .help(format!("write `{}`", handler.replacen(':', ".", 1)));
        sink.push(problem);
    } else if let Some(found) = handler_form::problem(handler, &WinPath::new("")) {
        let range = start + found.range.start..start + found.range.end;
        let problem = not_dotted(handler)
            .at(value.part(range), found.label)
            .help(found.help);
        sink.push(problem);
    }
}

fn not_dotted(handler: &str) -> Diagnostic {
    RULE.problem(format!(
        "`{handler}` is not the dotted path of an object in a module"
    ))
}
