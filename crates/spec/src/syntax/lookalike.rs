//! Characters that look like others and come with text from a blog or a word processor (`P09`).
//!
//! They are reported only where they change what the file means; inside a value they are text like any other.
//! So a fix is safe: what was meant is what it looks like.

use crate::diag::{Diagnostic, Fix};
use crate::rules::{Phase, Rule};
use crate::source::{SourceFile, Span};

pub(crate) static LOOK_ALIKE: Rule =
    Rule::error(5, "look-alike", include_str!("look-alike.md"), Phase::Text);

/// What a character is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Quote,
    Blank,
    Invisible,
    Dash,
    Colon,
}

/// Each look-alike with its name and its plain twin.
const TABLE: &[(char, Kind, &str, &str)] = &[
    ('\u{201C}', Kind::Quote, "left double quotation mark", "\""),
    ('\u{201D}', Kind::Quote, "right double quotation mark", "\""),
    ('\u{201E}', Kind::Quote, "low double quotation mark", "\""),
    ('\u{2018}', Kind::Quote, "left single quotation mark", "'"),
    ('\u{2019}', Kind::Quote, "right single quotation mark", "'"),
    ('\u{201A}', Kind::Quote, "low single quotation mark", "'"),
    ('\u{AB}', Kind::Quote, "left angle quotation mark", "\""),
    ('\u{BB}', Kind::Quote, "right angle quotation mark", "\""),
    ('\u{A0}', Kind::Blank, "no-break space", " "),
    ('\u{2007}', Kind::Blank, "figure space", " "),
    ('\u{202F}', Kind::Blank, "narrow no-break space", " "),
    ('\u{3000}', Kind::Blank, "ideographic space", " "),
    ('\u{200B}', Kind::Invisible, "zero width space", ""),
    ('\u{200C}', Kind::Invisible, "zero width non-joiner", ""),
    ('\u{200D}', Kind::Invisible, "zero width joiner", ""),
    ('\u{2060}', Kind::Invisible, "word joiner", ""),
    ('\u{FEFF}', Kind::Invisible, "byte order mark", ""),
    ('\u{AD}', Kind::Invisible, "soft hyphen", ""),
    ('\u{85}', Kind::Invisible, "next line", "\n"),
    ('\u{2028}', Kind::Invisible, "line separator", "\n"),
    ('\u{2029}', Kind::Invisible, "paragraph separator", "\n"),
    ('\u{2010}', Kind::Dash, "hyphen", "-"),
    ('\u{2011}', Kind::Dash, "non-breaking hyphen", "-"),
    ('\u{2013}', Kind::Dash, "en dash", "-"),
    ('\u{2014}', Kind::Dash, "em dash", "-"),
    ('\u{2022}', Kind::Dash, "bullet", "-"),
    ('\u{2212}', Kind::Dash, "minus sign", "-"),
    ('\u{FF1A}', Kind::Colon, "fullwidth colon", ":"),
    ('\u{2236}', Kind::Colon, "ratio", ":"),
];

/// What a character is taken for; `None` for one that is what it looks like.
pub(crate) fn kind(c: char) -> Option<Kind> {
    TABLE.iter().find(|entry| entry.0 == c).map(|entry| entry.1)
}

/// The plain character that a look-alike is taken for; empty if it should not be there.
pub(crate) fn twin(c: char) -> &'static str {
    let entry = TABLE.iter().find(|entry| entry.0 == c);
    entry.map_or("", |entry| entry.3)
}

fn is_blank(c: char) -> bool {
    matches!(kind(c), Some(Kind::Blank | Kind::Invisible))
}

/// A look-alike in an unquoted key or in a file that is one text: none belongs there.
pub(super) fn in_key(source: &SourceFile, span: Span) -> Option<Diagnostic> {
    let found = every(source, span, |_, c| kind(c).is_some()).next()?;
    Some(found.problem(found.fix_in(source, span)))
}

/// A look-alike that changes what an unquoted value means.
pub(super) fn in_value(source: &SourceFile, span: Span) -> Option<Diagnostic> {
    let text = source.slice(span);
    let last = text.char_indices().next_back().map(|(at, _)| at);
    let ends_key = key_end(text);
    let mut found = every(source, span, |at, c| match kind(c) {
        Some(Kind::Quote) => at == 0,
        Some(Kind::Blank | Kind::Invisible) => {
            at == 0 || Some(at) == last || is_line_break(c) || ends_key(at)
        }
        Some(Kind::Dash) => {
            at == 0
                && text
                    .chars()
                    .nth(1)
                    .is_some_and(|next| next == ' ' || is_blank(next))
        }
        Some(Kind::Colon) | None => false,
    });
    let found = found.next()?;
    Some(found.problem(found.fix_in(source, span)))
}

/// Other tools read these as the end of a line.
fn is_line_break(c: char) -> bool {
    matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Tells whether what stands before a place of a text ends a key; every place may be asked for.
fn key_end(text: &str) -> impl Fn(usize) -> bool {
    let stop = text.find([' ', '\\']).unwrap_or(text.len());
    move |at| at <= stop && text.get(..at).is_some_and(|before| before.ends_with(':'))
}

/// Look-alikes of one line that are mended at once.
const MOST: usize = 1000;

/// A look-alike that explains why a line cannot be read; quotes and comments are left alone.
pub(super) fn in_broken_line(source: &SourceFile, line: usize) -> Option<Diagnostic> {
    let span = without_comment(source, line);
    let text = source.slice(span);
    let mut quotes = Quotes::of(text);
    let mut mended = 0;
    let mut found = every(source, span, |at, c| {
        !quotes.hold(at, c) && kind(c).is_some()
    })
    .filter_map(|found| {
        let next = Some(found).filter(|found| found.span.start >= mended)?;
        let run = next.run(source);
        mended = run.end;
        Some((next, run))
    });
    let (first, _) = found.next()?;
    // Nothing can be said about the rest of the line until all of them are gone.
    let fix = found
        .take(MOST)
        .fold(first.fix(source), |fix, (next, run)| {
            let text = next.replacement(source, run)?.1;
            Some(fix?.and(run, text))
        });
    Some(first.problem(fix))
}

/// A look-alike that kept the line before from ending its key, so that it runs on into this one.
pub(super) fn before_broken_line(source: &SourceFile, line: usize) -> Option<Diagnostic> {
    let span = without_comment(source, line.checked_sub(1).filter(|before| *before > 0)?);
    let text = source.slice(span).trim_start();
    let span = Span::new(span.end - text.len(), span.end);
    let ends_key = key_end(text);
    let mut found = every(source, span, |at, c| {
        kind(c) == Some(Kind::Colon) || is_blank(c) && ends_key(at)
    });
    let found = found.next()?;
    Some(found.problem(found.fix(source)))
}

fn without_comment(source: &SourceFile, line: usize) -> Span {
    let span = source.line_span(line);
    let text = source.slice(span);
    let code = text.split_once(" #").map_or(text, |(code, _)| code);
    Span::new(span.start, span.start + code.len())
}

/// The plain quotes of a line, single and double, as far as its characters have been passed.
struct Quotes([Quote; 2]);

struct Quote {
    c: char,
    /// One stands before, and its partner was not passed.
    open: bool,
    last: Option<usize>,
}

impl Quotes {
    fn of(line: &str) -> Self {
        Self(['\'', '"'].map(|c| Quote {
            c,
            open: false,
            last: line.rfind(c),
        }))
    }

    /// Passes the next character, and tells whether it stands between two quotes.
    fn hold(&mut self, at: usize, c: char) -> bool {
        let Self(quotes) = self;
        let held = quotes
            .iter()
            .any(|quote| quote.open && quote.last >= Some(at));
        for quote in quotes.iter_mut().filter(|quote| quote.c == c) {
            quote.open = !quote.open;
        }
        held
    }
}

/// A look-alike and where it stands.
struct Found {
    span: Span,
    c: char,
    kind: Kind,
}

/// The look-alikes of a span that pass a test, which is given their place in it.
fn every(
    source: &SourceFile,
    span: Span,
    mut test: impl FnMut(usize, char) -> bool,
) -> impl Iterator<Item = Found> {
    let characters = source.slice(span).char_indices();
    let tested = characters.filter(move |(at, c)| test(*at, *c));
    tested.filter_map(move |(at, c)| {
        let start = span.start + at;
        let kind = kind(c)?;
        Some(Found {
            span: Span::new(start, start + c.len_utf8()),
            c,
            kind,
        })
    })
}

impl Found {
    fn problem(&self, fix: Option<Fix>) -> Diagnostic {
        let problem = report(self.span.start, self.c, looks_like(self.kind));
        match fix {
            Some(fix) => problem.fix(fix),
            None => problem,
        }
    }

    /// The fix within a whole key or value, where a quote can be told from its partner.
    fn fix_in(&self, source: &SourceFile, value: Span) -> Option<Fix> {
        match self.kind {
            Kind::Quote => plain_quotes(source, value),
            Kind::Blank | Kind::Invisible | Kind::Dash | Kind::Colon => self.fix(source),
        }
    }

    fn fix(&self, source: &SourceFile) -> Option<Fix> {
        let run = self.run(source);
        let (title, text) = self.replacement(source, run)?;
        Some(Fix::safe(title, run, text))
    }

    /// The character with all equal ones beside it, if it is taken for a blank or for nothing.
    fn run(&self, source: &SourceFile) -> Span {
        let Span { start, end } = self.span;
        let sides = source.text().split_at_checked(end);
        let (before, after) = sides.filter(|_| is_blank(self.c)).unwrap_or_default();
        let rest = |side: &str, trimmed: &str| side.len() - trimmed.len();
        Span::new(
            start.min(end - rest(before, before.trim_end_matches(self.c))),
            end + rest(after, after.trim_start_matches(self.c)),
        )
    }

    /// What to do with a run, and the plain characters, with the blank that a key needs behind its colon.
    fn replacement(&self, source: &SourceFile, run: Span) -> Option<(&'static str, String)> {
        let (before, _) = source.text().split_at_checked(run.start)?;
        let (_, after) = source.text().split_at_checked(run.end)?;
        let count = run.len() / self.c.len_utf8();
        let separated = after.is_empty() || after.starts_with([' ', '\n', '\r']);
        let (title, text) = match self.kind {
            Kind::Quote => return None,
            // Where the line should end is for a person to say.
            Kind::Invisible if is_line_break(self.c) => return None,
            Kind::Invisible if separated || !before.ends_with(':') => ("remove it", ""),
            Kind::Blank if count > 1 => return Some(("write plain blanks", " ".repeat(count))),
            Kind::Blank | Kind::Invisible => ("write a plain blank", " "),
            Kind::Dash => ("write `-`", "-"),
            Kind::Colon if separated => ("write `:`", ":"),
            Kind::Colon => ("write `:` and a blank", ": "),
        };
        Some((title, text.to_owned()))
    }
}

/// Plain quotes for a pair of look-alikes around a whole value; single ones where `\` would begin an escape.
fn plain_quotes(source: &SourceFile, value: Span) -> Option<Fix> {
    let text = source.slice(value);
    let (first, last) = (text.chars().next()?, text.chars().next_back()?);
    let inner = text.strip_prefix(first)?.strip_suffix(last)?;
    let is_single = |c: char| matches!(c, '\u{2018}'..='\u{201A}');
    let quote = match is_single(first) || inner.contains('\\') {
        true => "'",
        false => "\"",
    };
    let pair = kind(last) == Some(Kind::Quote) && is_single(first) == is_single(last);
    let doubtful = |c| c == '\n' || kind(c) == Some(Kind::Quote);
    if !pair || inner.contains(quote) || inner.contains(doubtful) {
        return None;
    }
    let start = Span::new(value.start, value.start + first.len_utf8());
    let end = Span::new(value.end - last.len_utf8(), value.end);
    Some(Fix::safe("write plain quotes", start, quote).and(end, quote))
}

/// What to say of a character that looks like another, and what to do about it.
pub(crate) fn look_alike(c: char) -> Option<(String, String)> {
    TABLE.iter().any(|entry| entry.0 == c).then(|| told(c))
}

/// Says what the look-alike `c` at an offset is.
pub(crate) fn report(offset: usize, c: char, label: &str) -> Diagnostic {
    let (message, help) = told(c);
    LOOK_ALIKE
        .problem(message)
        .at(Span::new(offset, offset + c.len_utf8()), label)
        .help(help)
}

fn told(c: char) -> (String, String) {
    let entry = TABLE.iter().find(|entry| entry.0 == c);
    let (_, kind, name, twin) = entry.copied().unwrap_or((c, Kind::Invisible, "", ""));
    let shown = match kind {
        Kind::Quote | Kind::Dash | Kind::Colon => format!("`{c}` "),
        Kind::Blank | Kind::Invisible => String::new(),
    };
    let help = match twin {
        "" => "remove it".to_owned(),
        " " => "write a plain blank".to_owned(),
        "\n" => "write a plain line break".to_owned(),
        twin => format!("write `{twin}`"),
    };
    let code = u32::from(c);
    (
        format!("look-alike character {shown}(U+{code:04X}, {name})"),
        help,
    )
}

fn looks_like(kind: Kind) -> &'static str {
    match kind {
        Kind::Quote => "looks like a quote, but is part of the text",
        Kind::Blank => "looks like a blank, but is part of the text",
        Kind::Invisible => "cannot be seen, but is part of the text",
        Kind::Dash => "looks like `-`, but begins no list item",
        Kind::Colon => "looks like `:`, but ends no key",
    }
}

#[cfg(test)]
mod tests {
    use crate::check;

    /// The codes found in a file of these lines below a good start.
    fn codes(lines: &str) -> Vec<u16> {
        let text = format!(
            "name: shop\nroot: D:\\a\npython:\n  interpreter: D:\\a.exe\n  handler: a.b\n{lines}\n"
        );
        check("f", text.as_bytes(), &crate::Options::default())
            .diagnostics
            .iter()
            .map(|found| found.code.number())
            .collect()
    }

    #[test]
    fn look_alikes_are_found_where_they_change_the_meaning() {
        for lines in [
            "environment: {A: \u{201C}x\u{201D}}",
            "environment:\n\u{A0} A: x",
            "environment:\n  A:\u{A0}x",
            "environment:\n  A:\u{A0}x\n  B: y",
            "environment:\n  A\u{FF1A} x\n  B: y",
            "environment:\n  A: x\u{200B}",
            "environment:\n  \u{200B}A: x",
            "targets:\n  \u{2013} iis10",
            "targets:\n  \u{2022} iis10\n  \u{2022} iis6",
            "targets:\n\u{2014} iis10",
            "str\u{AD}eaming: true",
        ] {
            assert_eq!(codes(lines), [5], "{lines:?}");
        }
    }

    #[test]
    fn look_alikes_within_values_quotes_and_comments_are_text() {
        for lines in [
            "environment: {A: we say \u{201C}x\u{201D}}",
            "environment: {A: '\u{201C}x\u{201D}'}",
            "environment: {A: \"\u{A0}\"}",
            "environment: {A: 10\u{A0}000}",
            "environment: {A: \u{2013}}",
            "# \u{201C}x\u{201D} \u{2013} \u{A0}",
        ] {
            assert_eq!(codes(lines), Vec::<u16>::new(), "{lines:?}");
        }
    }

    /// The lines with the fix of the first problem in them.
    fn fixed(lines: &str) -> String {
        let checked = check("f", lines.as_bytes(), &crate::Options::default());
        let fix = checked
            .diagnostics
            .first()
            .and_then(|found| found.fix.as_ref());
        assert!(fix.is_none_or(|fix| fix.safe));
        crate::Fix::apply(lines, fix).0
    }

    #[test]
    fn what_is_meant_is_written() {
        for (lines, expected) in [
            ("A: \u{201C}x\u{201D}", "A: \"x\""),
            ("A: \u{2018}x\u{2019}", "A: 'x'"),
            ("A: \u{201C}D:\\new\u{201D}", "A: 'D:\\new'"),
            ("{\u{201C}A\u{201D}: x}", "{\"A\": x}"),
            ("A:\u{A0}x", "A: x"),
            ("A:\u{200B}x", "A: x"),
            ("A: x\u{200B}", "A: x"),
            ("A: x\u{200B}\u{200B}\u{200B}", "A: x"),
            ("\u{A0}\u{A0}A: x", "  A: x"),
            ("A\u{FF1A} x\nB: y", "A: x\nB: y"),
            ("A\u{FF1A}x\nB: y", "A: x\nB: y"),
            ("A:\n  \u{2013} x", "A:\n  - x"),
        ] {
            assert_eq!(fixed(lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn a_doubtful_one_is_left_to_a_person() {
        for lines in [
            "A: \u{201C}x",
            "A: \u{201C}x\u{2019}",
            "A: \u{201C}say \"x\"\u{201D}",
            "A: \u{201C}x\u{201D} \u{201C}y\u{201D}",
            "A: x\u{2028}B: y",
        ] {
            assert_eq!(fixed(lines), lines, "{lines:?}");
        }
    }

    #[test]
    fn a_harmless_one_is_not_blamed_for_another_mistake() {
        for lines in [
            "environment: {A: 'it\u{2019}s' x}",
            "environment:\n  A: it\u{2019}s\n   B: x: y",
            "streaming: true # \u{2013}\n  x: [",
        ] {
            assert_eq!(codes(lines), [4], "{lines:?}");
        }
    }
}
