//! Keys that stand beside the section that they belong below: one missing indentation, so one message.

use super::shape::{Mapping, Shape};
use super::table::SPEC;
use crate::diag::{Diagnostic, Fix};
use crate::source::{SourceFile, Span};
use crate::suggest::all_of;
use crate::syntax::{Entry, MISSING_VALUE, Node, Value};

/// Lets the message about a section without a value speak for the unknown keys behind it.
///
/// `text` are the problems of the text, `shape` those of the tree's shape.
pub(crate) fn join_unindented(
    source: &SourceFile,
    tree: &Node,
    text: &mut [Diagnostic],
    shape: &mut Vec<Diagnostic>,
) {
    let mut found = Vec::new();
    if let (Value::Mapping(entries), Shape::Mapping(mapping)) = (&tree.value, &SPEC) {
        collect(entries, mapping, &mut found);
    }
    for (section, below) in found {
        let about_section = |problem: &&mut Diagnostic| {
            problem.code == MISSING_VALUE.code && problem.span() == Some(section.key_span)
        };
        let Some(problem) = text.iter_mut().find(about_section) else {
            continue;
        };
        let names = below.iter().map(|entry| entry.key.as_str());
        problem.help = Some(format!("indent {} below it", all_of(names)));
        problem.fix = indented(source, below);
        shape.retain(|other| {
            let is_below = |entry: &Entry| other.span() == Some(entry.key_span);
            !below.iter().any(is_below)
        });
    }
}

/// Sections without a value, with the entries behind them that are keys of theirs and not of where they stand.
fn collect<'a>(entries: &'a [Entry], mapping: &Mapping, found: &mut Vec<(&'a Entry, &'a [Entry])>) {
    for (index, entry) in entries.iter().enumerate() {
        let key = mapping.keys.iter().find(|key| key.name == entry.key);
        let Some(Shape::Mapping(inner)) = key.map(|key| key.shape) else {
            continue;
        };
        match &entry.value.value {
            Value::Mapping(entries) => collect(entries, inner, found),
            Value::Scalar(_) if entry.value.span.is_empty() => {
                let behind = entries.get(index + 1..).unwrap_or_default();
                let has = |mapping: &Mapping, entry: &Entry| {
                    mapping.names().any(|name| name == entry.key)
                };
                let belongs = |entry: &&Entry| has(inner, entry) && !has(mapping, entry);
                let number = behind.iter().take_while(belongs).count();
                if number > 0 {
                    found.push((entry, behind.get(..number).unwrap_or_default()));
                }
            }
            Value::Scalar(_) | Value::List(_) => {}
        }
    }
}

/// Two blanks before each line of the entries, unless they share a line with something else.
fn indented(source: &SourceFile, entries: &[Entry]) -> Option<Fix> {
    let (first, last) = (entries.first()?, entries.last()?);
    let line_of = |offset| source.position(offset).line;
    let mut starts = Vec::new();
    for number in line_of(first.key_span.start)..=line_of(last.value.span.end) {
        let line = source.line_span(number);
        if !source.slice(line).trim().is_empty() {
            starts.push(Span::empty(line.start));
        }
    }
    let before = Span::new(starts.first()?.start, first.key_span.start);
    if !source.slice(before).trim_matches(' ').is_empty() {
        return None;
    }
    let mut starts = starts.into_iter();
    let fix = Fix::to_review("indent by two blanks", starts.next()?, "  ");
    Some(starts.fold(fix, |fix, start| fix.and(start, "  ")))
}

#[cfg(test)]
mod tests {
    use crate::{Fix, Options, check};

    #[test]
    fn a_section_without_indentation_is_one_problem_and_is_mended() {
        let text = "name: a\nroot: D:\\a\npython:\ninterpreter: D:\\a.exe\nhandler: a.b\n\
            process:\nmax-instances: 4\nstreaming: true\n";
        let checked = check("f", text.as_bytes(), &Options::default());
        let helps: Vec<_> = checked
            .diagnostics
            .iter()
            .filter_map(|found| found.help.as_deref())
            .collect();
        assert_eq!(
            helps,
            [
                "indent `interpreter` and `handler` below it",
                "indent `max-instances` below it"
            ]
        );
        let fixes = checked
            .diagnostics
            .iter()
            .filter_map(|found| found.fix.as_ref());
        let fixed = Fix::apply(text, fixes).0;
        let checked = check("f", fixed.as_bytes(), &Options::default());
        assert_eq!(checked.diagnostics, [], "{fixed}");
    }
}
