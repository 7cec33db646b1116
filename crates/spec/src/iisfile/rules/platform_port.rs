//! HttpPlatformHandler chooses the port (`P74`).

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

/// The number after an option for the port, or after an address.
fn fixed_port(arguments: &str) -> Option<std::ops::Range<usize>> {
    [
        "--port=",
        "--port ",
        "127.0.0.1:",
        "0.0.0.0:",
        "localhost:",
        "--listen=*:",
    ]
    .iter()
    .find_map(|start| {
        let at = arguments.find(start)? + start.len();
        let rest = arguments.get(at..)?;
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let ends =
            rest.get(digits..)?.starts_with(|c: char| c.is_whitespace()) || digits == rest.len();
        (digits > 0 && ends).then_some(at..at + digits)
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
        ] {
            let found = fixed_port(arguments).and_then(|range| arguments.get(range));
            assert_eq!(found, port, "{arguments}");
        }
    }
}
