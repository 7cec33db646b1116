//! A diagnostic as text.

mod human;

use std::io::IsTerminal;

use iisc_spec::{Checked, Level};

use crate::args::Format;
use crate::terminal::err;

/// Prints every diagnostic and a closing line to standard error.
pub(crate) fn show(checked: &Checked, format: Format) {
    if checked.diagnostics.is_empty() {
        return;
    }
    match format {
        Format::Human => {
            let style = human::Style::of(&std::io::stderr());
            err(format_args!(
                "{}",
                human::render(checked, style).trim_end_matches('\n')
            ));
            err(format_args!(""));
        }
        Format::Short => {
            for diagnostic in &checked.diagnostics {
                err(format_args!("{}", diagnostic.short(&checked.source)));
            }
        }
    }
    err(format_args!(
        "{}: {}",
        checked.source.name(),
        summary(checked)
    ));
}

/// `2 errors, 1 warning`
fn summary(checked: &Checked) -> String {
    let count = |level, one: &str| match checked
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.level == level)
        .count()
    {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {one}s")),
    };
    let counts = [
        count(Level::Error, "error"),
        count(Level::Warning, "warning"),
        count(Level::Note, "note"),
    ];
    counts.into_iter().flatten().collect::<Vec<_>>().join(", ")
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
