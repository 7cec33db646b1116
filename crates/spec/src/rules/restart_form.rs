//! `restart` says in one way which files are watched.

use super::{Document, Phase, Rule, Sink};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    207,
    "restart-form",
    include_str!("restart-form.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(restart) = &document.spec.restart else {
        return;
    };
    let key = |name: &str| {
        let path = KeyPath::of(name);
        let span = document.tree.key_span(&path);
        span.unwrap_or_else(|| document.tree.place(&path))
    };
    let (include, exclude) = (!restart.include.is_empty(), !restart.exclude.is_empty());
    let problem = match (restart.pattern.is_some(), include, exclude) {
        (true, false, false) | (false, true, _) => return,
        (true, _, _) => {
            let name = if include { "include" } else { "exclude" };
            RULE.problem(format!("`restart` has both a `pattern` and `{name}`"))
                .at(
                    key(&format!("restart.{name}")),
                    "has no effect beside a pattern",
                )
                .with(key("restart.pattern"), "the pattern")
                .help("keep `pattern`, or `include` and `exclude`")
        }
        (false, false, true) => RULE
            .problem("`restart.exclude` has nothing to take files from")
            .at(key("restart.exclude"), "without `include`")
            .help("add `include: [\"**/*.py\"]` above it"),
        (false, false, false) => RULE
            .problem("`restart` names no files")
            .at(key("restart"), "nothing would be watched")
            .help("add `include: [\"**/*.py\"]` below it, or remove it"),
    };
    sink.push(problem);
}

#[cfg(test)]
mod tests {
    use crate::{Options, check};

    #[test]
    fn each_form_that_says_nothing_is_refused() {
        for (restart, expected) in [
            (
                "{include: ['*.py'], pattern: x}",
                "`restart` has both a `pattern` and `include`",
            ),
            (
                "{exclude: ['*.py'], pattern: x}",
                "`restart` has both a `pattern` and `exclude`",
            ),
            (
                "{exclude: ['*.py']}",
                "`restart.exclude` has nothing to take files from",
            ),
            ("{include: []}", "`restart` names no files"),
        ] {
            let text = format!(
                "name: a\nroot: D:\\a\npython: {{interpreter: D:\\a.exe, handler: a.b}}\nrestart: {restart}\n"
            );
            let checked = check("f", text.as_bytes(), &Options::default());
            let messages: Vec<&str> = checked
                .diagnostics
                .iter()
                .map(|found| found.message.as_str())
                .collect();
            assert_eq!(messages, [expected]);
        }
    }
}
