//! `fcgiext.ini` to sections and pairs (sections 4.2 and 4.3 of the IIS fact sheet).

use crate::diag::{Diagnostic, Fix};
use crate::iisfile::mark::Marked;
use crate::rules::{Phase, Rule};
use crate::source::{SourceFile, Span};
use crate::syntax::SIZE_LIMIT;
use crate::syntax::lookalike::{Kind, kind, report, twin};

pub(crate) static INI_SYNTAX: Rule = Rule::error(
    1003,
    "ini-syntax",
    include_str!("rules/ini-syntax.md"),
    Phase::Text,
);

/// The sections of a file, in its order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ini {
    pub(crate) sections: Vec<Section>,
}

/// A section and its pairs.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub(crate) name: Marked,
    pub(crate) pairs: Vec<Pair>,
}

/// A key and its value, without the blanks around them.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    pub(crate) key: Marked,
    pub(crate) value: Marked,
}

/// Mistakes behind which a text is read no further.
const MAX_PROBLEMS: usize = 100;

/// Sections and settings of one file; a pool has a section of twenty (`C1`).
const MAX_PARTS: usize = 30_000;

impl Ini {
    /// The section that maps extensions to pools.
    pub(crate) fn types(&self) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(|section| section.is_types())
    }

    /// The sections that describe pools.
    pub(crate) fn pools(&self) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(|section| !section.is_types())
    }
}

impl Section {
    fn is_types(&self) -> bool {
        self.name.text.eq_ignore_ascii_case("types")
    }

    /// The value of a property; names are compared without case.
    pub(crate) fn value(&self, key: &str) -> Option<&Marked> {
        let pair = self
            .pairs
            .iter()
            .find(|pair| pair.key.text.eq_ignore_ascii_case(key))?;
        Some(&pair.value)
    }
}

/// Reads a text; what cannot be read is told and left out.
pub(crate) fn read(source: &SourceFile) -> (Ini, Vec<Diagnostic>) {
    let mut reader = Reader::default();
    let mut start = 0;
    for line in source.text().split('\n') {
        reader.line(line.strip_suffix('\r').unwrap_or(line), start);
        start += line.len() + 1;
        if reader.parts > MAX_PARTS {
            let problem = SIZE_LIMIT
                .problem(format!(
                    "the file has more than {MAX_PARTS} sections and settings"
                ))
                .at(Span::empty(start), "the limit is reached here")
                .help("check that this is the right file");
            reader.problems.push(problem);
            break;
        }
        if reader.problems.len() >= MAX_PROBLEMS {
            break;
        }
    }
    (reader.ini, reader.problems)
}

#[derive(Default)]
struct Reader {
    ini: Ini,
    /// Sections and settings so far.
    parts: usize,
    problems: Vec<Diagnostic>,
}

impl Reader {
    fn line(&mut self, line: &str, start: usize) {
        let text = line.trim_matches([' ', '\t']);
        let at = start + line.len() - line.trim_start_matches([' ', '\t']).len();
        let span = Span::new(at, at + text.len());
        if text.is_empty() || line.starts_with(';') {
            return;
        }
        if text.starts_with(';') {
            let problem = INI_SYNTAX
                .problem("a comment that does not begin its line")
                .at(Span::new(at, at + 1), "blanks before it")
                .help("remove the blanks")
                .fix(Fix::safe("remove the blanks", Span::new(start, at), ""));
            self.problems.push(problem);
        } else if text.starts_with('[') {
            self.section(text, at);
        } else if let Some((key, value)) = text.split_once('=') {
            self.pair(key, value, at, span.end - value.len());
        } else if !self.look_alikes(text, at, |_, _| true) {
            let help = match text.starts_with(['#', '/']) {
                true => "write `;` at the start of a comment",
                false => "write `Name=value`, or `;` before a comment",
            };
            self.problem(
                span,
                "a line that is no section, no setting and no comment",
                "",
                help,
            );
        }
    }

    fn section(&mut self, text: &str, at: usize) {
        self.look_alikes(text, at, |_, _| true);
        let inside = text.get(1..).unwrap_or_default();
        let name = inside.split(']').next().unwrap_or_default();
        let after = inside.get(name.len() + 1..);
        match after {
            None => self.problem(
                Span::new(at, at + text.len()),
                "a section name without `]`",
                "",
                "write `]` at its end",
            ),
            Some("") => {}
            Some(rest) => {
                let from = at + text.len() - rest.len();
                let shown = rest.trim_start();
                let from = from + rest.len() - shown.len();
                self.problem(
                    Span::new(from, from + shown.len()),
                    "text behind a section name",
                    "",
                    "put it on a line of its own",
                );
            }
        }
        let start = at + 1 + name.len() - name.trim_start().len();
        self.parts += 1;
        self.ini.sections.push(Section {
            name: Marked::plain(name.trim(), start),
            pairs: Vec::new(),
        });
    }

    fn pair(&mut self, key: &str, value: &str, at: usize, value_at: usize) {
        let name = key.trim_end();
        let key = Marked::plain(name, at);
        let shown = value.trim_start_matches([' ', '\t']);
        let value_at = value_at + value.len() - shown.len();
        self.look_alikes(name, at, |_, _| true);
        let last = shown.char_indices().next_back().map(|(at, _)| at);
        self.look_alikes(shown, value_at, |at, c| {
            (at == 0 || Some(at) == last) && kind(c) != Some(Kind::Dash)
        });
        if name.is_empty() || name.contains([' ', '\t']) {
            let span = Span::new(at, at + name.len().max(1));
            self.problem(
                span,
                "no name of a setting",
                "a name has no blanks in it",
                "write `Name=value`",
            );
        } else if shown.is_empty() {
            let message = format!("`{name}` has no value");
            self.problem(key.span(), message, "", "leave the line out");
        } else {
            self.keep(Pair {
                key,
                value: Marked::plain(shown, value_at),
            });
        }
    }

    fn keep(&mut self, pair: Pair) {
        self.parts += 1;
        match self.ini.sections.last_mut() {
            Some(section) => section.pairs.push(pair),
            None => {
                let message = "a setting before the first section";
                self.problem(pair.key.span(), message, "", "write `[Types]` above it");
                // It most likely is what the help says.
                self.ini.sections.push(Section {
                    name: Marked::plain("Types", 0),
                    pairs: vec![pair],
                });
            }
        }
    }

    /// Tells the look-alikes of a text that a test picks; true if there is one.
    fn look_alikes(&mut self, text: &str, at: usize, test: impl Fn(usize, char) -> bool) -> bool {
        let before = self.problems.len();
        let found = text
            .char_indices()
            .filter(|(at, c)| kind(*c).is_some() && test(*at, *c));
        for (place, c) in found.take(MAX_PROBLEMS) {
            let span = Span::new(at + place, at + place + c.len_utf8());
            let problem = report(span.start, c, "part of the text to the FastCGI extension");
            let help = problem.help.clone().unwrap_or_default();
            self.problems
                .push(problem.fix(Fix::safe(help, span, twin(c))));
        }
        self.problems.len() > before
    }

    fn problem(&mut self, span: Span, message: impl Into<String>, label: &str, help: &str) {
        self.problems
            .push(INI_SYNTAX.problem(message).at(span, label).help(help));
    }
}
