//! What a page says is what happens, for the rules on IIS's own files.

use std::fmt::Write as _;

use super::super::{CheckedFile, Kind, check, check_together};
use crate::rules::tests::{blessing, rewrite};
use crate::{CATALOGUE, Fix, Rule};

fn of_files() -> impl Iterator<Item = &'static Rule> {
    let rules = CATALOGUE.iter().copied();
    rules.filter(|rule| rule.code.number() / 100 == 10)
}

/// The files that a page shows as bad or good, each with its name.
fn files(page: &str, word: &str) -> Vec<(String, Vec<u8>)> {
    let blocks = page.split("\n```").filter_map(|block| {
        let (info, text) = block.split_once('\n')?;
        let mut info = info.split(' ').skip(1);
        let name = info
            .next()
            .filter(|found| *found == word)
            .and(info.next())?;
        let padding = match info.next() {
            Some("padded") => format!("<!--{}-->\n", " padding".repeat(40_000)),
            _ => String::new(),
        };
        Some((name.to_owned(), format!("{text}{padding}").into_bytes()))
    });
    blocks.collect()
}

fn checked(files: &[(String, Vec<u8>)]) -> Vec<CheckedFile> {
    let mut checked: Vec<CheckedFile> = files
        .iter()
        .map(|(name, bytes)| check(name, bytes))
        .collect();
    check_together(&mut checked);
    checked
}

/// The diagnostics as a page shows them.
pub(crate) fn shown(file: &CheckedFile) -> String {
    let first = |text: &str| text.lines().next().unwrap_or_default().to_owned();
    let mut text = String::new();
    for found in &file.diagnostics {
        let _ = writeln!(text, "{}", found.short(&file.source));
        for label in &found.labels {
            let word = if label.primary { "at" } else { "and" };
            let colon = if label.text.is_empty() { "" } else { ": " };
            let place = first(file.source.slice(label.span));
            let _ = writeln!(text, "  {word} `{place}`{colon}{}", label.text);
        }
        for other in &found.elsewhere {
            let place = first(other.source.slice(other.span));
            let _ = writeln!(
                text,
                "  and in {} `{place}`: {}",
                other.source.name(),
                other.text
            );
        }
        if let Some(help) = &found.help {
            let _ = writeln!(text, "  help: {help}");
        }
    }
    text
}

#[test]
fn the_bad_files_of_each_page_give_what_the_page_shows() {
    for rule in of_files() {
        let (_, output) = rule.page.split_once("```text output\n").unwrap();
        let (output, _) = output.split_once("```").unwrap();
        let checked = checked(&files(rule.page, "bad"));
        let found: Vec<_> = checked.iter().flat_map(|file| &file.diagnostics).collect();
        assert!(!found.is_empty(), "{} finds nothing", rule.slug);
        assert!(
            found.iter().all(|found| found.code == rule.code),
            "{}: {found:?}",
            rule.slug
        );
        let actual: String = checked.iter().map(shown).collect();
        if blessing() {
            rewrite(rule, output, &actual);
        } else {
            assert_eq!(
                actual, output,
                "{}; IISC_BLESS=1 rewrites the page",
                rule.slug
            );
        }
    }
}

#[test]
fn the_good_files_of_each_page_give_nothing() {
    for rule in of_files() {
        let files = files(rule.page, "good");
        assert!(!files.is_empty(), "{}", rule.slug);
        for file in checked(&files) {
            assert_eq!(shown(&file), "", "{}", rule.slug);
        }
    }
}

#[test]
fn every_message_is_worded_alike() {
    for rule in of_files() {
        for file in checked(&files(rule.page, "bad")) {
            for found in &file.diagnostics {
                assert!(
                    !found.message.ends_with('.') && !found.message.contains('\n'),
                    "{found:?}"
                );
                assert!(
                    found.help.as_ref().is_some_and(|help| !help.ends_with('.')),
                    "{found:?}"
                );
                let primary = found.labels.iter().filter(|label| label.primary).count();
                assert_eq!(primary, usize::from(!found.labels.is_empty()), "{found:?}");
            }
        }
    }
}

#[test]
fn a_fix_of_a_page_leads_to_a_file_without_that_problem() {
    for rule in of_files() {
        for file in checked(&files(rule.page, "bad")) {
            for found in &file.diagnostics {
                let Some(fix) = &found.fix else { continue };
                let (text, applied) = Fix::apply(file.source.text(), [fix]);
                assert_eq!(applied, 1, "{found:?}");
                let after = check(file.source.name(), text.as_bytes());
                assert!(
                    after.diagnostics.len() < file.diagnostics.len(),
                    "{}: {text}",
                    rule.slug
                );
            }
        }
    }
}

#[test]
fn judging_files_together_twice_changes_nothing() {
    let rule = crate::rules::find("handler-pair").unwrap();
    let mut checked = checked(&files(rule.page, "bad"));
    let once: Vec<_> = checked
        .iter()
        .map(|file| file.diagnostics.clone())
        .collect();
    check_together(&mut checked);
    let twice: Vec<_> = checked
        .iter()
        .map(|file| file.diagnostics.clone())
        .collect();
    assert_eq!(once, twice);
    assert_eq!(checked[0].kind, Kind::WebConfig);
}
