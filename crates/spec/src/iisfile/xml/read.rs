//! Events to tree. The only file that knows the XML library.
//!
//! The library does not look at what stands in a tag, and lets two top-level elements, unknown references and text
//! outside of elements pass; all of that is judged here.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::errors::{Error, SyntaxError};
use quick_xml::events::Event;

use super::Element;
use super::repair::{self, Straightened};
use super::tag::{self, Tag};
use crate::diag::{Diagnostic, Fix};
use crate::rules::{Phase, Rule};
use crate::source::Span;
use crate::suggest::nearest;
use crate::syntax::{SIZE_LIMIT, TOO_DEEP};

pub(crate) static XML_SYNTAX: Rule = Rule::error(
    1001,
    "xml-syntax",
    include_str!("../rules/xml-syntax.md"),
    Phase::Text,
);

pub(crate) static DOCUMENT_TYPE: Rule = Rule::error(
    1002,
    "document-type",
    include_str!("../rules/document-type.md"),
    Phase::Text,
);

/// Elements that may lie within each other; real configuration files need eight (`C10`).
const MAX_DEPTH: usize = 64;

/// Mistakes behind which reading starts anew; more are the sign of another kind of file.
const MAX_RESTARTS: usize = 20;

/// Mistakes behind which a text is read no further.
pub(super) const MAX_PROBLEMS: usize = 100;

/// Elements and attributes of one file; the largest real ones have some thousands (`C1`).
pub(super) const MAX_PARTS: usize = 60_000;

/// The tree of a text, as far as there is one, and what is wrong with the text.
pub(crate) fn read(text: &str) -> (Option<Element>, Vec<Diagnostic>) {
    let straightened = repair::straighten(text);
    let plain = straightened
        .text
        .as_deref()
        .map_or(Cow::Borrowed(text), Cow::Borrowed);
    let mut builder = Builder {
        text: &plain,
        straightened: &straightened,
        open: Vec::new(),
        root: None,
        problems: Vec::new(),
        forgiven: Vec::new(),
        parts: 0,
        is_over: false,
    };
    builder.run();
    let (root, mut problems) = builder.finish();
    problems.extend(straightened.problems.iter().cloned());
    (root, problems)
}

/// The tree while the text is being read.
pub(super) struct Builder<'a> {
    pub(super) text: &'a str,
    straightened: &'a Straightened,
    pub(super) open: Vec<Element>,
    root: Option<Element>,
    pub(super) problems: Vec<Diagnostic>,
    /// Elements that a mistake has closed, so that their closing tags are no mistakes.
    forgiven: Vec<String>,
    /// Elements and attributes so far.
    parts: usize,
    /// True if the rest of the text is not worth reading.
    pub(super) is_over: bool,
}

impl Builder<'_> {
    fn run(&mut self) {
        let mut start = Some(0);
        for _ in 0..=MAX_RESTARTS {
            match start {
                Some(from) if !self.is_over => start = self.read_from(from),
                Some(_) | None => return,
            }
        }
    }

    /// Reads on from an offset; gives the offset to start anew at, if a mistake makes that necessary.
    fn read_from(&mut self, from: usize) -> Option<usize> {
        let mut reader = Reader::from_str(self.text.get(from..)?);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        while !self.is_over && self.problems.len() < MAX_PROBLEMS {
            let start = from + usize::try_from(reader.buffer_position()).ok()?;
            let event = reader.read_event();
            let end = from + usize::try_from(reader.buffer_position()).ok()?;
            match event {
                Ok(Event::Eof) => return None,
                Ok(event) => {
                    let resume = self.take(&event, start, end);
                    if resume.is_some() {
                        return resume;
                    }
                }
                Err(error) => return self.broken(&error, start),
            }
        }
        None
    }

    fn take(&mut self, event: &Event<'_>, start: usize, end: usize) -> Option<usize> {
        match event {
            Event::Start(_) => return self.tag(start, end - 1, false),
            Event::Empty(_) => return self.tag(start, end - 1, true),
            Event::End(_) => self.end(start, end),
            Event::Text(_) => self.characters(start, end),
            Event::GeneralRef(_) => self.reference(start, end),
            Event::CData(_) => self.outside(start, end),
            Event::Comment(_) => self.comment(start, end),
            Event::Decl(_) => self.declaration(start),
            Event::DocType(_) => self.document_type(start, end),
            Event::PI(_) | Event::Eof => {}
        }
        None
    }

    fn tag(&mut self, start: usize, end: usize, is_empty: bool) -> Option<usize> {
        let Tag {
            element,
            problems,
            resume,
        } = tag::scan(self.text, start, end);
        if !self.straightened.doubtful.contains(&start) {
            self.problems.extend(problems);
        }
        if element.name().is_empty() {
            return resume;
        }
        let is_empty = resume.map_or(is_empty, |at| self.ends_broken(&element, at));
        self.begin(element, is_empty);
        resume
    }

    /// True if a tag that could not be read to its end most likely holds nothing.
    fn ends_broken(&mut self, element: &Element, at: usize) -> bool {
        let read = self.text.get(..at).unwrap_or_default();
        let is_entry = matches!(element.name(), "add" | "remove" | "clear");
        let is_open = read.ends_with('>') && !read.ends_with("/>") && !is_entry;
        if !is_open {
            self.forgiven.push(element.name().to_owned());
        }
        !is_open
    }

    fn begin(&mut self, element: Element, is_empty: bool) {
        let span = element.name.span();
        if self.open.is_empty() && self.root.is_some() {
            self.problem(
                span,
                "a second top-level element",
                "",
                "put everything into one `<configuration>`",
            );
        }
        if self.open.len() >= MAX_DEPTH {
            let problem = TOO_DEEP
                .problem(format!(
                    "more than {MAX_DEPTH} elements lie within each other"
                ))
                .at(span, "")
                .help("check that this is the right file");
            self.problems.push(problem);
            self.is_over = true;
        }
        self.parts += 1 + element.attributes.len();
        if self.parts > MAX_PARTS {
            let problem = SIZE_LIMIT
                .problem(format!(
                    "the file has more than {MAX_PARTS} elements and attributes"
                ))
                .at(span, "the limit is reached here")
                .help("check that this is the right file");
            self.problems.push(problem);
            self.is_over = true;
        }
        self.open.push(element);
        if is_empty {
            self.close(None);
        }
    }

    fn close(&mut self, name: Option<Span>) {
        let Some(mut element) = self.open.pop() else {
            return;
        };
        element.close = name;
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None if self.root.is_none() => self.root = Some(element),
            None => {}
        }
    }

    fn end(&mut self, start: usize, end: usize) {
        let inside = self.text.get(start + 2..end - 1).unwrap_or_default();
        let name = inside.trim();
        let at = start + 2 + (inside.len() - inside.trim_start().len());
        let span = Span::new(at, at + name.len());
        if let Some(level) = self.open.iter().rposition(|element| element.name() == name) {
            self.unclosed(level + 1, span, name);
            self.close(Some(span));
        } else if let Some(index) = self.forgiven.iter().position(|forgiven| forgiven == name) {
            self.forgiven.remove(index);
        } else {
            self.unmatched(span, name);
        }
    }

    /// Closes all elements from a level on, which a closing tag further out has passed over.
    fn unclosed(&mut self, level: usize, closing: Span, name: &str) {
        while self.open.len() > level {
            if let Some(element) = self.open.last().filter(|open| !open.is_damaged) {
                let problem = XML_SYNTAX
                    .problem(format!("`<{}>` is not closed", element.name()))
                    .at(element.name.span(), "opens here")
                    .with(closing, format!("`<{name}>`, which it lies in, ends here"))
                    .help(format!("write `</{}>` where it ends", element.name()));
                self.problems.push(problem);
            }
            self.close(None);
        }
    }

    fn unmatched(&mut self, span: Span, name: &str) {
        let open = self
            .open
            .last()
            .filter(|open| nearest(name, [open.name()].into_iter()).is_some());
        match open {
            Some(open) => {
                let wanted = open.name().to_owned();
                let problem = XML_SYNTAX
                    .problem(format!("`</{name}>` does not close `<{wanted}>`"))
                    .at(span, "")
                    .with(open.name.span(), "opens here")
                    .help(format!("write `</{wanted}>`"))
                    .fix(Fix::to_review(format!("write `</{wanted}>`"), span, wanted));
                self.problems.push(problem);
                self.close(Some(span));
            }
            None => self.problem(
                span,
                format!("`</{name}>` closes nothing"),
                "no such element is open here",
                "remove it",
            ),
        }
    }

    /// Tells what the library could not read, and where to go on.
    fn broken(&mut self, error: &Error, start: usize) -> Option<usize> {
        let opener = Span::new(start, self.text.len().min(start + 4));
        let Error::Syntax(error) = error else {
            // The library finds other mistakes only in what it was told not to judge.
            return self
                .text
                .get(start + 1..)?
                .find('<')
                .map(|at| start + 1 + at);
        };
        let (what, partner) = match error {
            SyntaxError::UnclosedTag
            | SyntaxError::UnclosedSingleQuotedAttributeValue
            | SyntaxError::UnclosedDoubleQuotedAttributeValue => return self.open_tag(start),
            SyntaxError::InvalidBangMarkup => {
                self.problem(
                    Span::new(start, start + 2),
                    "`<!` begins nothing here",
                    "",
                    "write `<!--` for a comment",
                );
                return self
                    .text
                    .get(start + 1..)?
                    .find('<')
                    .map(|at| start + 1 + at);
            }
            SyntaxError::UnclosedComment => ("a comment", "-->"),
            SyntaxError::UnclosedCData => ("a `CDATA` section", "]]>"),
            SyntaxError::UnclosedDoctype => ("a document type declaration", ">"),
            SyntaxError::UnclosedPI | SyntaxError::UnclosedXmlDecl => ("a declaration", "?>"),
        };
        self.problem(
            opener,
            format!("{what} is not closed"),
            "opens here",
            format!("write `{partner}` at its end"),
        );
        self.is_over = true;
        None
    }

    /// A tag that goes on to the end of the text, as far as the library can see.
    fn open_tag(&mut self, start: usize) -> Option<usize> {
        let is_closing = self
            .text
            .get(start..)
            .is_some_and(|rest| rest.starts_with("</"));
        if is_closing {
            let span = Span::new(start, start + 2);
            self.problem(
                span,
                "a closing tag without `>`",
                "",
                "write `>` at its end",
            );
            self.is_over = true;
            return None;
        }
        let problems = self.problems.len();
        let resume = self.tag(start, self.text.len(), true);
        if self.problems.len() == problems && resume.is_none() {
            let span = Span::new(start, start + 1);
            self.problem(
                span,
                "a tag without `>`",
                "opens here",
                "write `>` or `/>` at its end",
            );
        }
        resume
    }

    pub(super) fn problem(
        &mut self,
        span: Span,
        message: impl Into<String>,
        label: &str,
        help: impl Into<String>,
    ) {
        self.problems
            .push(XML_SYNTAX.problem(message).at(span, label).help(help));
    }

    fn finish(mut self) -> (Option<Element>, Vec<Diagnostic>) {
        if let Some(element) = self
            .open
            .last()
            .filter(|open| !self.is_over && !open.is_damaged)
        {
            let problem = XML_SYNTAX
                .problem(format!("`<{}>` is not closed", element.name()))
                .at(element.name.span(), "opens here")
                .help(format!("write `</{}>` where it ends", element.name()));
            self.problems.push(problem);
        }
        while !self.open.is_empty() {
            self.close(None);
        }
        if self.root.is_none() && self.problems.is_empty() && self.straightened.problems.is_empty()
        {
            let problem = XML_SYNTAX
                .problem("the file has no element")
                .help("write `<configuration>` and what belongs into it");
            self.problems.push(problem);
        }
        (self.root, self.problems)
    }
}
