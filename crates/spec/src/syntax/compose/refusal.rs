//! Where the YAML parser gives up: its reasons in our words, and the exact place.

use granit_parser::{ErrorKind, ScanError};

use super::{TAB_INDENTATION, TAG, TOO_DEEP, YAML_SYNTAX, line};
use crate::diag::Diagnostic;
use crate::source::{SourceFile, Span};
use crate::syntax::{lookalike, tabs};

/// Says why the text cannot be read on.
///
/// A look-alike or a tab on the line is the better explanation: what the parser stumbled over is its result.
pub(super) fn diagnose(source: &SourceFile, error: &ScanError) -> Diagnostic {
    let offset = error
        .marker()
        .byte_offset()
        .unwrap_or_default()
        .min(source.text().len());
    let place = visible(source, offset);
    if *error.kind() == ErrorKind::RecursionLimitExceeded {
        return too_deep(place);
    }
    let line = source.position(place.start).line;
    tab(source, line)
        // A value that goes on in the next line is named by its first.
        .or_else(|| tab(source, line + 1))
        .or_else(|| lookalike::in_broken_line(source, line))
        .or_else(|| lookalike::before_broken_line(source, line))
        .unwrap_or_else(|| syntax(source, error.kind(), place))
}

pub(super) fn too_deep(place: Span) -> Diagnostic {
    TOO_DEEP
        .problem("lists and keys are nested more than 64 deep")
        .at(place, "the limit is reached here")
        .help("no part of a spec is nested deeper than 4; check this place")
}

/// A tab in the indentation of a line.
fn tab(source: &SourceFile, line: usize) -> Option<Diagnostic> {
    let span = source.line_span(line);
    let text = source.slice(span);
    if text.trim().is_empty() {
        return None;
    }
    let blanks = text.len() - text.trim_start_matches([' ', '\t']).len();
    let at = text.get(..blanks)?.find('\t')?;
    let tabs = text
        .get(at..blanks)?
        .bytes()
        .take_while(|byte| *byte == b'\t')
        .count();
    let place = Span::new(span.start + at, span.start + at + tabs);
    let problem = TAB_INDENTATION
        .problem("a tab in the indentation")
        .at(place, "")
        .help("indent with blanks, two for each level");
    Some(match tabs::as_blanks(source) {
        Some(fix) => problem.fix(fix),
        None => problem,
    })
}

/// The character at an offset, or the last one before it if nothing but blanks follows.
fn visible(source: &SourceFile, offset: usize) -> Span {
    let text = source.text();
    let (before, after) = text.split_at_checked(offset).unwrap_or((text, ""));
    match after.chars().next().filter(|c| !c.is_whitespace()) {
        Some(c) => Span::new(offset, offset + c.len_utf8()),
        None => {
            let before = before.trim_end();
            let width = before.chars().next_back().map_or(0, char::len_utf8);
            Span::new(before.len() - width, before.len())
        }
    }
}

/// The rest of the line from a place on.
fn to_line_end(source: &SourceFile, place: Span) -> Span {
    let line = source.line_span(source.position(place.start).line);
    let rest = source.slice(Span::new(place.start, line.end));
    Span::new(
        place.start,
        place.start + rest.trim_end().len().max(place.len()),
    )
}

/// What happened, where, and what to do.
type Reason = (String, Span, String);

fn syntax(source: &SourceFile, kind: &ErrorKind, place: Span) -> Diagnostic {
    if is_bad_escape(kind) {
        return bad_escape(source, place);
    }
    if is_bad_tag(kind) {
        return bad_tag(place);
    }
    if let Some(problem) = line::slip(source, kind, place) {
        return problem;
    }
    let line = to_line_end(source, place);
    let (message, place, help) = bracket(kind, place)
        .or_else(|| quote(kind, place, line))
        .or_else(|| indentation(kind, place, line))
        .or_else(|| character(kind, place, source.slice(line)))
        .unwrap_or_else(|| {
            line::outdented(source, place).unwrap_or_else(|| {
                say(
                    "this is not YAML",
                    line,
                    "compare the line with one of the examples",
                )
            })
        });
    YAML_SYNTAX.problem(message).at(place, "").help(help)
}

fn bracket(kind: &ErrorKind, place: Span) -> Option<Reason> {
    use ErrorKind::*;
    let reason = match kind {
        UnclosedFlowCollection { open } => (
            format!("`{open}` is never closed"),
            place,
            format!("add `{}`", closing(*open)),
        ),
        MismatchedFlowCollectionEnd { open, close } => {
            let help = format!("write `{}`", closing(*open));
            (format!("`{open}` is closed by `{close}`"), place, help)
        }
        MisplacedFlowCollectionEnd => say(
            "a closing bracket without an opening one",
            place,
            "remove it",
        ),
        ExpectedFlowMappingSeparator | ExpectedFlowSequenceSeparator => say(
            "a comma or a closing bracket is missing before this",
            place,
            "add it",
        ),
        _ => return None,
    };
    Some(reason)
}

fn quote(kind: &ErrorKind, place: Span, line: Span) -> Option<Reason> {
    use ErrorKind::*;
    let reason = match kind {
        UnclosedQuotedScalar | DocumentIndicatorInQuotedScalar => {
            say("the quote is never closed", place, "close it, or remove it")
        }
        InvalidTrailingSingleQuotedScalar | InvalidTrailingDoubleQuotedScalar => {
            let help = "put the whole value into quotes, or none of it";
            say("text behind the closing quote", line, help)
        }
        InvalidBlockScalarHeader | ZeroBlockScalarIndent => {
            let message = "text behind `|` or `>`, which begin a block of lines";
            say(message, line, "put the value into single quotes")
        }
        _ => return None,
    };
    Some(reason)
}

fn indentation(kind: &ErrorKind, place: Span, line: Span) -> Option<Reason> {
    use ErrorKind::*;
    let help = "indent it as the lines it belongs to";
    let reason = match kind {
        SimpleKeyExpected | InvalidSimpleKey | ExpectedBlockMappingKey => {
            let help = "write a colon and a blank behind the key";
            say("a line that is no `key: value`", line, help)
        }
        MappingValueNotAllowed | InvalidColonPlacement => {
            let help = "indent the line as the key above it, or put a value with `: ` into quotes";
            say("a colon where no key can end", place, help)
        }
        MappingKeyNotAllowed
        | InvalidIndentation
        | InvalidFlowScalarIndent
        | InvalidQuotedScalarIndent
        | InvalidBlockScalarIndent => {
            say("the indentation does not fit the lines above", line, help)
        }
        ExpectedBlockSequenceEntry => say("a line that begins without `-` in a list", line, help),
        BlockSequenceEntryNotAllowed | BlockEntryInFlowCollection | InvalidBlockEntryWhitespace => {
            say(
                "`-` where no list can begin",
                place,
                "begin the list on a line of its own",
            )
        }
        _ => return None,
    };
    Some(reason)
}

fn character(kind: &ErrorKind, place: Span, rest: &str) -> Option<Reason> {
    use ErrorKind::*;
    let reason = match kind {
        UnexpectedCharacter { character } => {
            let message = format!("`{character}` cannot begin a value");
            let help = match variable_of_windows(rest) {
                Some(name) => format!(
                    "write the value itself, or `${{{name}}}` with `{name}` under `variables`"
                ),
                None => "put the value into single quotes".to_owned(),
            };
            (message, place, help)
        }
        InvalidMappingValueWhitespace => {
            say("no blank behind the colon", place, "write `key: value`")
        }
        CommentNotSeparated => say("no blank before the comment", place, "write ` #`"),
        _ => return None,
    };
    Some(reason)
}

/// The name in `%NAME%`, if a variable of ours can have it.
fn variable_of_windows(text: &str) -> Option<&str> {
    let (name, _) = text.strip_prefix('%')?.split_once('%')?;
    let fits = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let begins = name.starts_with(|c: char| !c.is_ascii_digit());
    (begins && name.chars().all(fits)).then_some(name)
}

fn is_bad_tag(kind: &ErrorKind) -> bool {
    use ErrorKind::*;
    matches!(
        kind,
        UndeclaredTagHandle
            | InvalidTagTerminator
            | MissingTagUri
            | ExpectedTagBang
            | InvalidGlobalTagCharacter
            | UnclosedVerbatimTag
            | InvalidTagEscape
    )
}

fn bad_tag(place: Span) -> Diagnostic {
    TAG.problem("`!` begins a tag, which is not allowed")
        .at(place, "")
        .help("put a text that begins with `!` into single quotes")
}

fn is_bad_escape(kind: &ErrorKind) -> bool {
    use ErrorKind::*;
    matches!(
        kind,
        UnknownQuotedScalarEscape
            | InvalidQuotedScalarHexEscape
            | InvalidLowSurrogateHexEscape
            | InvalidLowSurrogate
            | MissingLowSurrogate
            | UnpairedLowSurrogate
            | InvalidUnicodeEscape
    )
}

fn say(message: &str, place: Span, help: &str) -> (String, Span, String) {
    (message.to_owned(), place, help.to_owned())
}

fn closing(open: char) -> char {
    if open == '{' { '}' } else { ']' }
}

/// What to do about a path in double quotes.
const ORDINARY: &str = "use single quotes or none: then `\\` is an ordinary character";

/// Points at the escape itself; the parser names the quote that begins the value.
fn bad_escape(source: &SourceFile, quote: Span) -> Diagnostic {
    let place = find_bad_escape(source, quote).unwrap_or(quote);
    // A quote that stays open swallows the lines below it; the first `\` there is not the mistake.
    let rest = to_line_end(source, quote);
    if place.start >= rest.end && !source.slice(rest).ends_with('\\') {
        let help = match source.slice(rest).ends_with("\\\"") {
            true => ORDINARY,
            false => "close it, or remove it",
        };
        return YAML_SYNTAX
            .problem("the quote is never closed")
            .at(quote, "")
            .help(help);
    }
    YAML_SYNTAX
        .problem(format!(
            "`{}` is no escape that double quotes know",
            source.slice(place)
        ))
        .at(place, "`\\` begins an escape here")
        .help(ORDINARY)
}

fn find_bad_escape(source: &SourceFile, quote: Span) -> Option<Span> {
    let mut rest = source.text().get(quote.end..)?;
    loop {
        let at = rest.find('\\')?;
        let start = source.text().len() - rest.len() + at;
        let after = rest.get(at + 1..)?;
        let c = after.chars().next()?;
        rest = after.get(c.len_utf8()..)?;
        let digits = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        let good = match c {
            'x' => digits >= 2,
            'u' => digits >= 4,
            'U' => digits >= 8,
            _ => "0abt\tnvfe \"/\\N_LP\r\n".contains(c),
        };
        if !good {
            return Some(Span::new(start, start + 1 + c.len_utf8()));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check;

    /// The short form of the only problem, and the marked text.
    fn judged(text: &str) -> (String, String) {
        let checked = check("f", text.as_bytes(), &crate::Options::default());
        let shown: Vec<String> = checked
            .diagnostics
            .iter()
            .map(|found| found.short(&checked.source))
            .collect();
        let span = checked
            .diagnostics
            .first()
            .and_then(crate::Diagnostic::span);
        let marked = span
            .map(|span| checked.source.slice(span))
            .unwrap_or_default();
        (shown.join("; "), marked.to_owned())
    }

    #[test]
    fn each_slip_is_named_at_its_place() {
        for (text, message, marked) in [
            (
                "a: [1, 2\n",
                "f:1:4: error[IISC0004]: `[` is never closed",
                "[",
            ),
            (
                "a: [1, 2}\n",
                "f:1:4: error[IISC0004]: `[` is closed by `}`",
                "[",
            ),
            (
                "a: 'x\n",
                "f:1:4: error[IISC0004]: the quote is never closed",
                "'",
            ),
            (
                "a: 'x' y\n",
                "f:1:8: error[IISC0004]: text behind the closing quote",
                "y",
            ),
            (
                "a: b: c\n",
                "f:1:5: error[IISC0004]: a colon where no key can end",
                ":",
            ),
            (
                "a: 1\nb\nc: 2\n",
                "f:2:1: error[IISC0004]: a line that is no `key: value`",
                "b",
            ),
            (
                "a: @x\n",
                "f:1:4: error[IISC0004]: `@` cannot begin a value",
                "@",
            ),
            (
                "é: \"D:\\\\x\\users\"\n",
                "f:1:10: error[IISC0004]: `\\u` is no escape that double quotes know",
                "\\u",
            ),
            (
                "- a\nb: 1\n",
                "f:2:1: error[IISC0004]: a line that begins without `-` in a list",
                "b: 1",
            ),
            (
                "a:\n\tb: 1\n",
                "f:2:1: error[IISC0006]: a tab in the indentation",
                "\t",
            ),
            (
                "a:\n  b: 1\n \t c: 1\n",
                "f:3:2: error[IISC0006]: a tab in the indentation",
                "\t",
            ),
            (
                "a: !x!y z\n",
                "f:1:4: error[IISC0011]: `!` begins a tag, which is not allowed",
                "!",
            ),
        ] {
            assert_eq!(
                judged(text),
                (message.to_owned(), marked.to_owned()),
                "{text:?}"
            );
        }
    }
}
