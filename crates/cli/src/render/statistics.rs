//! How many problems of each kind there are.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::report::{Report, rule};

/// Writes a line for each kind of problem: number, code, name and title; the most frequent first.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut counts = BTreeMap::new();
    for (_, found) in report.problems() {
        *counts.entry(found.code).or_insert(0_usize) += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
    for (code, count) in counts {
        let (slug, title) = rule(code).map_or(("", ""), |rule| (rule.slug, rule.title()));
        writeln!(out, "{count:>6}  {code}  {slug:<20}  {title}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{sample, written};
    use super::*;

    #[test]
    fn the_most_frequent_kind_comes_first() {
        let report = sample(&[("a", "x: 1\ny: 1\nname: shop\n"), ("b", "")]);
        let text = written(&report, write);
        let codes: Vec<&str> = text.lines().map(|line| line.get(..16).unwrap()).collect();
        assert_eq!(
            codes,
            ["     2  IISC0101", "     2  IISC0102", "     1  IISC0003"]
        );
    }
}
