//! Characters that look like others and come with text from a blog or a word processor (`P09`).
//!
//! They are reported only where they change what the file means; inside a value they are text like any other.

use crate::diag::Diagnostic;
use crate::rules::{Phase, Rule};
use crate::source::{SourceFile, Span};

pub(crate) static LOOK_ALIKE: Rule =
    Rule::error(5, "look-alike", include_str!("look-alike.md"), Phase::Text);

/// What a character is taken for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Quote,
    Blank,
    Invisible,
    Dash,
    Colon,
}

/// Each look-alike with its name and what to write instead.
const TABLE: &[(char, Kind, &str, &str)] = &[
    (
        '\u{201C}',
        Kind::Quote,
        "left double quotation mark",
        "write `\"`",
    ),
    (
        '\u{201D}',
        Kind::Quote,
        "right double quotation mark",
        "write `\"`",
    ),
    (
        '\u{201E}',
        Kind::Quote,
        "low double quotation mark",
        "write `\"`",
    ),
    (
        '\u{2018}',
        Kind::Quote,
        "left single quotation mark",
        "write `'`",
    ),
    (
        '\u{2019}',
        Kind::Quote,
        "right single quotation mark",
        "write `'`",
    ),
    (
        '\u{201A}',
        Kind::Quote,
        "low single quotation mark",
        "write `'`",
    ),
    (
        '\u{AB}',
        Kind::Quote,
        "left angle quotation mark",
        "write `\"`",
    ),
    (
        '\u{BB}',
        Kind::Quote,
        "right angle quotation mark",
        "write `\"`",
    ),
    (
        '\u{A0}',
        Kind::Blank,
        "no-break space",
        "write a plain blank",
    ),
    (
        '\u{2007}',
        Kind::Blank,
        "figure space",
        "write a plain blank",
    ),
    (
        '\u{202F}',
        Kind::Blank,
        "narrow no-break space",
        "write a plain blank",
    ),
    (
        '\u{3000}',
        Kind::Blank,
        "ideographic space",
        "write a plain blank",
    ),
    ('\u{200B}', Kind::Invisible, "zero width space", "remove it"),
    (
        '\u{200C}',
        Kind::Invisible,
        "zero width non-joiner",
        "remove it",
    ),
    (
        '\u{200D}',
        Kind::Invisible,
        "zero width joiner",
        "remove it",
    ),
    ('\u{2060}', Kind::Invisible, "word joiner", "remove it"),
    ('\u{FEFF}', Kind::Invisible, "byte order mark", "remove it"),
    ('\u{AD}', Kind::Invisible, "soft hyphen", "remove it"),
    (
        '\u{85}',
        Kind::Invisible,
        "next line",
        "write a plain line break",
    ),
    (
        '\u{2028}',
        Kind::Invisible,
        "line separator",
        "write a plain line break",
    ),
    (
        '\u{2029}',
        Kind::Invisible,
        "paragraph separator",
        "write a plain line break",
    ),
    ('\u{2010}', Kind::Dash, "hyphen", "write `-`"),
    ('\u{2011}', Kind::Dash, "non-breaking hyphen", "write `-`"),
    ('\u{2013}', Kind::Dash, "en dash", "write `-`"),
    ('\u{2014}', Kind::Dash, "em dash", "write `-`"),
    ('\u{2022}', Kind::Dash, "bullet", "write `-`"),
    ('\u{2212}', Kind::Dash, "minus sign", "write `-`"),
    ('\u{FF1A}', Kind::Colon, "fullwidth colon", "write `:`"),
    ('\u{2236}', Kind::Colon, "ratio", "write `:`"),
];

fn kind(c: char) -> Option<Kind> {
    TABLE.iter().find(|entry| entry.0 == c).map(|entry| entry.1)
}

fn is_blank(c: char) -> bool {
    matches!(kind(c), Some(Kind::Blank | Kind::Invisible))
}

/// A look-alike in an unquoted key or in a file that is one text: none belongs there.
pub(super) fn in_key(source: &SourceFile, span: Span) -> Option<Diagnostic> {
    first(source, span, |_, c| kind(c).is_some())
}

/// A look-alike that changes what an unquoted value means.
pub(super) fn in_value(source: &SourceFile, span: Span) -> Option<Diagnostic> {
    let text = source.slice(span);
    let last = text.char_indices().next_back().map(|(at, _)| at);
    first(source, span, |at, c| match kind(c) {
        Some(Kind::Quote) => at == 0,
        Some(Kind::Blank | Kind::Invisible) => {
            at == 0 || Some(at) == last || is_line_break(c) || text.get(..at).is_some_and(ends_key)
        }
        Some(Kind::Dash) => {
            at == 0
                && text
                    .chars()
                    .nth(1)
                    .is_some_and(|next| next == ' ' || is_blank(next))
        }
        Some(Kind::Colon) | None => false,
    })
}

/// Other tools read these as the end of a line.
fn is_line_break(c: char) -> bool {
    matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn ends_key(before: &str) -> bool {
    before.ends_with(':') && !before.contains([' ', '\\'])
}

/// A look-alike that explains why a line cannot be read; quotes and comments are left alone.
pub(super) fn in_broken_line(source: &SourceFile, line: usize) -> Option<Diagnostic> {
    let span = without_comment(source, line);
    let text = source.slice(span);
    first(source, span, |at, c| {
        kind(c).is_some() && !is_quoted(text, at)
    })
}

/// A look-alike that kept the line before from ending its key, so that it runs on into this one.
pub(super) fn before_broken_line(source: &SourceFile, line: usize) -> Option<Diagnostic> {
    let span = without_comment(source, line.checked_sub(1).filter(|before| *before > 0)?);
    let text = source.slice(span).trim_start();
    let span = Span::new(span.end - text.len(), span.end);
    first(source, span, |at, c| {
        kind(c) == Some(Kind::Colon) || is_blank(c) && text.get(..at).is_some_and(ends_key)
    })
}

fn without_comment(source: &SourceFile, line: usize) -> Span {
    let span = source.line_span(line);
    let text = source.slice(span);
    let code = text.split_once(" #").map_or(text, |(code, _)| code);
    Span::new(span.start, span.start + code.len())
}

/// True between two plain quotes of a line.
fn is_quoted(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let between = |quote: char| before.matches(quote).count() % 2 == 1 && after.contains(quote);
    between('\'') || between('"')
}

fn first(
    source: &SourceFile,
    span: Span,
    test: impl Fn(usize, char) -> bool,
) -> Option<Diagnostic> {
    let (at, c) = source
        .slice(span)
        .char_indices()
        .find(|(at, c)| test(*at, *c))?;
    let (_, kind, name, help) = TABLE.iter().find(|entry| entry.0 == c)?;
    let shown = match kind {
        Kind::Quote | Kind::Dash | Kind::Colon => format!("`{c}` "),
        Kind::Blank | Kind::Invisible => String::new(),
    };
    let problem = LOOK_ALIKE
        .problem(format!(
            "look-alike character {shown}(U+{:04X}, {name})",
            u32::from(c)
        ))
        .at(
            Span::new(span.start + at, span.start + at + c.len_utf8()),
            looks_like(*kind),
        )
        .help(*help);
    Some(problem)
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
