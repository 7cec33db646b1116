//! What was found as text, for people and for other programs. Each format has a file.

mod azure;
mod diff;
mod github;
mod human;
mod json;
mod junit;
mod sarif;
mod statistics;
mod summary;
mod visible;

use std::io::{self, IsTerminal};
use std::time::Duration;

use iisc_spec::{Checked, Diagnostic};

pub(crate) use self::diff::unified;
pub(crate) use self::summary::several;
pub(crate) use self::visible::in_place;
use crate::args::Format;
use crate::examine::secrets;
use crate::report::{Counts, Report};
use crate::terminal::{deliver_with, err, out};

/// Prints every diagnostic of one spec and a closing line to standard error, as commands do that need a spec
/// without errors.
pub(crate) fn show(checked: &Checked) {
    if !checked.diagnostics.is_empty() {
        frames(checked);
        let counts = Counts::of(checked.diagnostics.iter());
        err(format_args!(
            "{}: {}",
            visible::in_place(checked.source.name()),
            summary::counted(counts)
        ));
    }
}

/// Prints the problems of a report: for people to standard error, for programs to standard output.
pub(crate) fn problems(report: &Report, format: Format) -> io::Result<()> {
    match format {
        Format::Human => {
            report.files.iter().for_each(frames);
            Ok(())
        }
        Format::Short => {
            for (source, found) in report.problems() {
                err(format_args!("{}", visible::in_place(&found.short(source))));
            }
            Ok(())
        }
        Format::Json => deliver_with(|out| json::write(report, out)),
        Format::Sarif => deliver_with(|out| sarif::write(report, out)),
        Format::Junit => deliver_with(|out| junit::write(report, out)),
        Format::Github => deliver_with(|out| github::write(report, out)),
        Format::Azure => deliver_with(|out| azure::write(report, out)),
    }
}

/// Prints how many problems of each kind there are to standard output.
pub(crate) fn statistics(report: &Report) -> io::Result<()> {
    deliver_with(|out| statistics::write(report, out))
}

/// Prints the closing line: to standard output if all is well and nothing else is there, else to standard error.
///
/// The time is left out unless somebody is looking on, so that the same input gives the same bytes.
pub(crate) fn closing(report: &Report, elapsed: Duration, stdout_is_taken: bool) {
    if report.files.is_empty() {
        return;
    }
    let elapsed = io::stderr().is_terminal().then_some(elapsed);
    let line = summary::closing(report, elapsed);
    if stdout_is_taken || report.problems().next().is_some() {
        err(format_args!("{line}"));
    } else {
        out(format_args!("{line}"));
    }
}

fn frames(checked: &Checked) {
    if checked.diagnostics.is_empty() {
        return;
    }
    let style = human::Style::of(&io::stderr());
    let text = human::render(checked, secrets(checked), style);
    err(format_args!("{}\n", text.trim_end_matches('\n')));
}

/// All that a diagnostic says in words: message, label and help. The help begins a line.
fn in_words(found: &Diagnostic) -> String {
    let mut text = found.message.clone();
    let label = found.labels.iter().find(|label| label.primary);
    if let Some(label) = label.filter(|label| !label.text.is_empty()) {
        text.push_str(&format!(" ({})", label.text));
    }
    if let Some(help) = &found.help {
        text.push_str(&format!("\nhelp: {help}"));
    }
    visible::pictured(&text)
}

/// Escapes characters by a table; the others stay.
fn escaped(text: &str, table: &[(char, &str)]) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match table.iter().find(|(from, _)| *from == c) {
            Some((_, to)) => escaped.push_str(to),
            None => escaped.push(c),
        }
    }
    escaped
}

impl human::Style {
    /// Colours and lines on a terminal, plain ASCII in a file, where nobody knows the code page.
    fn of(stream: &impl IsTerminal) -> Self {
        if !stream.is_terminal() {
            return Self::Plain;
        }
        if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
            Self::Lines
        } else {
            Self::Colour
        }
    }
}

/// A report for the tests of the formats.
#[cfg(test)]
fn sample(files: &[(&str, &str)]) -> Report {
    let files = files.iter();
    Report {
        files: files
            .map(|(name, text)| {
                iisc_spec::check(name, text.as_bytes(), &iisc_spec::Options::default())
            })
            .collect(),
        failures: Vec::new(),
        fixed: 0,
        known: 0,
        deny: crate::args::Deny::Error,
        folder: std::env::current_dir().unwrap(),
    }
}

/// What a format writes, as text.
#[cfg(test)]
fn written(report: &Report, write: fn(&Report, &mut dyn io::Write) -> io::Result<()>) -> String {
    let mut bytes = Vec::new();
    write(report, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}
