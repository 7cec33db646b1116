//! `restart.pattern` matches some file.

use super::restart_pattern::is_refused;
use super::{Document, Phase, Rule, Sink};
use crate::diag::{Diagnostic, Fix, Level};
use crate::pyregex::Pattern;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    209,
    "never-matches",
    Level::Warning,
    include_str!("never-matches.md"),
    Phase::Meaning(check),
);

/// Extensions that people watch; no file is called by one of them alone.
const EXTENSIONS: [&str; 14] = [
    "py", "pyw", "pyd", "config", "cnf", "cfg", "conf", "ini", "toml", "json", "yaml", "yml",
    "html", "txt",
];

fn check(document: &Document<'_>, sink: &mut Sink) {
    let restart = document.spec.restart.as_ref();
    let Some(text) = restart.and_then(|restart| restart.pattern.as_ref()) else {
        return;
    };
    let Ok(pattern) = Pattern::parse(text.as_str()) else {
        return;
    };
    if is_extension_alone(&pattern) {
        sink.push(extension(
            document,
            text.as_str(),
            pattern.has_alternatives(),
        ));
    } else if !pattern.can_match_a_path() && !text.as_str().contains(is_refused) {
        let place = KeyPath::of("restart.pattern");
        let (label, help) = reason(text.as_str());
        let problem = RULE
            .problem("no path matches `restart.pattern`")
            .at(document.tree.place(&place), label)
            .help(help);
        sink.push(problem);
    }
}

/// True for a pattern that wants `.py` where a path begins.
fn is_extension_alone(pattern: &Pattern) -> bool {
    let matches = |text: String| pattern.matches_start(&text) == Some(true);
    let alone = EXTENSIONS.iter().any(|end| matches(format!(".{end}")));
    let behind = |end: &str| matches(format!("x.{end}")) || matches(format!(r"shop\x.{end}"));
    alone && !EXTENSIONS.iter().any(|end| behind(end))
}

fn extension(document: &Document<'_>, text: &str, has_alternatives: bool) -> Diagnostic {
    let place = KeyPath::of("restart.pattern");
    let better = with_any_text(text, has_alternatives);
    let span = document.part(&place, 0..text.len());
    let problem = RULE
        .problem("`restart.pattern` matches no file that has a name before its extension")
        .at(
            span,
            "matched from the start of the path, where the name stands",
        )
        .help(format!("write `{better}`"));
    let written = match document.is_double_quoted(&place) {
        true => better.replace('\\', r"\\"),
        false => better,
    };
    match document.source.slice(span) == text && !text.contains('\'') {
        true => problem.fix(Fix::to_review("match any text before", span, written)),
        false => problem,
    }
}

/// The pattern with `.*` before it, behind flags for the whole of it.
fn with_any_text(text: &str, has_alternatives: bool) -> String {
    let flags = text
        .starts_with("(?")
        .then(|| text.find(')'))
        .flatten()
        .filter(|end| text.get(2..*end).is_some_and(is_flags))
        .map_or(0, |end| end + 1);
    let (flags, rest) = text.split_at_checked(flags).unwrap_or(("", text));
    let rest = rest.trim_start_matches('^').trim_start_matches(r"\A");
    let rest = match rest.strip_prefix('.') {
        Some(rest) => format!(r"\.{rest}"),
        None => rest.to_owned(),
    };
    // An alternative would not be behind the text that is put before.
    match has_alternatives {
        true => format!("{flags}.*(?:{rest})"),
        false => format!("{flags}.*{rest}"),
    }
}

fn is_flags(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Why no path matches, and what to write instead.
fn reason(text: &str) -> (&'static str, &'static str) {
    let bare = text.trim_start_matches('^');
    let drive = bare.get(1..2) == Some(":");
    if bare.starts_with(r"\\") {
        return (
            "a path relative to the root does not begin with a backslash",
            "write the pattern from the first folder below the root on",
        );
    }
    if drive {
        return (
            "the path is relative to the root, without a drive",
            "write the pattern from the first folder below the root on",
        );
    }
    if text.contains('/') {
        return (
            "between folders is `\\`, never `/`",
            "write `\\\\` between folders",
        );
    }
    (
        "asks for what no path has",
        "write a pattern such as `.*\\.py$`, or file patterns under `include`",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, check};

    fn help(pattern: &str) -> Option<String> {
        let text = format!(
            "name: a\nroot: D:\\a\npython: {{interpreter: D:\\a.exe, handler: a.b}}\nrestart:\n  pattern: '{pattern}'\n"
        );
        let checked = check("f", text.as_bytes(), &Options::default());
        let found = checked
            .diagnostics
            .iter()
            .find(|found| found.code == RULE.code)?;
        found.help.clone()
    }

    #[test]
    fn what_is_anchored_at_the_start_gets_any_text_before() {
        for (pattern, better) in [
            (r"\.py$", r"write `.*\.py$`"),
            (r"(?i)\.(py|config)$", r"write `(?i).*\.(py|config)$`"),
            (r"^\.py", r"write `.*\.py`"),
            (r".py$", r"write `.*\.py$`"),
            (r"\.py$|\.config$", r"write `.*(?:\.py$|\.config$)`"),
        ] {
            assert_eq!(help(pattern).as_deref(), Some(better), "{pattern}");
        }
    }

    #[test]
    fn what_matches_something_is_left_alone() {
        for pattern in [
            r".*\.py$",
            r"\.env$",
            "app.py",
            r"(shop\\)?app\.py",
            "(a)\\1",
            ".*",
        ] {
            assert_eq!(help(pattern), None, "{pattern}");
        }
        for pattern in ["shop/app.py", r"\\shop", r"D:\\apps", "a^"] {
            assert!(help(pattern).is_some(), "{pattern}");
        }
    }
}
