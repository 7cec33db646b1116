//! A handler and the FastCGI application that it names (`P02`, section 6.8 of the IIS fact sheet).

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::super::mark::Marked;
use super::super::view::{is_fast_cgi, is_placeholder};
use super::super::xml::Element;
use super::super::{Kind, MAX_PROBLEMS, View};
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
    let entries = Entries::of(views);
    let most = found.len() + MAX_PROBLEMS;
    for (index, view) in views.iter().enumerate() {
        let handlers = view.handlers().filter(|placed| is_fast_cgi(placed.element));
        for placed in handlers.filter(|_| view.kind != Kind::Transform) {
            let problem = match placed.element.value("scriptProcessor") {
                Some(pair) if !pair.text.is_empty() => entries.judge(view, placed.element, pair),
                Some(_) | None => nameless(placed.element),
            };
            found.extend(problem.map(|problem| (index, problem)));
            if found.len() >= most {
                return;
            }
        }
    }
}

/// The FastCGI applications of all files.
struct Entries<'a> {
    list: Vec<Entry<'a>>,
    /// What handlers may write, in small letters: IIS compares without case.
    pairs: BTreeSet<String>,
    /// True if there is a place where applications would be.
    is_known: bool,
    /// True if one of them has a variable in it. IIS compares what it stands for, which is not known here.
    is_open: bool,
}

impl<'a> Entries<'a> {
    fn of(views: &'a [View<'a>]) -> Self {
        let files = || views.iter().filter(|view| view.kind != Kind::Transform);
        let entry =
            |view| View::applications(view).filter_map(move |element| Entry::of(view, element));
        let list: Vec<Entry<'_>> = files().flat_map(entry).collect();
        Self {
            pairs: list.iter().map(|entry| entry.pair.to_lowercase()).collect(),
            is_known: files().any(|view| view.at("system.webServer/fastCgi").next().is_some()),
            is_open: list.iter().any(|entry| is_placeholder(&entry.pair)),
            list,
        }
    }

    /// Judges a handler by the application that it names.
    fn judge(&self, view: &View<'_>, handler: &Element, pair: &Marked) -> Option<Diagnostic> {
        let is_open = self.is_open || is_placeholder(&pair.text);
        if !self.is_known || is_open || self.pairs.contains(&pair.text.to_lowercase()) {
            return None;
        }
        let name = handler.text("name");
        let message =
            format!("the handler `{name}` names a FastCGI application that does not exist");
        let problem = RULE.problem(message);
        let near = self
            .list
            .iter()
            .max_by_key(|entry| alike(&entry.pair, &pair.text));
        Some(match near {
            Some(near) if alike(&near.pair, &pair.text) * 2 > pair.text.len() => {
                near.compare(problem, view, pair)
            }
            Some(_) | None => problem
                .at(
                    pair.span(),
                    "no application has this path and these arguments",
                )
                .help(
                    "add an `<application>` with them to `<fastCgi>` in `applicationHost.config`",
                ),
        })
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

    /// Shows where the pair of a handler differs from this one.
    fn compare(&self, problem: Diagnostic, view: &View<'_>, pair: &Marked) -> Diagnostic {
        let (start, tail) = common(&pair.text, &self.pair);
        let own = part(&pair.text, start, tail);
        let its = part(&self.pair, start, tail);
        let there = self.part(its.start, its.end);
        let problem = problem.at(pair.part(own), "differs here");
        let label = "the nearest one";
        let problem = match Arc::ptr_eq(self.view.source, view.source) {
            true => problem.with(there, label),
            false => problem.also(self.view.source, there, label),
        };
        problem.help("write the same path and the same arguments in both places")
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
