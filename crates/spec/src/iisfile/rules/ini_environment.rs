//! The list of variables of a pool (section 4.5 of the IIS fact sheet).

use std::ops::Range;

use super::super::View;
use super::super::mark::Marked;
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::error(
    1040,
    "ini-environment",
    include_str!("ini-environment.md"),
    Phase::File(check),
);

/// Longest environment of a process on Windows Server 2003, in characters.
const MOST: usize = 32_767;

fn check(view: &View<'_>, sink: &mut Sink) {
    for pool in view.ini().into_iter().flat_map(|ini| ini.pools()) {
        let Some(list) = pool.value("EnvironmentVars") else {
            continue;
        };
        if list.text.chars().count() > MOST {
            let problem = RULE
                .problem(format!("the variables are longer than {MOST} characters"))
                .at(list.span(), "more than a process can have")
                .help("set some of them in the application instead");
            sink.push(problem);
        }
        for pair in pairs(&list.text) {
            judge(list, pair, sink);
        }
    }
}

/// The places of the pairs: commas end them, unless they are escaped or in quotes.
fn pairs(list: &str) -> Vec<Range<usize>> {
    let (mut found, mut start, mut is_quoted, mut is_escaped) = (Vec::new(), 0, false, false);
    for (at, c) in list.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '/' => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => {
                found.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(start..list.len());
    found
}

fn judge(list: &Marked, range: Range<usize>, sink: &mut Sink) {
    let pair = list.text.get(range.clone()).unwrap_or_default();
    let Some((name, value)) = pair
        .split_once(':')
        .filter(|(name, _)| !name.trim().is_empty())
    else {
        let shown = if pair.is_empty() {
            "nothing between two commas"
        } else {
            "no name and no colon"
        };
        tell(
            list,
            range,
            "a variable is written `NAME:value`",
            shown,
            "write `NAME:value`; a comma within a value is `/,`",
            sink,
        );
        return;
    };
    let name = name.trim();
    let start = range.start + pair.len() - value.len();
    if name.contains('=') {
        let at = range.start + pair.find('=').unwrap_or_default();
        tell(
            list,
            at..at + 1,
            "a variable is written `NAME:value`",
            "a colon belongs here",
            "write `:`",
            sink,
        );
    } else if value.trim().is_empty() {
        let message = format!("the variable `{name}` has no value");
        tell(list, range, &message, "", "leave the variable out", sink);
    } else if let Some(at) = inner_quote(value) {
        let at = start + at;
        let message = format!("the value of `{name}` cannot hold a quote");
        let label = "no escape for it is known";
        tell(
            list,
            at..at + 1,
            &message,
            label,
            "set the variable in the application instead",
            sink,
        );
    } else if let Some(at) = single_slash(value) {
        let at = start + at;
        let message = format!("a slash in `{name}` is lost");
        tell(
            list,
            at..at + 1,
            &message,
            "an escape for the next character",
            "write `//`",
            sink,
        );
    } else if value.contains(' ') && !value.trim().starts_with('"') {
        let at = start + value.find(' ').unwrap_or_default();
        let message = format!("the value of `{name}` has a blank in it and is not in quotes");
        tell(
            list,
            at..at + 1,
            &message,
            "",
            "write double quotes around the value",
            sink,
        );
    }
}

/// A quote that is not one of the pair around the value.
fn inner_quote(value: &str) -> Option<usize> {
    let shown = value.trim();
    let inside = shown
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let at = inside.map_or_else(
        || shown.find('"'),
        |inside| inside.find('"').map(|at| at + 1),
    )?;
    Some(value.len() - value.trim_start().len() + at)
}

/// The first slash that escapes something other than a slash or a comma.
fn single_slash(value: &str) -> Option<usize> {
    let mut rest = value.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        if c == '/'
            && rest
                .next_if(|(_, next)| matches!(next, '/' | ','))
                .is_none()
        {
            return Some(at);
        }
    }
    None
}

fn tell(
    list: &Marked,
    range: Range<usize>,
    message: &str,
    label: &str,
    help: &str,
    sink: &mut Sink,
) {
    sink.push(RULE.problem(message).at(list.part(range), label).help(help));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_end_at_plain_commas() {
        let split = |list: &'static str| -> Vec<&str> {
            pairs(list)
                .into_iter()
                .filter_map(|range| list.get(range))
                .collect()
        };
        assert_eq!(split("A:1,B:2"), ["A:1", "B:2"]);
        assert_eq!(split(r#"A:"1,2",B:3/,4"#), [r#"A:"1,2""#, "B:3/,4"]);
        assert_eq!(split("A:x//,B:y"), ["A:x//", "B:y"]);
    }

    #[test]
    fn a_quote_within_a_value_is_found() {
        assert_eq!(inner_quote(r#""a b""#), None);
        assert_eq!(inner_quote("ab"), None);
        assert_eq!(inner_quote(r#"a"b"#), Some(1));
        assert_eq!(inner_quote(r#" "a"b""#), Some(3));
    }

    #[test]
    fn a_slash_that_escapes_nothing_is_found() {
        assert_eq!(single_slash("//shop"), None);
        assert_eq!(single_slash("1/,2"), None);
        assert_eq!(single_slash("/shop"), Some(0));
        assert_eq!(single_slash("a//b/"), Some(4));
    }
}
