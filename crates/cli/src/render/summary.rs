//! Numbers in words.

use std::time::Duration;

use super::visible::in_place;
use crate::report::{Counts, Report};

/// `2 errors, 1 warning`, or `no errors` if there is nothing at all.
pub(super) fn counted(counts: Counts) -> String {
    let levels = [
        (counts.errors, "error"),
        (counts.warnings, "warning"),
        (counts.notes, "note"),
    ];
    let there = levels.into_iter().filter(|(number, _)| *number > 0);
    let parts: Vec<String> = there.map(|(number, one)| several(number, one)).collect();
    match parts.is_empty() {
        true => "no errors".to_owned(),
        false => parts.join(", "),
    }
}

/// `3 files: 2 fixed, 1 error, 4 known (1 fixable with --fix)`
pub(super) fn closing(report: &Report, elapsed: Option<Duration>) -> String {
    let counts = report.counts();
    let subject = match report.files.as_slice() {
        [only] => in_place(only.source.name()),
        files => several(files.len(), "file"),
    };
    let fixed = Some(report.fixed).filter(|fixed| *fixed > 0);
    let known = Some(report.known).filter(|known| *known > 0);
    let parts = [
        fixed.map(|fixed| format!("{fixed} fixed")),
        Some(counted(counts)),
        known.map(|known| format!("{known} known")),
    ];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let time = elapsed.map_or_else(String::new, |time| {
        format!(" in {:.2} s", time.as_secs_f64())
    });
    format!("{subject}: {text}{}{time}", fixable(counts))
}

fn fixable(counts: Counts) -> String {
    match (counts.safe, counts.to_review) {
        (0, 0) => String::new(),
        (safe, 0) => format!(" ({safe} fixable with --fix)"),
        (0, unsure) => format!(" ({unsure} fixable with --fix --unsafe-fixes)"),
        (safe, unsure) => {
            format!(" ({safe} fixable with --fix, {unsure} more with --unsafe-fixes)")
        }
    }
}

/// `1 error`, `2 errors`
pub(crate) fn several(number: usize, one: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        n => format!("{n} {one}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn the_closing_line_says_all_numbers() {
        let mut report = sample(&[("a", "streaming: yes\nnome: x\nfoo: x\n"), ("b", "")]);
        report.fixed = 2;
        report.known = 3;
        assert_eq!(
            closing(&report, Some(Duration::from_millis(1_234))),
            "2 files: 2 fixed, 6 errors, 3 known (1 fixable with --fix, 1 more with --unsafe-fixes) in 1.23 s"
        );
        report.files.clear();
        (report.fixed, report.known) = (0, 0);
        assert_eq!(closing(&report, None), "0 files: no errors");
    }
}
