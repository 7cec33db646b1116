//! The command line and the quotes that a descriptor is pasted with.

use super::EXAMPLE;
use super::piece::Piece;
use crate::sddl::SddlError;
use crate::syntax::look_alike;

/// The switch of `cacls` that takes a descriptor.
const SWITCH: &str = "/s:";

/// Switches that edit a list, while [`SWITCH`] replaces it (section 9.4 of the IIS fact sheet).
const EDITS: [&str; 5] = ["/E", "/G", "/R", "/P", "/D"];

/// The descriptor in a pasted text; `None` if it is not worth reading.
pub(super) fn descriptor<'a>(text: Piece<'a>, errors: &mut Vec<SddlError>) -> Option<Piece<'a>> {
    let lower = text.text().to_ascii_lowercase();
    let (inner, around) = match lower.find(SWITCH) {
        Some(at) => {
            let (command, rest) = text.cut(at);
            let own = command.text().to_ascii_lowercase().rfind("cacls");
            let (_, command) = command.cut(own.unwrap_or_default());
            lost_backslashes(command, errors);
            let quoted = unquote(rest.cut(SWITCH.len()).1, true, errors);
            (quoted.inner, vec![command, quoted.behind])
        }
        None if lower.contains("cacls") => {
            errors.push(no_descriptor(text.trim(), &lower));
            return None;
        }
        None => {
            let quoted = unquote(text.trim(), false, errors);
            if !quoted.behind.trim().is_empty() {
                let behind = quoted.behind.trim();
                let message = format!("`{}` stands behind the descriptor", behind.shown());
                errors.push(behind.error(message, "remove it"));
            }
            (quoted.inner, Vec::new())
        }
    };
    for piece in around {
        look_alikes(piece, is_odd_quote, errors);
        edits(piece, errors);
    }
    let odd = look_alikes(inner, |_| true, errors);
    if inner.is_empty() && errors.is_empty() {
        let help = format!("write one, such as `{EXAMPLE}`");
        errors.push(text.error("there is no descriptor", help));
    }
    (!odd && !inner.is_empty()).then_some(inner)
}

fn no_descriptor(text: Piece<'_>, lower: &str) -> SddlError {
    if lower.contains("icacls") {
        return text.error(
            "`icacls` takes no security descriptor",
            format!("write the descriptor itself, such as `{EXAMPLE}`"),
        );
    }
    text.error(
        "the command has no `/S:` with a security descriptor",
        format!("write `/S:\"{EXAMPLE}\"` behind the folder"),
    )
}

/// A text between quotes, and what follows them.
struct Quoted<'a> {
    inner: Piece<'a>,
    behind: Piece<'a>,
}

/// Takes quotes off. Typographic ones count, so that what is between them is read too. Without quotes, a descriptor
/// of a command ends at a blank.
fn unquote<'a>(text: Piece<'a>, in_command: bool, errors: &mut Vec<SddlError>) -> Quoted<'a> {
    let (escaped, from_quote) = match text.text().strip_prefix('\\') {
        Some(rest) if rest.starts_with(is_quote) => text.cut(1),
        Some(_) | None => text.cut(0),
    };
    kept_backslash(escaped, errors);
    if !from_quote.text().starts_with(is_quote) {
        let bare = from_quote.text();
        let end = match in_command {
            true => bare.find(|c: char| is_quote(c) || c.is_whitespace()),
            false => Some(bare.trim_end_matches(is_quote).len()),
        };
        let (inner, behind) = from_quote.cut(end.unwrap_or(bare.len()));
        return Quoted { inner, behind };
    }
    let (quote, rest) = from_quote.take(1);
    look_alikes(quote, is_odd_quote, errors);
    let closes = |c: char| match quote.text() {
        "\"" | "'" => quote.text().starts_with(c) || is_odd_quote(c),
        _ => is_quote(c),
    };
    let Some(end) = rest.text().find(closes) else {
        errors.push(quote.error(
            "the quote is not closed",
            "write `\"` behind the descriptor",
        ));
        let (inner, behind) = rest.cut(rest.text().len());
        return Quoted { inner, behind };
    };
    let (inner, behind) = rest.cut(end);
    let (closing, behind) = behind.take(1);
    look_alikes(closing, is_odd_quote, errors);
    let (inner, escaped) = inner.cut(inner.text().trim_end_matches('\\').len());
    kept_backslash(escaped, errors);
    Quoted { inner, behind }
}

fn kept_backslash(escaped: Piece<'_>, errors: &mut Vec<SddlError>) {
    if !escaped.is_empty() {
        errors.push(escaped.error("a backslash stands before a quote", "remove the backslash"));
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'') || is_odd_quote(c)
}

/// Quotes of word processors and web pages.
fn is_odd_quote(c: char) -> bool {
    matches!(c, '\u{2018}'..='\u{201A}' | '\u{201C}'..='\u{201E}' | '\u{AB}' | '\u{BB}')
}

/// Reports characters that look like others; true if there are any.
fn look_alikes(piece: Piece<'_>, test: impl Fn(char) -> bool, errors: &mut Vec<SddlError>) -> bool {
    let before = errors.len();
    for (at, c) in piece.text().char_indices().filter(|(_, c)| test(*c)) {
        if let Some((message, help)) = look_alike(c) {
            let (one, _) = piece.cut(at).1.take(1);
            errors.push(one.error(message, help));
        }
    }
    errors.len() > before
}

/// `C:Inetpubwwwroot`, as a web page shows `C:\Inetpub\wwwroot`.
fn lost_backslashes(command: Piece<'_>, errors: &mut Vec<SddlError>) {
    for word in command.split('"').into_iter().flat_map(Piece::words) {
        let mut chars = word.text().chars();
        let drive = chars.next().is_some_and(|c| c.is_ascii_alphabetic());
        let colon = chars.next() == Some(':');
        let bare = chars.next().is_some_and(|c| !matches!(c, '\\' | '/' | '>'));
        if drive && colon && bare {
            let message = format!("`{}` has lost its backslashes", word.shown());
            errors.push(word.error(
                message,
                "write `\\` behind the colon and between the folders",
            ));
        }
    }
}

/// Switches of `cacls` outside of quotes that do not go with a descriptor.
fn edits(piece: Piece<'_>, errors: &mut Vec<SddlError>) {
    let outside = piece.split('"').into_iter().step_by(2);
    for word in outside.flat_map(Piece::words) {
        let upper = word.text().to_uppercase();
        if EDITS.contains(&upper.as_str()) {
            let message = format!("`cacls` does not take `{}` beside `/S`", word.shown());
            errors.push(word.error(message, "remove it with the name that follows it"));
        }
    }
}
