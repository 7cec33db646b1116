//! Diagnostics with a frame around their place. The only file that knows miette.

use std::fmt;

use iisc_spec::{Checked, Diagnostic, Elsewhere, Level, Position, SourceFile, Span};
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, Severity, SourceCode,
    SourceSpan,
};

use super::visible::{in_place, masked};

/// Width of a line; fixed, so that output does not depend on the terminal.
const WIDTH: usize = 100;

/// Frames that are drawn; whoever has more problems has the wrong file, or wants a list.
const MOST: usize = 100;

/// Bytes of a line in front of a label, and of the line above it, that a frame has room for.
const LONGEST: usize = 1000;

/// What the output may contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// ASCII alone.
    Plain,
    /// Lines drawn with Unicode characters.
    Lines,
    /// Lines and colours.
    Colour,
}

/// The diagnostics of a file, each followed by an empty line; of the text, nothing within `secrets` is shown.
pub(crate) fn render(checked: &Checked, secrets: &[Span], style: Style) -> String {
    let text = in_place(&masked(checked.source.text(), secrets));
    let name = in_place(checked.source.name());
    let mut out = String::new();
    for diagnostic in checked.diagnostics.iter().take(MOST) {
        let source = &checked.source;
        let fits = |span: &Span| fits(source, *span);
        let labels: Vec<Span> = diagnostic
            .labels
            .iter()
            .map(|label| first_line(source, label.span))
            .collect();
        let text = NamedSource::new(&name, excerpt(&text, &labels));
        let framed = Framed {
            diagnostic,
            source,
            text: (!labels.is_empty() && labels.iter().all(fits)).then_some(&text),
            labels,
        };
        // Writing to a string does not fail.
        let _ = handler(diagnostic, style).render_report(&mut out, &framed);
        append(&mut out, diagnostic);
        out.push('\n');
    }
    let rest = checked.diagnostics.len().saturating_sub(MOST);
    if rest > 0 {
        out.push_str(&format!(
            "  and {rest} more; `iisc check --format short` lists all\n"
        ));
    }
    out
}

/// Adds what a frame has no room for: places in other files, and that a machine can solve the problem.
fn append(out: &mut String, diagnostic: &Diagnostic) {
    for Elsewhere { source, span, text } in &diagnostic.elsewhere {
        let Position { line, column } = source.position(span.start);
        let note = format!("  note: {}:{line}:{column}: {text}", source.name());
        out.push_str(&in_place(&note));
        out.push('\n');
    }
    match &diagnostic.fix {
        Some(fix) if fix.safe => out.push_str("  fix: `iisc check --fix` does it\n"),
        Some(_) => {
            out.push_str("  fix: `iisc check --fix --unsafe-fixes` does it, to be reviewed\n")
        }
        None => {}
    }
}

/// A handler whose icon is the level and code: `error[IISC0201]:`.
fn handler(diagnostic: &Diagnostic, style: Style) -> GraphicalReportHandler {
    let mut theme = match style {
        Style::Plain => GraphicalTheme::none(),
        Style::Lines => GraphicalTheme::unicode_nocolor(),
        Style::Colour => GraphicalTheme::unicode(),
    };
    let code = diagnostic.code;
    theme.characters.error = format!("error[{code}]:");
    theme.characters.warning = format!("warning[{code}]:");
    theme.characters.advice = format!("note[{code}]:");
    GraphicalReportHandler::new_themed(theme)
        .with_width(WIDTH)
        .with_context_lines(1)
}

/// Of a label as much as is drawn: its first line, as far as the frame is wide.
fn first_line(source: &SourceFile, label: Span) -> Span {
    let line = source.slice(label).lines().next().unwrap_or_default();
    let width = line
        .char_indices()
        .nth(WIDTH)
        .map_or(line.len(), |cut| cut.0);
    Span::new(label.start, label.start + width)
}

/// False for a place so far along its line, or below so long a line, that nobody would find it in a frame.
fn fits(source: &SourceFile, label: Span) -> bool {
    let line = source.position(label.start).line;
    let above = if line > 1 {
        source.line_span(line - 1).len()
    } else {
        0
    };
    above.max(label.end - source.line_span(line).start) <= LONGEST
}

/// The text up to the last label, and what the frame shows behind it, where a line ends after so many characters.
fn excerpt(text: &str, labels: &[Span]) -> String {
    let end = labels.iter().map(|label| label.end).max();
    let Some((before, behind)) = text.split_at_checked(end.unwrap_or_default()) else {
        return text.to_owned();
    };
    let mut excerpt = before.to_owned();
    for line in behind.split_inclusive('\n').take(2) {
        let rest = line.trim_end_matches('\n');
        match rest.char_indices().nth(WIDTH) {
            Some((at, _)) => excerpt.push_str(&format!("{}...\n", rest.get(..at).unwrap_or(rest))),
            None => excerpt.push_str(line),
        }
    }
    excerpt
}

/// A diagnostic of ours as one of miette's.
struct Framed<'a> {
    diagnostic: &'a Diagnostic,
    source: &'a SourceFile,
    /// What the frame is drawn around, if there is one.
    text: Option<&'a NamedSource<String>>,
    /// The places to draw, in the order of the labels.
    labels: Vec<Span>,
}

impl Framed<'_> {
    /// miette draws no label at the very end of a text, and complains about one behind it.
    fn span(&self, start: usize, end: usize) -> SourceSpan {
        let text = self.source.text();
        let last = text
            .char_indices()
            .next_back()
            .map_or(0, |(offset, _)| offset);
        let start = start.min(last);
        SourceSpan::new(start.into(), end.clamp(start, text.len()) - start)
    }
}

impl fmt::Debug for Framed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.diagnostic.fmt(f)
    }
}

impl fmt::Display for Framed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&in_place(&self.diagnostic.message))?;
        match self.diagnostic.span().filter(|_| self.text.is_none()) {
            Some(span) => {
                let place = self.source.position(span.start);
                write!(f, " (line {}, column {})", place.line, place.column)
            }
            None => Ok(()),
        }
    }
}

impl std::error::Error for Framed<'_> {}

impl miette::Diagnostic for Framed<'_> {
    fn severity(&self) -> Option<Severity> {
        Some(match self.diagnostic.level {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Note => Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.diagnostic
            .help
            .as_ref()
            .map(|help| Box::new(in_place(help)) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.text.map(|text| text as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let labels = self.diagnostic.labels.iter().zip(&self.labels);
        let labels = labels.map(|(label, place)| {
            let text = Some(in_place(&label.text)).filter(|text| !text.is_empty());
            let span = self.span(place.start, place.end);
            if label.primary {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            }
        });
        Some(Box::new(labels))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_behind_its_problem() {
        let brackets = "[".repeat(5_000);
        let text = render(
            &iisc_spec::check(
                "a.yaml",
                brackets.as_bytes(),
                &iisc_spec::Options::default(),
            ),
            &[],
            Style::Plain,
        );
        assert!(text.contains("[..."), "{text}");
        assert!(text.lines().all(|line| line.len() < 200), "{text}");
    }

    #[test]
    fn a_place_in_another_file_is_named_below_the_frame() {
        let mut checked = iisc_spec::check(
            "a.yaml",
            b"streaming: yes\n",
            &iisc_spec::Options::default(),
        );
        let other = std::sync::Arc::new(SourceFile::new("b.yaml", "x: 1\ny: 2\n"));
        let found = checked.diagnostics.pop().unwrap();
        checked.diagnostics = vec![found.also(&other, Span::new(8, 9), "the other\u{1b}")];
        let text = render(&checked, &[], Style::Plain);
        assert!(
            text.contains("\n  note: b.yaml:2:4: the other\\u{1b}\n"),
            "{text}"
        );
        assert!(
            text.contains("\n  fix: `iisc check --fix` does it\n"),
            "{text}"
        );
    }

    #[test]
    fn a_secret_is_not_drawn() {
        let text = "nome: hunter2\n";
        let checked = iisc_spec::check("a.yaml", text.as_bytes(), &iisc_spec::Options::default());
        let text = render(&checked, &[Span::new(6, 13)], Style::Plain);
        assert!(
            text.contains("nome: *******") && !text.contains("hunter2"),
            "{text}"
        );
    }

    #[test]
    fn a_place_far_along_a_line_is_told_and_not_drawn() {
        let text = format!("a: '{}' y", "x".repeat(70_000));
        let checked = iisc_spec::check("a.yaml", text.as_bytes(), &iisc_spec::Options::default());
        let text = render(&checked, &[], Style::Plain);
        assert!(text.contains("(line 1, column 70007)"), "{text}");
        assert!(text.len() < 500, "{text}");
    }

    #[test]
    fn a_label_over_many_lines_is_drawn_at_its_first() {
        let list = format!("name:\n{}", "  - x\n".repeat(1_000));
        let checked = iisc_spec::check("a.yaml", list.as_bytes(), &iisc_spec::Options::default());
        let text = render(&checked, &[], Style::Plain);
        assert!(text.matches("- x").count() < 10, "{text}");
    }

    #[test]
    fn a_flood_of_problems_is_counted_and_not_drawn() {
        let keys: String = (0..5_000).map(|n| format!("key{n}: x\n")).collect();
        let checked = iisc_spec::check("a.yaml", keys.as_bytes(), &iisc_spec::Options::default());
        let text = render(&checked, &[], Style::Plain);
        assert_eq!(text.matches("error[").count(), MOST);
        let rest = checked.diagnostics.len() - MOST;
        assert!(text.contains(&format!("and {rest} more")), "{text}");
    }

    #[test]
    fn every_span_of_every_prefix_is_drawn() {
        let spec = "name: é\nroot: 5\npython: [\n";
        for end in 0..spec.len() {
            let checked = iisc_spec::check(
                "a.yaml",
                spec.as_bytes().get(..end).unwrap(),
                &iisc_spec::Options::default(),
            );
            let text = render(&checked, &[], Style::Plain);
            assert!(!text.contains("OutOfBounds"), "{text}");
            assert!(checked.diagnostics.is_empty() || !text.is_empty());
        }
    }
}
