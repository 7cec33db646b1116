//! Straightens look-alike characters in tags, so that the rest of a pasted file can be judged in the same run (`P09`).

use std::collections::BTreeSet;

use super::read::MAX_PROBLEMS;
use crate::diag::{Diagnostic, Fix};
use crate::source::Span;
use crate::syntax::lookalike::{Kind, kind, report, twin};

/// A text without look-alikes in its tags; every other byte stands where it stood.
#[derive(Default)]
pub(super) struct Straightened {
    /// `None` if nothing had to be changed.
    pub(super) text: Option<String>,
    pub(super) problems: Vec<Diagnostic>,
    /// The tags that still hold one, by the offset of `<`: what else is said about them would be an echo.
    pub(super) doubtful: BTreeSet<usize>,
}

/// Replaces look-alikes in tags by their plain twins and blanks.
pub(super) fn straighten(text: &str) -> Straightened {
    if text.is_ascii() || !text.chars().any(|c| kind(c).is_some()) {
        return Straightened::default();
    }
    let mut repair = Repair {
        text,
        edits: Vec::new(),
        result: Straightened::default(),
    };
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find('<')) {
        at = repair.markup(at + start);
        if repair.is_enough() {
            break;
        }
    }
    repair.finish()
}

struct Repair<'a> {
    text: &'a str,
    /// Where a look-alike stands, and the plain text of the same length that takes its place.
    edits: Vec<(usize, String)>,
    result: Straightened,
}

impl Repair<'_> {
    /// Straightens what begins with the `<` at `start`, and gives the offset behind it.
    fn markup(&mut self, start: usize) -> usize {
        let rest = self.text.get(start..).unwrap_or_default();
        if rest.starts_with("<!--") {
            self.comment_end(start + 4)
        } else if let Some(dash) = rest
            .strip_prefix("<!")
            .and_then(|rest| rest.chars().next())
            .filter(|c| kind(*c) == Some(Kind::Dash))
        {
            self.dash(start + 2, dash, "-- ");
            self.comment_end(start + 2 + dash.len_utf8())
        } else if rest.starts_with("<![CDATA[") {
            self.after(start, "]]>")
        } else if rest.starts_with("<!") {
            self.after(start, ">")
        } else {
            self.tag(start)
        }
    }

    fn is_enough(&self) -> bool {
        self.result.problems.len() >= MAX_PROBLEMS
    }

    fn after(&self, from: usize, end: &str) -> usize {
        let rest = self.text.get(from..).unwrap_or_default();
        from + rest.find(end).map_or(rest.len(), |at| at + end.len())
    }

    /// The end of a comment, where a dash may stand for the two hyphens.
    fn comment_end(&mut self, from: usize) -> usize {
        let rest = self.text.get(from..).unwrap_or_default();
        let plain = rest.find("-->");
        let dash = |at: usize| {
            rest.get(..at)
                .and_then(|before| before.chars().next_back())
                .filter(|c| kind(*c) == Some(Kind::Dash))
        };
        let closing = rest
            .match_indices('>')
            .map(|(at, _)| at)
            .find_map(|at| dash(at).map(|c| (at, c)));
        match (plain, closing) {
            (None, Some((at, c))) => {
                self.dash(from + at - c.len_utf8(), c, " --");
                from + at + 1
            }
            (Some(at), _) => from + at + 3,
            (None, None) => self.text.len(),
        }
    }

    fn dash(&mut self, at: usize, c: char, plain: &str) {
        self.tell(at, c, "--", "looks like `--`, but is none");
        if plain.len() == c.len_utf8() {
            self.edits.push((at, plain.to_owned()));
        }
    }

    fn tag(&mut self, start: usize) -> usize {
        let mut at = start + 1;
        let mut before = ' ';
        while let Some(c) = self.text.get(at..).and_then(|rest| rest.chars().next()) {
            if self.is_enough() {
                break;
            }
            at = match (c, kind(c)) {
                ('>', _) => return at + 1,
                ('<', _) => return at,
                ('"' | '\'', _) => match self.quoted(at, c) {
                    Some(end) => end,
                    None => return at + 1,
                },
                (_, Some(Kind::Quote)) if before == '=' => match self.opened(at, c) {
                    Some(end) => end,
                    None => return self.give_up(start, at, c),
                },
                (_, Some(kind)) => {
                    self.other(start, at, c, kind);
                    at + c.len_utf8()
                }
                (_, None) => at + c.len_utf8(),
            };
            if !c.is_whitespace() && kind(c).is_none() {
                before = c;
            }
        }
        at
    }

    /// A value that a plain quote opens; one that only a look-alike closes is straightened. Gives the offset
    /// behind it.
    fn quoted(&mut self, open: usize, quote: char) -> Option<usize> {
        let inside = self.text.get(open + 1..).unwrap_or_default();
        let end = inside.find(quote);
        let value = end.and_then(|end| inside.get(..end)).unwrap_or(inside);
        let within = value.split('<').next().unwrap_or_default();
        let is_open =
            end.is_none() || within.len() < value.len() || value.trim_end().ends_with('=');
        let closing = within.char_indices().filter(|_| is_open).find(|(at, c)| {
            kind(*c) == Some(Kind::Quote)
                && ends_value(within.get(at + c.len_utf8()..).unwrap_or_default())
        });
        if let Some((at, c)) = closing {
            let at = open + 1 + at;
            self.quote(at, c, quote, true);
            return Some(at + c.len_utf8());
        }
        end.map(|end| open + 1 + end + 1)
    }

    /// A value that a look-alike opens. Gives the offset behind it, or nothing if it is not closed.
    fn opened(&mut self, at: usize, c: char) -> Option<usize> {
        let start = at + c.len_utf8();
        let inside = self.text.get(start..).unwrap_or_default();
        let inside = inside.split('<').next().unwrap_or_default();
        let (end, close) = inside.char_indices().find(|(at, c)| {
            let is_quote = matches!(c, '"' | '\'') || kind(*c) == Some(Kind::Quote);
            is_quote && ends_value(inside.get(at + c.len_utf8()..).unwrap_or_default())
        })?;
        let value = inside.get(..end).unwrap_or_default();
        let wanted = match kind(close) {
            Some(_) => twin(c).chars().next().unwrap_or('"'),
            None => close,
        };
        let other = if wanted == '"' { '\'' } else { '"' };
        let quote = if value.contains(wanted) {
            other
        } else {
            wanted
        };
        self.quote(at, c, quote, false);
        if kind(close).is_some() {
            self.quote(start + end, close, quote, true);
        }
        Some(start + end + close.len_utf8())
    }

    fn quote(&mut self, at: usize, c: char, plain: char, closes: bool) {
        self.tell(
            at,
            c,
            &plain.to_string(),
            "looks like a quote, but is none to XML",
        );
        let pad = " ".repeat(c.len_utf8().saturating_sub(1));
        let text = if closes {
            format!("{plain}{pad}")
        } else {
            format!("{pad}{plain}")
        };
        self.edits.push((at, text));
    }

    fn other(&mut self, start: usize, at: usize, c: char, kind: Kind) {
        let label = match kind {
            Kind::Quote => "looks like a quote, but is none to XML",
            Kind::Blank => "looks like a blank, but is none to XML",
            Kind::Invisible => "cannot be seen, but is part of the tag",
            Kind::Dash | Kind::Colon => "has no place in a name",
        };
        self.tell(at, c, twin(c), label);
        let is_blank = kind == Kind::Blank || kind == Kind::Invisible && !self.splits_name(at, c);
        if is_blank {
            self.edits.push((at, " ".repeat(c.len_utf8())));
        } else {
            self.result.doubtful.insert(start);
        }
    }

    /// True if there is a name on both sides, which a blank would cut in two.
    fn splits_name(&self, at: usize, c: char) -> bool {
        let before = self
            .text
            .get(..at)
            .and_then(|before| before.chars().next_back());
        let after = self
            .text
            .get(at + c.len_utf8()..)
            .and_then(|after| after.chars().next());
        before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
    }

    fn give_up(&mut self, start: usize, at: usize, c: char) -> usize {
        self.tell(at, c, twin(c), "looks like a quote, but is none to XML");
        self.result.doubtful.insert(start);
        at + c.len_utf8()
    }

    fn tell(&mut self, at: usize, c: char, plain: &str, label: &str) {
        let problem = report(at, c, label);
        let help = match plain {
            "" | " " | "\n" => problem.help.clone().unwrap_or_default(),
            _ => format!("write `{plain}`"),
        };
        let fix = Fix::safe(help.clone(), Span::new(at, at + c.len_utf8()), plain);
        self.result.problems.push(problem.help(help).fix(fix));
    }

    fn finish(mut self) -> Straightened {
        let mut text = String::with_capacity(self.text.len());
        let mut at = 0;
        for (place, plain) in &self.edits {
            text.push_str(self.text.get(at..*place).unwrap_or_default());
            text.push_str(plain);
            at = place + plain.len();
        }
        text.push_str(self.text.get(at..).unwrap_or_default());
        self.result.text = (!self.edits.is_empty()).then_some(text);
        self.result
    }
}

/// True if what follows a quote can follow the end of a value: the end of the tag, or another attribute.
fn ends_value(after: &str) -> bool {
    let next = after.trim_start();
    if next.is_empty() || next.starts_with("/>") || next.starts_with("?>") || next.starts_with('>')
    {
        return true;
    }
    let end = next.find(|c: char| !c.is_alphanumeric() && !matches!(c, ':' | '-' | '_' | '.'));
    let rest = end.and_then(|end| next.get(end..)).unwrap_or_default();
    next.len() < after.len() && end != Some(0) && rest.trim_start().starts_with('=')
}
