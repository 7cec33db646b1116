//! HttpPlatformHandler chooses the port (`P74`).

use std::ops::Range;

use super::super::View;
use super::super::mark::Marked;
use super::super::xml::Element;
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::error(
    1029,
    "platform-port",
    include_str!("platform-port.md"),
    Phase::File(check),
);

const VARIABLE: &str = "HTTP_PLATFORM_PORT";

fn check(view: &View<'_>, sink: &mut Sink) {
    for placed in view.at("system.webServer/httpPlatform") {
        let Some(arguments) = placed.element.value("arguments") else {
            continue;
        };
        let Some(range) =
            fixed_port(&arguments.text).filter(|_| !uses_variable(placed.element, arguments))
        else {
            continue;
        };
        let problem = RULE
            .problem("the program listens on a port of its own")
            .at(
                arguments.part(range),
                "IIS waits on the port that it has chosen",
            )
            .help(format!("write `%{VARIABLE}%` in its place"));
        sink.push(problem);
    }
}

/// True if the port that IIS chooses is used, or set to a fixed one, anywhere.
fn uses_variable(platform: &Element, arguments: &Marked) -> bool {
    let has = |text: &str| text.to_ascii_uppercase().contains(VARIABLE);
    let groups = platform.children_named("environmentVariables");
    let mut variables = groups.flat_map(|group| &group.children);
    has(&arguments.text)
        || variables.any(|variable| has(variable.text("value")) || has(variable.text("name")))
}

/// What stands before the port that a server for Python listens on.
const BEFORE_PORT: [&str; 10] = [
    "--port=",
    "--port ",
    "0.0.0.0:",
    "--bind=127.0.0.1:",
    "--bind 127.0.0.1:",
    "--listen=127.0.0.1:",
    "--listen=*:",
    "runserver 127.0.0.1:",
    "runserver localhost:",
    "runserver ",
];

/// The port of a server, if it is a number. The port of a database or the like is none.
fn fixed_port(arguments: &str) -> Option<Range<usize>> {
    BEFORE_PORT.iter().find_map(|start| {
        let found = arguments.find(start)?;
        let is_word = arguments.get(..found)?.ends_with([' ', '=']) || found == 0;
        let at = found + start.len();
        let rest = arguments.get(at..)?;
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let length = rest.len() - digits.len();
        let ends = digits.is_empty() || digits.starts_with(' ');
        (is_word && length > 0 && ends).then_some(at..at + length)
    })
}

#[cfg(test)]
mod tests {
    use super::fixed_port;

    #[test]
    fn a_number_where_a_port_belongs_is_found() {
        for (arguments, port) in [
            ("-m waitress --port=8000 shop:app", Some("8000")),
            ("-m uvicorn shop:app --port 8000", Some("8000")),
            ("manage.py runserver 127.0.0.1:8000", Some("8000")),
            ("-m waitress --port=%HTTP_PLATFORM_PORT% shop:app", None),
            ("D:\\app\\run.py", None),
            ("-m x --portal 8000", None),
            ("-m x --database localhost:5432", None),
            ("-m x --db-port 5432", None),
        ] {
            let found = fixed_port(arguments).and_then(|range| arguments.get(range));
            assert_eq!(found, port, "{arguments}");
        }
    }
}
