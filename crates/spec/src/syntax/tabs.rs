//! Blanks for tabs, where it is plain how many.

use crate::diag::Fix;
use crate::source::{SourceFile, Span};

/// Lines that one fix still mends; a longer file of tabs is no spec.
const MOST: usize = 1_000;

/// Two blanks for each tab that a line of the file begins with.
///
/// `None` if that could be another structure: where a line mixes both, where other lines are not indented by two
/// blanks a level, where a block of text may want its tabs, and where more lines than [`MOST`] have tabs.
pub(super) fn as_blanks(source: &SourceFile) -> Option<Fix> {
    if narrowest(source.text()).is_some_and(|blanks| blanks != 2) {
        return None;
    }
    let mut fix: Option<Fix> = None;
    let mut start = 0;
    for line in source.text().split_inclusive('\n') {
        let code = line.trim_start_matches([' ', '\t']);
        let margin = line.strip_suffix(code)?;
        let tabs = margin.bytes().filter(|byte| *byte == b'\t').count();
        let two_a_level = tabs == 0 && margin.len() % 2 == 0;
        if !code.trim_end().is_empty() && !two_a_level {
            if tabs != margin.len() {
                return None;
            }
            let span = Span::new(start, start + tabs);
            let blanks = "  ".repeat(tabs);
            fix = Some(match fix {
                None => Fix::safe("write two blanks for each tab", span, blanks),
                Some(fix) if fix.edits.len() == MOST => return None,
                Some(fix) => fix.and(span, blanks),
            });
        }
        if begins_block_text(code) {
            return None;
        }
        start += line.len();
    }
    fix
}

/// The smallest indentation with blanks, which is that of one level.
fn narrowest(text: &str) -> Option<usize> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .filter(|blanks| *blanks > 0)
        .min()
}

fn begins_block_text(code: &str) -> bool {
    let marker = code.trim_end().rsplit([' ', ':']).next();
    marker.is_some_and(|marker| marker.starts_with(['|', '>']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(text: &str) -> Option<String> {
        let fix = as_blanks(&SourceFile::new("f", text))?;
        assert!(fix.safe);
        Some(Fix::apply(text, [&fix]).0)
    }

    #[test]
    fn every_line_gets_two_blanks_for_each_tab() {
        assert_eq!(
            fixed("a:\n\tb:\n\t\tc: 1\n\n\t\nd:\n  e:\n    f: 1\n"),
            Some("a:\n  b:\n    c: 1\n\n\t\nd:\n  e:\n    f: 1\n".to_owned())
        );
    }

    #[test]
    fn what_could_be_meant_otherwise_is_left_alone() {
        for text in [
            "a:\n \tb: 1\n",
            "a:\n    b: 1\nc:\n\td: 1\n",
            "a:\n   b: 1\nc:\n\td: 1\n",
            "a: |\n\ttext\n",
            "a:\n\t- >-\n\t\ttext\n",
        ] {
            assert_eq!(fixed(text), None, "{text:?}");
        }
    }
}
