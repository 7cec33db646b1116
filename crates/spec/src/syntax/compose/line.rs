//! A line that should be `key: value`: which line is wrong, and what was meant.

use granit_parser::ErrorKind;

use super::YAML_SYNTAX;
use crate::diag::{Diagnostic, Fix};
use crate::source::{SourceFile, Span};

/// Lines above that are looked at for the keys that a line may belong below.
const MOST: usize = 1_000;

/// Explains why the parser found no key, or a colon too many, if the lines show it.
pub(super) fn slip(source: &SourceFile, kind: &ErrorKind, place: Span) -> Option<Diagnostic> {
    use ErrorKind::*;
    let number = source.position(place.start).line;
    let line = Line::of(source, number)?;
    match kind {
        SimpleKeyExpected | InvalidSimpleKey | ExpectedBlockMappingKey => match line.key() {
            _ if line.code.starts_with("- ") => Some(stray_item(&line)),
            Some(_) => between_levels(source, &line),
            None => missing_item(source, &line)
                .or_else(|| line.rewritten())
                .or_else(|| section(source, &line)),
        },
        MappingValueNotAllowed | InvalidColonPlacement => {
            let above = above(source, number).next()?;
            let first_colon = line.start + line.key()?.len() == place.start;
            match above.key() {
                None if above.indent == line.indent => {
                    let plain = || {
                        above
                            .no_key()
                            .help("write a colon and a blank behind the key")
                    };
                    Some(above.rewritten().unwrap_or_else(plain))
                }
                Some(key) if first_colon && above.indent < line.indent => {
                    Some(too_deep(&line, key, above.indent))
                }
                _ => line.two_values(place),
            }
        }
        _ => None,
    }
}

/// A key further left than the first of the file.
pub(super) fn outdented(source: &SourceFile, place: Span) -> Option<(String, Span, String)> {
    let line = Line::of(source, source.position(place.start).line)?;
    let first = (1..).find_map(|number| {
        Line::of(source, number).or_else(|| {
            (number > MOST).then_some(Line {
                indent: 0,
                start: 0,
                code: "",
            })
        })
    })?;
    let key = first.key().filter(|_| line.indent < first.indent)?;
    let help = format!("indent it as `{key}`, with {}", blanks(first.indent));
    Some((MISPLACED.to_owned(), line.span(), help))
}

/// An item of a list where a key belongs.
fn stray_item(line: &Line<'_>) -> Diagnostic {
    YAML_SYNTAX
        .problem("`-` where no list can begin")
        .at(Span::new(line.start, line.start + 1), "")
        .help("remove it, or put the list below a key of its own")
}

/// `iis6` below `- iis10`.
fn missing_item(source: &SourceFile, line: &Line<'_>) -> Option<Diagnostic> {
    let above = above(source, source.position(line.start).line).next()?;
    let is_item = above.code.starts_with("- ") && above.indent <= line.indent;
    let problem = line
        .no_key()
        .help("write `- ` before it, as in the line above");
    let place = Span::empty(line.start);
    is_item.then(|| problem.fix(Fix::to_review("write `- `", place, "- ")))
}

/// `python` without its colon, with keys below it.
fn section(source: &SourceFile, line: &Line<'_>) -> Option<Diagnostic> {
    let number = source.position(line.start).line;
    let below = (number + 1..=number + MOST).find_map(|number| Line::of(source, number))?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    let name = Some(line.code).filter(|code| code.chars().all(is_name))?;
    let problem = line.no_key().help(format!("write `{name}:`"));
    let place = Span::empty(line.span().end);
    let fix = Fix::to_review("write a colon behind it", place, ":");
    (below.indent > line.indent).then(|| problem.fix(fix))
}

/// One line of the text without its indentation.
struct Line<'a> {
    indent: usize,
    start: usize,
    code: &'a str,
}

impl<'a> Line<'a> {
    /// `None` for a line that shows nothing but a comment.
    fn of(source: &'a SourceFile, number: usize) -> Option<Self> {
        let whole = source.line_span(number);
        let text = source.slice(whole);
        let code = text.trim_start_matches(' ');
        let indent = text.len() - code.len();
        let code = code.trim_end();
        let line = Self {
            indent,
            start: whole.start + indent,
            code,
        };
        (!code.is_empty() && !code.starts_with('#')).then_some(line)
    }

    fn span(&self) -> Span {
        Span::new(self.start, self.start + self.code.len())
    }

    /// The key, for a line of the form `key: value` or `key:`.
    fn key(&self) -> Option<&'a str> {
        let key = self.code.split_once(": ").map(|(key, _)| key);
        key.or_else(|| self.code.strip_suffix(':'))
    }

    fn no_key(&self) -> Diagnostic {
        YAML_SYNTAX
            .problem("a line that is no `key: value`")
            .at(self.span(), "")
    }

    /// Explains the second colon of `process: max-instances: 4`.
    fn two_values(&self, colon: Span) -> Option<Diagnostic> {
        let value = self.start + self.key()?.len() + 2;
        let end = self.start + self.code.len();
        let rest = Span::new(value, end);
        (value < colon.start && colon.start < end).then(|| {
            YAML_SYNTAX
                .problem("a colon where no key can end")
                .at(colon, "")
                .with(rest, "the value")
                .help("put the value into quotes; or, if it is a key, on a line of its own with two blanks more")
        })
    }

    /// The line as it was meant, for `name:shop`, `name = shop` and a comment of another language.
    fn rewritten(&self) -> Option<Diagnostic> {
        let problem = self.no_key();
        if let Some(comment) = self.code.strip_prefix("//") {
            let mark = Span::new(self.start, self.start + 2);
            let problem = problem.help(format!("write `#{comment}` for a comment"));
            return Some(problem.fix(Fix::to_review("write `#`", mark, "#")));
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
        let rest = self.code.trim_start_matches(is_name);
        let name = self
            .code
            .strip_suffix(rest)
            .filter(|name| !name.is_empty())?;
        let value = rest.trim_start().strip_prefix([':', '='])?.trim_start();
        if value.is_empty() || value.starts_with(['=', ':']) {
            return None;
        }
        let end = self.start + self.code.len();
        let gap = Span::new(self.start + name.len(), end - value.len());
        // What may be a secret is not said again.
        let shown = if crate::rules::is_secret_name(name) {
            "..."
        } else {
            value
        };
        let line = format!("write `{name}: {shown}`");
        Some(problem.help(line).fix(Fix::to_review(
            "write a colon and a blank behind the key",
            gap,
            ": ",
        )))
    }
}

/// The lines above one, the nearest first.
fn above(source: &SourceFile, number: usize) -> impl Iterator<Item = Line<'_>> {
    let numbers = (1..number).rev().take(MOST);
    numbers.filter_map(|number| Line::of(source, number))
}

const MISPLACED: &str = "the indentation does not fit the lines above";

fn misplaced(line: &Line<'_>) -> Diagnostic {
    YAML_SYNTAX.problem(MISPLACED).at(line.span(), "")
}

/// A key below another that has its value already.
fn too_deep(line: &Line<'_>, key: &str, indent: usize) -> Diagnostic {
    misplaced(line).help(format!("indent it as `{key}`, with {}", blanks(indent)))
}

/// A key whose indentation lies between those of two keys above.
fn between_levels(source: &SourceFile, line: &Line<'_>) -> Option<Diagnostic> {
    let number = source.position(line.start).line;
    let (mut deeper, mut least) = (None, usize::MAX);
    for other in above(source, number).filter(|other| other.key().is_some()) {
        if other.indent >= least {
            continue;
        }
        least = other.indent;
        let as_other = |other: &Line<'_>| {
            let key = other.key().unwrap_or_default().trim_start_matches("- ");
            format!("as `{key}`, with {}", blanks(other.indent))
        };
        if other.indent > line.indent {
            deeper = Some(as_other(&other));
        } else {
            let or = deeper.map_or_else(String::new, |deeper| format!("{deeper}, or "));
            return Some(misplaced(line).help(format!("indent it {or}{}", as_other(&other))));
        }
    }
    let deeper = deeper?;
    Some(misplaced(line).help(format!("indent it {deeper}")))
}

fn blanks(number: usize) -> String {
    match number {
        0 => "no blank".to_owned(),
        1 => "one blank".to_owned(),
        number => format!("{number} blanks"),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Fix, Options, check};

    const HEAD: &str = "name: a\nroot: D:\\a\npython:\n  interpreter: D:\\a.exe\n  handler: a.b\n";

    /// The marked text and the help of the only problem.
    fn judged(text: &str) -> (String, String) {
        let checked = check("f", text.as_bytes(), &Options::default());
        let [found] = checked.diagnostics.as_slice() else {
            return (format!("{:?}", checked.diagnostics), String::new());
        };
        let marked = checked.source.slice(found.span().unwrap());
        (marked.to_owned(), found.help.clone().unwrap())
    }

    #[test]
    fn a_line_without_its_colon_is_named_and_mended() {
        for (good, bad, help) in [
            ("name: a", "name:a", "write `name: a`"),
            ("name: a", "name = a", "write `name: a`"),
            ("root: D:\\a", "root=D:\\a", "write `root: D:\\a`"),
            ("  handler: a.b", "  handler:a.b", "write `handler: a.b`"),
        ] {
            let text = HEAD.replace(good, bad);
            assert_eq!(judged(&text), (bad.trim().into(), help.into()), "{text}");
            let checked = check("f", text.as_bytes(), &Options::default());
            let fixes = checked.diagnostics.iter().filter_map(|it| it.fix.as_ref());
            assert_eq!(Fix::apply(&text, fixes).0, HEAD);
        }
        let text = format!("// a shop\n{HEAD}");
        let help = "write `# a shop` for a comment";
        assert_eq!(judged(&text), ("// a shop".into(), help.into()));
    }

    #[test]
    fn a_line_at_no_level_is_told_the_levels() {
        for (lines, marked, help) in [
            (
                "process:\n  max-instances: 4\n request-timeout: 90s\n",
                "request-timeout: 90s",
                "indent it as `max-instances`, with 2 blanks, or as `process`, with no blank",
            ),
            (
                " process:\n  max-instances: 4\n",
                "process:",
                "indent it as `handler`, with 2 blanks, or as `python`, with no blank",
            ),
            (
                "process:\n  max-instances: 4\n    request-timeout: 90s\n",
                "request-timeout: 90s",
                "indent it as `max-instances`, with 2 blanks",
            ),
        ] {
            let found = judged(&format!("{HEAD}{lines}"));
            assert_eq!(found, (marked.into(), help.into()), "{lines}");
        }
    }

    #[test]
    fn items_and_keys_in_each_others_place_are_told_once() {
        for (lines, marked, help) in [
            (
                "process:\n  max-instances: 4\n  - x\n",
                "-",
                "remove it, or put the list below a key of its own",
            ),
            (
                "targets:\n  - iis10\n  iis6\n",
                "iis6",
                "write `- ` before it, as in the line above",
            ),
            (
                "process\n  max-instances: 4\n",
                "process",
                "write `process:`",
            ),
            (
                "process: max-instances: 4\n",
                ":",
                "put the value into quotes; or, if it is a key, on a line of its own with two blanks more",
            ),
        ] {
            let found = judged(&format!("{HEAD}{lines}"));
            assert_eq!(found, (marked.into(), help.into()), "{lines}");
        }
        let found = judged(&format!("   {HEAD}"));
        let help = "indent it as `name`, with 3 blanks";
        assert_eq!(found, ("root: D:\\a".into(), help.into()));
        let found = judged(&format!("DB_PASSWORD=hunter2\n{HEAD}"));
        let help = "write `DB_PASSWORD: ...`";
        assert_eq!(found.1, help);
    }

    #[test]
    fn an_open_quote_is_named_and_not_what_it_swallows() {
        let text = HEAD.replace("name: a", "name: \"a");
        let help = "close it, or remove it";
        assert_eq!(judged(&text), ("\"".into(), help.into()));
    }

    #[test]
    fn what_begins_with_a_percent_sign_or_a_hash_is_explained() {
        let text = HEAD.replace("root: D:\\a", "root: %APPROOT%");
        let help = "write the value itself, or `${APPROOT}` with `APPROOT` under `variables`";
        assert_eq!(judged(&text), ("%".into(), help.into()));
        let text = format!("{HEAD}environment:\n  COLOR: #fff\n");
        let help = "put the value into quotes: `#` behind a blank begins a comment";
        assert_eq!(judged(&text), ("COLOR".into(), help.into()));
    }
}
