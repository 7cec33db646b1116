//! `WSGI_HANDLER` is a dotted path.

use super::super::View;
use super::super::view::is_placeholder;
use crate::model::WinPath;
use crate::rules::{Phase, Rule, Sink, handler_form};

pub(crate) static RULE: Rule = Rule::error(
    1016,
    "wsgi-handler",
    include_str!("wsgi-handler.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    for setting in view.settings() {
        let handler = setting.value.text.trim();
        let start = setting.value.text.len() - setting.value.text.trim_start().len();
        let is_it = setting
            .name
            .text
            .trim()
            .eq_ignore_ascii_case("WSGI_HANDLER");
        if !is_it
            || !handler.replace("__", "").is_empty() && is_placeholder(&handler.replace("__", ""))
        {
            continue;
        }
        if handler.is_empty() {
            let problem = RULE
                .problem("`WSGI_HANDLER` is empty")
                .at(setting.value.span(), "names no application")
                .help("write the module and the object in it, such as `shop.app`");
            sink.push(problem);
        } else if let Some(at) = handler.find(':') {
            let problem = RULE
                .problem(format!(
                    "`{handler}` is not the dotted path of an object in a module"
                ))
                .at(
                    setting.value.part(start + at..start + at + 1),
                    "a dot belongs here",
                )
                .help(format!("write `{}`", handler.replacen(':', ".", 1)));
            sink.push(problem);
        } else if let Some(found) = handler_form::problem(handler, &WinPath::new("")) {
            let range = start + found.range.start..start + found.range.end;
            let problem = RULE
                .problem(format!(
                    "`{handler}` is not the dotted path of an object in a module"
                ))
                .at(setting.value.part(range), found.label)
                .help(found.help);
            sink.push(problem);
        }
    }
}
