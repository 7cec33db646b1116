//! A handler and the FastCGI application that it names (`P02`, section 6.8 of the IIS fact sheet).

use std::ops::Range;
use std::sync::Arc;

use super::super::mark::Marked;
use super::super::view::{is_fast_cgi, is_placeholder};
use super::super::xml::Element;
use super::super::{Kind, View};
use crate::diag::Diagnostic;
use crate::rules::{Phase, Rule};
use crate::source::Span;

pub(crate) static RULE: Rule = Rule::error(
    1020,
    "handler-pair",
    include_str!("handler-pair.md"),
    Phase::Files(check),
);

fn check(views: &[View<'_>], found: &mut Vec<(usize, Diagnostic)>) {
    let entries: Vec<Entry<'_>> = views
        .iter()
        .filter(|view| view.kind != Kind::Transform)
        .flat_map(|view| {
            view.applications()
                .filter_map(move |element| Entry::of(view, element))
        })
        .collect();
    let is_known = views
        .iter()
        .any(|view| view.at("system.webServer/fastCgi").next().is_some());
    for (index, view) in views
        .iter()
        .enumerate()
        .filter(|(_, view)| view.kind != Kind::Transform)
    {
        for placed in view.handlers().filter(|placed| is_fast_cgi(placed.element)) {
            let problem = match placed.element.value("scriptProcessor") {
                None => nameless(placed.element),
                Some(pair) if pair.text.is_empty() => nameless(placed.element),
                Some(pair) if is_known => stranger(view, placed.element, pair, &entries),
                Some(_) => None,
            };
            found.extend(problem.map(|problem| (index, problem)));
        }
    }
}

/// A FastCGI application and the text by which a handler names it.
struct Entry<'a> {
    view: &'a View<'a>,
    path: &'a Marked,
    arguments: Option<&'a Marked>,
    pair: String,
}

impl<'a> Entry<'a> {
    fn of(view: &'a View<'a>, element: &'a Element) -> Option<Self> {
        let path = element.value("fullPath")?;
        let arguments = element
            .value("arguments")
            .filter(|arguments| !arguments.text.is_empty());
        let pair = match arguments {
            Some(arguments) => format!("{}|{}", path.text, arguments.text),
            None => path.text.clone(),
        };
        Some(Self {
            view,
            path,
            arguments,
            pair,
        })
    }

    /// Where a part of the pair stands.
    fn part(&self, start: usize, end: usize) -> Span {
        let bar = self.path.text.len();
        match self.arguments {
            Some(arguments) if start > bar => {
                arguments.part(start - bar - 1..end.max(start) - bar - 1)
            }
            Some(_) | None => self.path.part(start.min(bar)..end.min(bar)),
        }
    }
}

fn nameless(handler: &Element) -> Option<Diagnostic> {
    if handler.is_damaged {
        return None;
    }
    let problem = RULE
        .problem("the handler names no FastCGI application")
        .at(
            handler.name.span(),
            "`FastCgiModule` needs `scriptProcessor`",
        )
        .help("write `scriptProcessor=\"`, the path of `python.exe`, `|` and its arguments");
    Some(problem)
}

/// Judges a handler whose FastCGI application is none of the entries.
fn stranger(
    view: &View<'_>,
    handler: &Element,
    pair: &Marked,
    entries: &[Entry<'_>],
) -> Option<Diagnostic> {
    let wanted = pair.text.to_lowercase();
    if entries
        .iter()
        .any(|entry| entry.pair.to_lowercase() == wanted)
        || is_placeholder(&wanted)
    {
        return None;
    }
    let name = handler.text("name");
    let message = format!("the handler `{name}` names a FastCGI application that does not exist");
    let near = entries
        .iter()
        .max_by_key(|entry| alike(&entry.pair, &pair.text));
    let Some(near) = near else {
        return Some(
            RULE.problem(message)
                .at(
                    pair.span(),
                    "no application has this path and these arguments",
                )
                .help(
                    "add an `<application>` with them to `<fastCgi>` in `applicationHost.config`",
                ),
        );
    };
    // IIS compares after it has replaced `%NAME%`, and its variables are not known here.
    if entries.iter().any(|entry| is_placeholder(&entry.pair)) {
        return None;
    }
    let (start, tail) = common(&pair.text, &near.pair);
    let is_near = alike(&near.pair, &pair.text) * 2 > pair.text.len();
    let (span, there) = if is_near {
        let own = part(&pair.text, start, tail);
        let its = part(&near.pair, start, tail);
        (pair.part(own), near.part(its.start, its.end))
    } else {
        (pair.span(), near.path.span())
    };
    let problem = RULE.problem(message).at(
        span,
        if is_near {
            "differs here"
        } else {
            "no application has this path and these arguments"
        },
    );
    let label = "the nearest one";
    let problem = match Arc::ptr_eq(near.view.source, view.source) {
        true => problem.with(there, label),
        false => problem.also(near.view.source, there, label),
    };
    Some(problem.help("write the same path and the same arguments in both places"))
}

/// Bytes that two texts have in common at their ends.
fn alike(one: &str, other: &str) -> usize {
    let (start, tail) = common(one, other);
    start + tail
}

/// The lengths of what two texts have in common at the start and at the end, compared without case.
fn common(one: &str, other: &str) -> (usize, usize) {
    let same = |(own, its): &(char, char)| own.eq_ignore_ascii_case(its);
    let start: usize = one
        .chars()
        .zip(other.chars())
        .take_while(same)
        .map(|(c, _)| c.len_utf8())
        .sum();
    let (own, its) = (
        one.get(start..).unwrap_or_default(),
        other.get(start..).unwrap_or_default(),
    );
    let tail = own
        .chars()
        .rev()
        .zip(its.chars().rev())
        .take_while(same)
        .map(|(c, _)| c.len_utf8())
        .sum();
    (start, tail)
}

/// What of a text is not common, widened to a whole name of a path or a whole argument.
fn part(text: &str, start: usize, tail: usize) -> Range<usize> {
    let is_end = |c: char| matches!(c, '\\' | '/' | '|' | ' ' | '"');
    let end = text.len() - tail;
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let first = before.rfind(is_end).map_or(0, |at| at + 1);
    first..end + after.find(is_end).unwrap_or(after.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_texts_have_in_common_is_counted_without_case() {
        assert_eq!(common("abc|d", "ABX|d"), (2, 2));
        assert_eq!(common("same", "same"), (4, 0));
        assert_eq!(common("aa", "a"), (1, 0));
        assert_eq!(common("ü1", "ü2"), (2, 0));
        assert_eq!(part(r"D:\env\x.py", 3, 8), 3..6);
        assert_eq!(part(r"D:\venv\x.py", 3, 8), 3..7);
    }
}
