//! Our own JSON, described in docs/formats.md.
//!
//! Keys may be added; none is renamed, removed or given another meaning while `version` stays. A key without a value
//! is `null`, not absent.

use std::cell::OnceCell;
use std::io::{self, Write};

use iisc_spec::{Diagnostic, Edit, Elsewhere, Fix, Label, SourceFile, Span};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::report::{Report, slug};

/// The version of the form.
const VERSION: u32 = 1;

/// Writes one document, indented.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let counts = report.counts();
    let failures = report.failures.iter().map(|failure| {
        json!({
            "file": report.path(&failure.path().display().to_string()),
            "message": failure.reason(),
        })
    });
    let document = Document {
        version: VERSION,
        summary: json!({
            "files": report.files.len(),
            "errors": counts.errors,
            "warnings": counts.warnings,
            "notes": counts.notes,
            "fixed": report.fixed,
            "known": report.known,
        }),
        failures: failures.collect(),
        problems: Problems(report),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    summary: Value,
    failures: Vec<Value>,
    problems: Problems<'a>,
}

/// The problems of a report, each made when it is written: a report may be long.
struct Problems<'a>(&'a Report);

impl Serialize for Problems<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(report) = self;
        serializer.collect_seq(report.files.iter().flat_map(|checked| {
            let found = checked.diagnostics.iter();
            let file = OnceCell::new();
            found.map(move |found| {
                let file = file.get_or_init(|| report.path(checked.source.name()));
                problem(report, &checked.source, file, found)
            })
        }))
    }
}

fn problem(report: &Report, source: &SourceFile, file: &str, found: &Diagnostic) -> Value {
    let labels = found.labels.iter().map(|label| self::label(source, label));
    let elsewhere = found
        .elsewhere
        .iter()
        .map(|other| self::elsewhere(report, other));
    let place = found.span();
    json!({
        "code": found.code.to_string(),
        "slug": slug(found.code),
        "level": found.level.to_string(),
        "message": found.message,
        "file": file,
        "start": place.map(|span| position(source, span.start)),
        "end": place.map(|span| position(source, span.end)),
        "labels": labels.collect::<Vec<_>>(),
        "elsewhere": elsewhere.collect::<Vec<_>>(),
        "help": found.help,
        "fix": found.fix.as_ref().map(|fix| self::fix(source, fix)),
    })
}

fn label(source: &SourceFile, label: &Label) -> Value {
    with_place(
        json!({"text": label.text, "primary": label.primary}),
        source,
        label.span,
    )
}

fn elsewhere(report: &Report, Elsewhere { source, span, text }: &Elsewhere) -> Value {
    let file = report.path(source.name());
    with_place(json!({"text": text, "file": file}), source, *span)
}

fn fix(source: &SourceFile, Fix { title, edits, safe }: &Fix) -> Value {
    let edit = |Edit { span, text }: &Edit| with_place(json!({"text": text}), source, *span);
    json!({
        "title": title,
        "safe": safe,
        "edits": edits.iter().map(edit).collect::<Vec<_>>(),
    })
}

fn with_place(mut value: Value, source: &SourceFile, span: Span) -> Value {
    if let Value::Object(fields) = &mut value {
        fields.insert("start".to_owned(), position(source, span.start));
        fields.insert("end".to_owned(), position(source, span.end));
    }
    value
}

fn position(source: &SourceFile, offset: usize) -> Value {
    let position = source.position(offset);
    json!({
        "offset": offset,
        "line": position.line,
        "column": position.column,
        "utf16Column": source.utf16_column(offset),
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::super::{sample, written};
    use super::*;
    use crate::disk::DiskError;

    fn document(report: &Report) -> Value {
        serde_json::from_str(&written(report, write)).unwrap()
    }

    #[test]
    fn a_problem_is_told_with_all_its_places() {
        let mut report = sample(&[("sub/./a.yaml", "# é😀\n? é😀\nstreaming: yes\nname: x\n")]);
        let source = SourceFile::new("b.yaml", "é😀: x\n");
        let found = &mut report.files[0].diagnostics[0];
        *found = found
            .clone()
            .also(&Arc::new(source), Span::new(6, 7), "there");
        let first = &document(&report)["problems"][0];
        let fourth = json!({"offset": 6, "line": 1, "column": 3, "utf16Column": 4});
        assert_eq!(first["elsewhere"][0]["start"], fourth, "{first:#}");
        assert_eq!(first["elsewhere"][0]["file"], "b.yaml");
        assert_eq!(first["file"], "sub/a.yaml");
    }

    #[test]
    fn a_fix_is_told_with_its_edits() {
        let report = sample(&[("a", "streaming: yes\n")]);
        let problems = document(&report)["problems"].take();
        let fixes: Vec<&Value> = problems
            .as_array()
            .unwrap()
            .iter()
            .map(|p| &p["fix"])
            .collect();
        let fix = fixes.iter().find(|fix| !fix.is_null()).unwrap();
        assert_eq!(
            (&fix["safe"], &fix["edits"][0]["text"]),
            (&json!(true), &json!("true"))
        );
        assert_eq!(fix["edits"][0]["end"]["offset"], 14);
    }

    #[test]
    fn a_problem_of_the_whole_file_has_no_place_and_a_failure_its_own_list() {
        let mut report = sample(&[("a", "")]);
        report.failures.push(DiskError::new(Path::new("b"), "gone"));
        let document = document(&report);
        assert_eq!(document["problems"][0]["start"], Value::Null);
        assert_eq!(
            document["failures"],
            json!([{"file": "b", "message": "gone"}])
        );
        assert_eq!(document["summary"]["errors"], 1);
    }
}
