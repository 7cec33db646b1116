//! Workflow commands of GitHub Actions, which become annotations beside the lines of a change.
//!
//! The escapes are those of `@actions/core`: `%`, CR and LF everywhere, `:` and `,` in properties.

use std::io::{self, Write};

use iisc_spec::{Diagnostic, Level, SourceFile};

use super::visible::pictured;
use super::{escaped, in_words};
use crate::report::{Report, slug};

const IN_TEXT: [(char, &str); 3] = [('%', "%25"), ('\r', "%0D"), ('\n', "%0A")];
const IN_PROPERTY: [(char, &str); 5] = [
    ('%', "%25"),
    ('\r', "%0D"),
    ('\n', "%0A"),
    (':', "%3A"),
    (',', "%2C"),
];

/// Writes one command a line for each problem.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for failure in &report.failures {
        let file = property(&report.path(&failure.path().display().to_string()));
        let text = escaped(&pictured(failure.reason()), &IN_TEXT);
        writeln!(out, "::error file={file},title=iisc::{text}")?;
    }
    for (source, found) in report.problems() {
        let file = property(&report.path(source.name()));
        let command = match found.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "notice",
        };
        let place = place(source, found);
        let title = property(&format!("{} {}", found.code, slug(found.code)));
        let text = escaped(&in_words(found), &IN_TEXT);
        writeln!(out, "::{command} file={file}{place},title={title}::{text}")?;
    }
    Ok(())
}

/// Lines and columns; columns only within one line, as GitHub wants it.
fn place(source: &SourceFile, found: &Diagnostic) -> String {
    let Some(span) = found.span() else {
        return String::new();
    };
    let (start, end) = (source.position(span.start), source.position(span.end));
    let columns = match start.line == end.line {
        true => format!(",col={},endColumn={}", start.column, end.column),
        false => String::new(),
    };
    format!(",line={},endLine={}{columns}", start.line, end.line)
}

fn property(text: &str) -> String {
    escaped(&pictured(text), &IN_PROPERTY)
}

#[cfg(test)]
mod tests {
    use super::super::{sample, written};
    use super::*;

    #[test]
    fn a_command_has_its_place_and_no_character_that_ends_it() {
        let report = sample(&[("a,b:c%.yaml", "\"x%:,\\n::error::\": 1\n")]);
        let text = written(&report, write);
        assert_eq!(
            text.lines().filter(|line| line.starts_with("::")).count(),
            text.lines().count()
        );
        let unknown = text.lines().find(|line| line.contains("IISC0101")).unwrap();
        assert!(
            unknown.starts_with(
                "::error file=a%2Cb%3Ac%25.yaml,line=1,endLine=1,col=1,endColumn=18,title=IISC0101 unknown-key::unknown key `x%25:,\\n::error::`"
            ),
            "{unknown}"
        );
    }

    #[test]
    fn a_problem_of_the_whole_file_has_no_line() {
        let text = written(&sample(&[("a.yaml", "")]), write);
        assert!(
            text.starts_with("::error file=a.yaml,title=IISC0003 empty-file::"),
            "{text}"
        );
    }
}
