//! A test report in JUnit's XML: a suite for each file, a test for each problem, one that passes for a clean file.
//!
//! There is no standard; these are the elements that Jenkins, GitLab and Azure read. A report has no time, because
//! the same input is to give the same bytes.

use std::io::{self, Write};

use iisc_spec::{Checked, Diagnostic};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::in_words;
use super::visible::pictured;
use crate::args::Deny;
use crate::disk::DiskError;
use crate::report::{Report, slug};

type Xml<'a> = Writer<&'a mut dyn Write>;

/// Writes one document. A problem that does not make the command fail is a test that passes and says something.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let tests: usize = report.files.iter().map(tests).sum();
    let failed = report
        .problems()
        .filter(|(_, found)| report.deny.includes(found.level));
    open(
        &mut xml,
        "testsuites",
        &[
            ("name", "iisc"),
            ("tests", &(tests + report.failures.len()).to_string()),
            ("failures", &failed.count().to_string()),
            ("errors", &report.failures.len().to_string()),
        ],
    )?;
    for checked in &report.files {
        suite(
            &mut xml,
            &report.path(checked.source.name()),
            checked,
            report.deny,
        )?;
    }
    for failure in &report.failures {
        let file = report.path(&failure.path().display().to_string());
        unread(&mut xml, &file, failure)?;
    }
    close(&mut xml, "testsuites")?;
    writeln!(xml.into_inner())
}

fn tests(checked: &Checked) -> usize {
    checked.diagnostics.len().max(1)
}

fn suite(xml: &mut Xml<'_>, file: &str, checked: &Checked, deny: Deny) -> io::Result<()> {
    let failed = checked
        .diagnostics
        .iter()
        .filter(|found| deny.includes(found.level));
    open(
        xml,
        "testsuite",
        &[
            ("name", file),
            ("tests", &tests(checked).to_string()),
            ("failures", &failed.count().to_string()),
            ("errors", "0"),
        ],
    )?;
    if checked.diagnostics.is_empty() {
        empty(
            xml,
            "testcase",
            &[("classname", file), ("name", "iisc check")],
        )?;
    }
    for found in &checked.diagnostics {
        case(xml, file, checked, found, deny)?;
    }
    close(xml, "testsuite")
}

fn case(
    xml: &mut Xml<'_>,
    file: &str,
    checked: &Checked,
    found: &Diagnostic,
    deny: Deny,
) -> io::Result<()> {
    let source = &checked.source;
    let place = found.span().map_or_else(String::new, |span| {
        let start = source.position(span.start);
        format!(" at {}:{}", start.line, start.column)
    });
    let name = format!("{} {}{place}", found.code, slug(found.code));
    open(xml, "testcase", &[("classname", file), ("name", &name)])?;
    let text = format!("{file}{place}\n{}", in_words(found));
    if deny.includes(found.level) {
        let level = found.level.to_string();
        open(
            xml,
            "failure",
            &[("type", &level), ("message", &found.message)],
        )?;
        words(xml, &text)?;
        close(xml, "failure")?;
    } else {
        open(xml, "system-out", &[])?;
        words(xml, &format!("{}: {text}", found.level))?;
        close(xml, "system-out")?;
    }
    close(xml, "testcase")
}

fn unread(xml: &mut Xml<'_>, file: &str, failure: &DiskError) -> io::Result<()> {
    let counts = [("tests", "1"), ("failures", "0"), ("errors", "1")];
    open(xml, "testsuite", &[&[("name", file)][..], &counts].concat())?;
    open(
        xml,
        "testcase",
        &[("classname", file), ("name", "iisc check")],
    )?;
    empty(
        xml,
        "error",
        &[("type", "file"), ("message", failure.reason())],
    )?;
    close(xml, "testcase")?;
    close(xml, "testsuite")
}

fn element<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut element = BytesStart::new(name);
    for (key, value) in attributes {
        // A line break in an attribute would be read as a blank.
        let value = pictured(value).replace('\n', "\u{2424}");
        element.push_attribute((*key, value.as_str()));
    }
    element
}

fn open(xml: &mut Xml<'_>, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    xml.write_event(Event::Start(element(name, attributes)))
}

fn empty(xml: &mut Xml<'_>, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    xml.write_event(Event::Empty(element(name, attributes)))
}

fn close(xml: &mut Xml<'_>, name: &str) -> io::Result<()> {
    xml.write_event(Event::End(BytesEnd::new(name)))
}

fn words(xml: &mut Xml<'_>, text: &str) -> io::Result<()> {
    xml.write_event(Event::Text(BytesText::new(&pictured(text))))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use iisc_spec::Level;
    use quick_xml::events::Event;

    use super::super::{sample, written};
    use super::*;

    const CLEAN: &str = "name: a\nroot: D:\\a\npython: {interpreter: D:\\a.exe, handler: a.b}\n";

    /// The names of the elements, as somebody else reads the document.
    fn elements(text: &str) -> Vec<String> {
        let mut reader = quick_xml::Reader::from_str(text);
        let mut names = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Start(element) | Event::Empty(element) => {
                    let values = element.attributes().map(|attribute| attribute.unwrap());
                    assert!(values.count() < 5);
                    names.push(element.name().as_ref().to_owned());
                }
                Event::Eof => return names,
                _ => {}
            }
        }
    }

    #[test]
    fn a_clean_file_is_a_test_that_passes() {
        let text = written(&sample(&[("a.yaml", CLEAN)]), write);
        assert_eq!(elements(&text), ["testsuites", "testsuite", "testcase"]);
        assert!(text.contains("tests=\"1\" failures=\"0\""), "{text}");
    }

    #[test]
    fn any_text_can_be_written() {
        let mut report = sample(&[("<\u{1b}&\".yaml", "\"\\e]]>\\uFFFF<&\\\"\": 1\n")]);
        report.failures.push(DiskError::new(Path::new("b"), "gone"));
        let text = written(&report, write);
        assert!(text.contains("\\u{1b}]]&gt;\u{fffd}&lt;&amp;"), "{text}");
        assert!(!text.contains(['\u{1b}', '\u{ffff}']));
        assert_eq!(elements(&text).last().unwrap(), "error");
    }

    #[test]
    fn what_does_not_fail_the_command_fails_no_test() {
        let mut report = sample(&[("a.yaml", "")]);
        report.files[0].diagnostics[0].level = Level::Warning;
        let text = written(&report, write);
        assert_eq!(
            elements(&text),
            ["testsuites", "testsuite", "testcase", "system-out"]
        );
        report.deny = Deny::Warning;
        let text = written(&report, write);
        assert_eq!(elements(&text).last().unwrap(), "failure");
    }
}
