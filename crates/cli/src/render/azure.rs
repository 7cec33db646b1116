//! Logging commands of Azure Pipelines, which become issues of a run.
//!
//! The escapes are those of `azure-pipelines-task-lib`: `%`, CR and LF everywhere, `]` and `;` in properties.

use std::io::{self, Write};

use iisc_spec::{Diagnostic, Level, SourceFile};

use super::visible::pictured;
use super::{escaped, in_words};
use crate::report::Report;

const IN_TEXT: [(char, &str); 3] = [('%', "%AZP25"), ('\r', "%0D"), ('\n', "%0A")];
const IN_PROPERTY: [(char, &str); 5] = [
    ('%', "%AZP25"),
    ('\r', "%0D"),
    ('\n', "%0A"),
    (']', "%5D"),
    (';', "%3B"),
];

/// Writes one command a line for each error and warning. A note, which Azure has no command for, is a line of the log.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for failure in &report.failures {
        let file = property(&report.path(&failure.path().display().to_string()));
        let text = escaped(&pictured(failure.reason()), &IN_TEXT);
        writeln!(
            out,
            "##vso[task.logissue type=error;sourcepath={file};]{text}"
        )?;
    }
    for (source, found) in report.problems() {
        let kind = match found.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => {
                writeln!(out, "{}", pictured(&found.short(source)).replace('\n', " "))?;
                continue;
            }
        };
        let file = property(&report.path(source.name()));
        let (place, code) = (place(source, found), found.code);
        let text = escaped(&in_words(found), &IN_TEXT);
        writeln!(
            out,
            "##vso[task.logissue type={kind};sourcepath={file};{place}code={code};]{text}"
        )?;
    }
    Ok(())
}

fn place(source: &SourceFile, found: &Diagnostic) -> String {
    found.span().map_or_else(String::new, |span| {
        let start = source.position(span.start);
        format!("linenumber={};columnnumber={};", start.line, start.column)
    })
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
        let report = sample(&[("a]b;c%.yaml", "\"x%;]\\n##vso[\": 1\n")]);
        let text = written(&report, write);
        assert!(
            text.lines().all(|line| line.starts_with("##vso[")),
            "{text}"
        );
        let unknown = text.lines().find(|line| line.contains("IISC0101")).unwrap();
        assert!(
            unknown.starts_with(
                "##vso[task.logissue type=error;sourcepath=a%5Db%3Bc%AZP25.yaml;linenumber=1;columnnumber=1;code=IISC0101;]unknown key `x%AZP25;]\\n##vso[`"
            ),
            "{unknown}"
        );
    }

    #[test]
    fn a_note_is_a_line_of_the_log() {
        let mut report = sample(&[("a.yaml", "")]);
        report.files[0].diagnostics[0].level = Level::Note;
        assert_eq!(
            written(&report, write),
            "a.yaml: note[IISC0003]: the file is empty\n"
        );
    }
}
