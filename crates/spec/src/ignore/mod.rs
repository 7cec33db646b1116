//! `# iisc-ignore IISC0213: why`: a problem that the file's author has looked at and accepts.
//!
//! The comment stands behind the line that the problem begins on, or alone above it. It silences a kind of problem
//! there and nowhere else, and only with a reason. Comments that silence nothing are problems of their own, so
//! that none outlives what it was written for.

mod comment;

use self::comment::{Comment, Named, WORD};
use crate::diag::{Diagnostic, Level};
use crate::rules::{self, Phase, Rule};
use crate::source::SourceFile;
use crate::suggest::nearest;
use crate::syntax;

pub(crate) static WITHOUT_REASON: Rule = Rule::advice(
    16,
    "ignore-without-reason",
    Level::Warning,
    include_str!("ignore-without-reason.md"),
    Phase::Text,
);
pub(crate) static UNUSED: Rule = Rule::advice(
    17,
    "unused-ignore",
    Level::Warning,
    include_str!("unused-ignore.md"),
    Phase::Text,
);
pub(crate) static FIRM: Rule = Rule::advice(
    18,
    "firm-ignore",
    Level::Warning,
    include_str!("firm-ignore.md"),
    Phase::Text,
);
pub(crate) static UNKNOWN_CODE: Rule = Rule::advice(
    19,
    "unknown-code-ignored",
    Level::Warning,
    include_str!("unknown-code-ignored.md"),
    Phase::Text,
);

/// Takes out of `found` what the comments of a file silence, and adds what is wrong with those comments.
///
/// `complete` is true if everything in the file was looked at; otherwise nobody knows which comments are unused.
pub(crate) fn apply(source: &SourceFile, found: &mut Vec<Diagnostic>, complete: bool) {
    if !source.text().contains(WORD) {
        return;
    }
    let mut problems = Vec::new();
    for comment in comment::comments(source, &syntax::comments(source)) {
        problems.extend(judge(source, &comment, found, complete));
    }
    found.extend(problems);
}

/// True if a comment of the file silences a problem that was found later than the others.
pub(crate) fn silences(source: &SourceFile, problem: &Diagnostic) -> bool {
    if !source.text().contains(WORD) {
        return false;
    }
    let names = |named: &Named| {
        let rule = rules::find(&named.text);
        rule.is_some_and(|rule| rule.code == problem.code && !rule.firm)
    };
    let comments = comment::comments(source, &syntax::comments(source));
    let mut reasoned = comments.iter().filter(|comment| comment.has_reason);
    reasoned.any(|comment| {
        line(source, problem) == Some(comment.line) && comment.named.iter().any(names)
    })
}

/// Silences what one comment names, and gives what is wrong with it.
fn judge(
    source: &SourceFile,
    comment: &Comment,
    found: &mut Vec<Diagnostic>,
    complete: bool,
) -> Vec<Diagnostic> {
    if !comment.has_reason {
        let code = comment
            .named
            .first()
            .map_or("IISC0213", |named| &named.text);
        let problem = WITHOUT_REASON
            .problem(format!("the `{WORD}` gives no reason"))
            .at(comment.span, "silences nothing")
            .help(format!(
                "write `# {WORD} {code}: ` and why this is right here"
            ));
        return vec![problem];
    }
    let named = comment.named.iter();
    let judged = named.filter_map(|named| match rules::find(&named.text) {
        None => Some(unknown(named)),
        Some(rule) if rule.firm => Some(firm(named, rule)),
        Some(rule) => {
            let before = found.len();
            found.retain(|problem| {
                problem.code != rule.code || line(source, problem) != Some(comment.line)
            });
            // What is between files is looked for later, and only if there are several.
            let looked_for = complete && !matches!(rule.phase, Phase::Between);
            (looked_for && found.len() == before).then(|| unused(named, rule, comment.line))
        }
    });
    judged.collect()
}

/// The line that a problem begins on.
fn line(source: &SourceFile, problem: &Diagnostic) -> Option<usize> {
    problem.span().map(|span| source.position(span.start).line)
}

fn unknown(named: &Named) -> Diagnostic {
    let codes: Vec<String> = rules::CATALOGUE
        .iter()
        .map(|rule| rule.code.to_string())
        .collect();
    let slugs = rules::CATALOGUE.iter().map(|rule| rule.slug);
    let known = codes.iter().map(String::as_str).chain(slugs);
    let help = match nearest(&named.text, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write the code that stands in brackets before the message".to_owned(),
    };
    UNKNOWN_CODE
        .problem(format!("there is no problem `{}`", named.text))
        .at(named.span, "silences nothing")
        .help(help)
}

fn firm(named: &Named, rule: &Rule) -> Diagnostic {
    FIRM.problem(format!("{} cannot be ignored", rule.code))
        .at(named.span, rule.when_to_allow())
        .help("correct the problem, and remove the code here")
}

fn unused(named: &Named, rule: &Rule, line: usize) -> Diagnostic {
    UNUSED
        .problem(format!("no {} begins on line {line}", rule.code))
        .at(named.span, "silences nothing")
        .help("remove it, or move it to the line of the problem")
}

#[cfg(test)]
mod tests;
