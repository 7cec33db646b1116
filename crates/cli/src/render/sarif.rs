//! SARIF 2.1.0, the form in which code scanning services take the results of any tool.
//!
//! Columns count UTF-16 code units, paths are relative and percent-encoded, and nothing tells of machine or time.

use std::collections::BTreeMap;
use std::io::{self, Write};

use iisc_spec::{Code, Diagnostic, Fix, Label, Rule, SourceFile, Span};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::in_words;
use super::visible::pictured;
use crate::report::{Report, rule};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The name of our fingerprint; the number changes with what goes into it.
const FINGERPRINT: &str = "iiscProblem/v1";

/// Writes one log with one run, indented.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let rules = rules(report);
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: json!({
                "driver": {
                    "name": "iisc",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules.values().map(|(_, rule)| describe(rule)).collect::<Vec<_>>(),
                },
            }),
            invocations: [invocation(report)],
            column_kind: "utf16CodeUnits",
            results: Results {
                report,
                rules: &rules,
            },
        }],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Value,
    invocations: [Value; 1],
    column_kind: &'static str,
    results: Results<'a>,
}

/// The kinds of problem that occur, by code, each with its place in the list of rules.
type Rules = BTreeMap<Code, (usize, &'static Rule)>;

/// The results of a report, each made when it is written: a report may be long.
struct Results<'a> {
    report: &'a Report,
    rules: &'a Rules,
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seen = BTreeMap::new();
        serializer.collect_seq(self.report.problems().map(|(source, found)| {
            let uri = uri(&self.report.path(source.name()));
            let digest = digest(&uri, found);
            let nth = seen.entry(digest).or_insert(0_usize);
            *nth += 1;
            let fingerprint = format!("{}/{nth}", hexadecimal(&digest));
            self.result(source, found, &uri, &fingerprint)
        }))
    }
}

fn rules(report: &Report) -> Rules {
    let codes = report.problems().map(|(_, found)| found.code);
    let mut rules: Rules = codes
        .filter_map(|code| Some((code, (0, rule(code)?))))
        .collect();
    for (index, (place, _)) in rules.values_mut().enumerate() {
        *place = index;
    }
    rules
}

fn describe(rule: &Rule) -> Value {
    json!({
        "id": rule.code.to_string(),
        "name": rule.slug,
        "shortDescription": {"text": rule.title()},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": rule.level.to_string()},
    })
}

/// Tells of what could not be read: its results are missing here.
fn invocation(report: &Report) -> Value {
    let notifications = report.failures.iter().map(|failure| {
        let uri = uri(&report.path(&failure.path().display().to_string()));
        json!({
            "level": "error",
            "message": {"text": failure.reason()},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}}}],
        })
    });
    json!({
        "executionSuccessful": report.failures.is_empty(),
        "toolExecutionNotifications": notifications.collect::<Vec<_>>(),
    })
}

/// Says of a problem that it is the one of another day, or its like: by file, kind and message.
fn digest(uri: &str, found: &Diagnostic) -> [u8; 32] {
    let key = format!("{uri}\0{}\0{}", found.code, found.message);
    Sha256::digest(key).into()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Results<'_> {
    fn result(
        &self,
        source: &SourceFile,
        found: &Diagnostic,
        uri: &str,
        fingerprint: &str,
    ) -> Value {
        let mut result = json!({
            "ruleId": found.code.to_string(),
            "level": found.level.to_string(),
            "message": {"text": in_words(found)},
            "locations": [{"physicalLocation": place(uri, found.span().map(|span| (source, span)))}],
            "partialFingerprints": {FINGERPRINT: fingerprint},
        });
        let mut add = |key: &str, value: Value| {
            if let Value::Object(fields) = &mut result {
                fields.insert(key.to_owned(), value);
            }
        };
        if let Some((index, _)) = self.rules.get(&found.code) {
            add("ruleIndex", json!(index));
        }
        let related = self.related(source, found, uri);
        if !related.is_empty() {
            add("relatedLocations", Value::Array(related));
        }
        if let Some(fix) = &found.fix {
            add("fixes", json!([repair(source, fix, uri)]));
        }
        result
    }

    /// What else the problem has to do with, in this file and in others.
    fn related(&self, source: &SourceFile, found: &Diagnostic, uri: &str) -> Vec<Value> {
        let others = found.labels.iter().filter(|label| !label.primary);
        let here = others.map(|Label { span, text, .. }| location(uri, source, *span, text));
        let elsewhere = found.elsewhere.iter().map(|other| {
            let uri = self::uri(&self.report.path(other.source.name()));
            location(&uri, &other.source, other.span, &other.text)
        });
        here.chain(elsewhere).collect()
    }
}

fn location(uri: &str, source: &SourceFile, span: Span, text: &str) -> Value {
    let mut location = json!({"physicalLocation": place(uri, Some((source, span)))});
    // A message may not be empty.
    if let Value::Object(fields) = &mut location
        && !text.is_empty()
    {
        fields.insert("message".to_owned(), json!({"text": pictured(text)}));
    }
    location
}

fn place(uri: &str, region: Option<(&SourceFile, Span)>) -> Value {
    let artifact = json!({"uri": uri});
    match region {
        Some((source, span)) => {
            json!({"artifactLocation": artifact, "region": self::region(source, span)})
        }
        None => json!({"artifactLocation": artifact}),
    }
}

/// A region; one without length, as that of an insertion, ends where it starts.
fn region(source: &SourceFile, span: Span) -> Value {
    json!({
        "startLine": source.position(span.start).line,
        "startColumn": source.utf16_column(span.start),
        "endLine": source.position(span.end).line,
        "endColumn": source.utf16_column(span.end),
    })
}

fn repair(source: &SourceFile, fix: &Fix, uri: &str) -> Value {
    let replacements = fix.edits.iter().map(|edit| {
        json!({
            "deletedRegion": region(source, edit.span),
            "insertedContent": {"text": edit.text},
        })
    });
    json!({
        "description": {"text": fix.title},
        "artifactChanges": [{
            "artifactLocation": {"uri": uri},
            "replacements": replacements.collect::<Vec<_>>(),
        }],
    })
}

/// A relative path as a URI reference: all but the unreserved characters and `/` of RFC 3986 is percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::super::{sample, written};
    use super::*;

    fn run(report: &Report) -> Value {
        let mut log: Value = serde_json::from_str(&written(report, write)).unwrap();
        log["runs"][0].take()
    }

    #[test]
    fn a_path_becomes_a_reference() {
        assert_eq!(uri("a b/ü:#?%.yaml"), "a%20b/%C3%BC%3A%23%3F%25.yaml");
    }

    #[test]
    fn columns_count_utf_16_code_units() {
        let run = run(&sample(&[("a", "site: {name: \"é😀\", x: 1}\n")]));
        let results = run["results"].as_array().unwrap();
        let unknown = results
            .iter()
            .find(|result| result["ruleId"] == "IISC0101")
            .unwrap();
        assert_eq!(
            unknown["locations"][0]["physicalLocation"]["region"],
            json!({"startLine": 1, "startColumn": 21, "endLine": 1, "endColumn": 22})
        );
    }

    #[test]
    fn a_fingerprint_survives_a_move_and_tells_twins_apart() {
        let prints = |text: &str| -> Vec<String> {
            let run = run(&sample(&[("a", text)]));
            let results = run["results"].as_array().unwrap();
            let unknown = results
                .iter()
                .filter(|result| result["ruleId"] == "IISC0101");
            unknown
                .map(|result| result["partialFingerprints"][FINGERPRINT].to_string())
                .collect()
        };
        let before = prints("site: {x: 1}\nlog: {x: 1}\n");
        assert_eq!(before, prints("# moved\n\nsite: {x: 1}\nlog: {x: 1}\n"));
        assert_eq!(before.len(), 2);
        assert_ne!(before[0], before[1]);
    }

    #[test]
    fn each_result_points_at_its_rule() {
        let run = run(&sample(&[("a", "x: 1\nname: a\nname: b\n"), ("b", "")]));
        for result in run["results"].as_array().unwrap() {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(
                run["tool"]["driver"]["rules"][index]["id"],
                result["ruleId"]
            );
        }
    }
}
