//! The inside of one tag: a name and attributes.

use std::collections::BTreeMap;

use super::read::{MAX_PARTS, MAX_PROBLEMS, XML_SYNTAX};
use super::reference::{Reference, reference, unknown_reference};
use super::{Attribute, Element};
use crate::diag::{Diagnostic, Fix};
use crate::iisfile::mark::Marked;
use crate::source::Span;

/// What was found between `<` and `>`.
#[derive(Default)]
pub(super) struct Tag {
    pub(super) element: Element,
    pub(super) problems: Vec<Diagnostic>,
    /// Where reading has to go on, if the tag does not end where it seems to.
    pub(super) resume: Option<usize>,
}

/// Reads the tag whose `<` stands at `start` of `text`; `end` is the offset of its `>`, or of the end of the text.
pub(super) fn scan(text: &str, start: usize, end: usize) -> Tag {
    let mut scanner = Scanner {
        text: text.get(..end).unwrap_or_default(),
        whole: text,
        at: start + 1,
        tag: Tag::default(),
        seen: BTreeMap::new(),
    };
    scanner.run();
    scanner.tag.element.is_damaged = !scanner.tag.problems.is_empty();
    scanner.tag
}

struct Scanner<'a> {
    /// The text up to where the tag seems to end.
    text: &'a str,
    whole: &'a str,
    at: usize,
    tag: Tag,
    seen: BTreeMap<&'a str, Span>,
}

/// What a step of the scanner says about going on: `None` ends the tag.
type Step = Option<()>;

impl<'a> Scanner<'a> {
    fn run(&mut self) {
        let name = self.name();
        self.tag.element.name = Marked::plain(name, self.at - name.len());
        if name.is_empty() {
            let place = self.character();
            let _: Step = self.fail(
                place,
                "`<` begins no tag here",
                "",
                "write `&lt;` for the character itself",
            );
            return;
        }
        while self.tag.problems.len() < MAX_PROBLEMS
            && self.tag.element.attributes.len() < MAX_PARTS
            && self.attribute().is_some()
        {}
    }

    fn attribute(&mut self) -> Step {
        let blanks = self.skip_blanks();
        let next = self.rest().chars().next()?;
        if next == '/' && self.rest().len() == 1 {
            return None;
        }
        let name = self.name();
        let name_span = Span::new(self.at - name.len(), self.at);
        if name.is_empty() {
            return self.stray(next);
        }
        if blanks == 0 {
            let message = format!("a blank is missing before `{name}`");
            let fix = Fix::safe("write a blank before it", Span::empty(name_span.start), " ");
            self.problem(name_span, message, "", "write a blank before it", Some(fix));
        }
        self.skip_blanks();
        if !self.rest().starts_with('=') {
            let message = format!("the attribute `{name}` has no value");
            return self.fail(name_span, message, "", format!("write `{name}=\"...\"`"));
        }
        self.at += 1;
        self.skip_blanks();
        let value = self.value(name)?;
        if let Some(first) = self.seen.insert(name, name_span) {
            let problem = XML_SYNTAX
                .problem(format!("the attribute `{name}` is there twice"))
                .at(name_span, "again")
                .with(first, "first")
                .help("remove one of the two");
            self.tag.problems.push(problem);
        }
        let name = Marked::plain(name, name_span.start);
        self.tag.element.attributes.push(Attribute { name, value });
        Some(())
    }

    /// A character that can begin no attribute.
    fn stray(&mut self, next: char) -> Step {
        let span = self.character();
        match next {
            '<' => {
                let name = self.tag.element.name.clone();
                let message = format!("`<{}` is not closed", name.text);
                self.fail_at(
                    name.span(),
                    span.start,
                    message,
                    "`>` or `/>` is missing at its end",
                    "write `/>` at its end",
                )
            }
            '"' | '\'' => self.fail(
                span,
                format!("a stray `{next}`"),
                "no attribute is open here",
                "remove it",
            ),
            _ => self.fail(
                span,
                format!("`{next}` has no place here"),
                "",
                "write attributes as `name=\"value\"`",
            ),
        }
    }

    fn value(&mut self, name: &str) -> Option<Marked> {
        let quote = self
            .rest()
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\''));
        let Some(quote) = quote else {
            return self.bare(name);
        };
        let open = Span::new(self.at, self.at + 1);
        let inside = self.rest().get(1..).unwrap_or_default();
        let Some(raw) = inside
            .find(quote)
            .and_then(|end| inside.get(..end))
            .filter(|raw| !runs_on(raw))
        else {
            return self.unclosed(name, open);
        };
        let after = inside.get(raw.len() + 1..).unwrap_or_default();
        let glued =
            after.starts_with(|c: char| !c.is_whitespace() && !matches!(c, '/' | '>' | '?'));
        if glued && raw.trim_end().ends_with('=') {
            return self.unclosed(name, open);
        }
        if glued && raw.is_empty() {
            let pair = Span::new(open.start, open.end + 1);
            let message = format!("two quotes where the value of `{name}` begins");
            return self.fail(
                pair,
                message,
                "the value ends here",
                "write one quote on each side",
            );
        }
        let value = self.resolve(raw, open.end);
        self.at = open.end + raw.len() + 1;
        Some(value)
    }

    fn unclosed<T>(&mut self, name: &str, open: Span) -> Option<T> {
        let line_end = self
            .whole
            .get(open.end..)
            .and_then(|rest| rest.find(['\n', '>', '<']));
        self.at = open.end + line_end.unwrap_or_default();
        self.fail(
            open,
            format!("the value of `{name}` is not closed"),
            "the quote that opens here has no partner",
            "write the same quote at the end of the value",
        )
    }

    /// A value without quotes.
    fn bare(&mut self, name: &str) -> Option<Marked> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| c.is_whitespace() || c == '<')
            .unwrap_or(rest.len());
        let raw = rest.get(..end).unwrap_or_default();
        let raw = if end == rest.len() {
            raw.strip_suffix('/').unwrap_or(raw)
        } else {
            raw
        };
        let span = Span::new(self.at, self.at + raw.len());
        let message = format!("the value of `{name}` is not in quotes");
        if raw.contains(['"', '\'']) || raw.is_empty() {
            let label = if raw.starts_with('\\') {
                "a backslash means nothing to XML"
            } else {
                ""
            };
            return self.fail(span, message, label, "write plain quotes around the value");
        }
        let fix = Fix::safe("write quotes around it", span, format!("\"{raw}\""));
        self.problem(span, message, "", "write quotes around it", Some(fix));
        self.at = span.end;
        Some(self.resolve(raw, span.start))
    }

    /// The value with its references resolved.
    fn resolve(&mut self, raw: &str, start: usize) -> Marked {
        let mut value = Marked::starting(start);
        let mut rest = raw;
        let special = |c| matches!(c, '&' | '<' | '\t' | '\r' | '\n');
        while let Some(at) = rest
            .find(special)
            .filter(|_| self.tag.problems.len() < MAX_PROBLEMS)
        {
            let (plain, special) = rest.split_at_checked(at).unwrap_or((rest, ""));
            value.push(plain, plain.len());
            let place = value.span().end;
            let length = self.special(&mut value, special, place);
            rest = special.get(length..).unwrap_or_default();
        }
        value.push(rest, rest.len());
        value
    }

    /// Adds the character or reference that `special` begins with to a value, and gives its length.
    fn special(&mut self, value: &mut Marked, special: &str, place: usize) -> usize {
        if special.starts_with('<') {
            let span = Span::new(place, place + 1);
            let fix = Fix::safe("write `&lt;`", span, "&lt;");
            self.problem(
                span,
                "`<` in a value".to_owned(),
                "begins a tag everywhere",
                "write `&lt;`",
                Some(fix),
            );
            value.push("<", 1);
        } else if special.starts_with('&') {
            return self.reference(value, special, place);
        } else {
            value.push(" ", 1);
        }
        1
    }

    fn reference(&mut self, value: &mut Marked, special: &str, place: usize) -> usize {
        match reference(special) {
            Reference::Known(c, length) => {
                value.push(c.encode_utf8(&mut [0; 4]), length);
                length
            }
            Reference::Unknown(length) => {
                self.tag
                    .problems
                    .push(unknown_reference(special, place, length));
                value.push(special.get(..length).unwrap_or_default(), length);
                length
            }
        }
    }

    fn name(&mut self) -> &'a str {
        let rest = self.rest();
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '-' | '.');
        let end = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
        let name = rest.get(..end).unwrap_or_default();
        if name.starts_with(|c: char| !c.is_alphabetic() && !matches!(c, '_' | ':')) {
            return "";
        }
        self.at += name.len();
        name
    }

    fn skip_blanks(&mut self) -> usize {
        let rest = self.rest();
        let blanks = rest.len() - rest.trim_start().len();
        self.at += blanks;
        blanks
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The place of the next character.
    fn character(&self) -> Span {
        let length = self.rest().chars().next().map_or(0, char::len_utf8);
        Span::new(self.at, self.at + length)
    }

    fn problem(&mut self, span: Span, message: String, label: &str, help: &str, fix: Option<Fix>) {
        let mut problem = XML_SYNTAX.problem(message).at(span, label).help(help);
        problem.fix = fix;
        self.tag.problems.push(problem);
    }

    fn fail<T>(
        &mut self,
        span: Span,
        message: impl Into<String>,
        label: &str,
        help: impl Into<String>,
    ) -> Option<T> {
        self.fail_at(span, self.at, message, label, help)
    }

    /// Tells a problem behind which the tag cannot be read on; reading resumes at the next angle bracket.
    fn fail_at<T>(
        &mut self,
        span: Span,
        from: usize,
        message: impl Into<String>,
        label: &str,
        help: impl Into<String>,
    ) -> Option<T> {
        let problem = XML_SYNTAX.problem(message).at(span, label).help(help);
        self.tag.problems.push(problem);
        let rest = self.whole.get(from..).unwrap_or_default();
        let bracket = rest.find(['<', '>']).unwrap_or(rest.len());
        let closes = rest
            .get(bracket..)
            .is_some_and(|rest| rest.starts_with('>'));
        self.tag.resume = Some(from + bracket + usize::from(closes));
        None
    }
}

/// True if a value goes on into another tag, because the quote at its end is missing.
fn runs_on(raw: &str) -> bool {
    raw.split_once('\n')
        .is_some_and(|(_, later)| later.contains('<'))
}
