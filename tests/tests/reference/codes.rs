//! `docs/rules.md`: every kind of problem, with a link to its page.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use iisc_spec::{CATALOGUE, Level, Rule};
use iisc_tests::workspace;

const INTRODUCTION: &str = "# Every code of iisc

What `iisc check` can say. This page is made from the rules' own pages, which `iisc explain CODE` shows, offline, with a wrong
and a right spec for each. *Fixed* are problems that `iisc check --fix` can solve, as a rule; some of them need
`--unsafe-fixes` too, since they rest on a guess. *Can be ignored* are those that a
[comment with a reason](ignoring.md) accepts; the others leave nothing right to build.
";

/// The first two digits of codes, and what they are about.
const BANDS: [(u16, &str); 12] = [
    (0, "Text and YAML"),
    (1, "Shape: keys and values"),
    (2, "The application and its Python"),
    (3, "Python processes"),
    (4, "Proxies"),
    (5, "Sites and pools"),
    (6, "URLs and static files"),
    (7, "Accounts and permissions"),
    (8, "Environment and secrets"),
    (9, "Logs"),
    (10, "IIS's own files"),
    (90, "What a version of IIS cannot do"),
];

/// The page, with a table for each band of codes.
pub(crate) fn page() -> String {
    let pages = pages();
    let mut text = INTRODUCTION.to_owned();
    for (band, title) in BANDS {
        text.push_str(&format!("\n## {title}\n\n"));
        if band == 10 {
            text.push_str("`iisc check` judges these files too, if they are named to it.\n\n");
        }
        text.push_str(
            "| code | name | level | what it says | |\n| --- | --- | --- | --- | --- |\n",
        );
        let rules = CATALOGUE
            .iter()
            .filter(|rule| rule.code.number() / 100 == band);
        for rule in rules {
            text.push_str(&row(rule, &pages[rule.slug]));
        }
    }
    text
}

fn row(rule: &Rule, page: &Path) -> String {
    let link = page.strip_prefix(workspace()).unwrap();
    let link = link.to_str().unwrap().replace('\\', "/");
    let level = match rule.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    };
    format!(
        "| [{}](../{link}) | `{}` | {level} | **{}.** {} | {} |\n",
        rule.code,
        rule.slug,
        rule.title(),
        summary(rule.page),
        remarks(rule)
    )
}

fn remarks(rule: &Rule) -> String {
    let fixed = rule.page.contains("```yaml fixed").then_some("fixed");
    let ignored = rule.can_be_ignored().then_some("can be ignored");
    let words: Vec<&str> = fixed.into_iter().chain(ignored).collect();
    words.join(", ")
}

/// The first sentence below the title, for a cell of a table.
fn summary(page: &str) -> String {
    let lines = page.lines().skip(2).take_while(|line| !line.is_empty());
    let paragraph = lines.collect::<Vec<_>>().join(" ");
    let sentence = paragraph.split(". ").next().unwrap();
    format!("{}.", sentence.trim_end_matches('.')).replace('|', "\\|")
}

/// The page of each rule by its name.
fn pages() -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    collect(&workspace().join("crates/spec/src"), &mut found);
    found
}

fn collect(folder: &Path, found: &mut BTreeMap<String, PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "topics") {
                collect(&path, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.insert(path.file_stem().unwrap().to_str().unwrap().to_owned(), path);
        }
    }
}

#[test]
fn every_code_is_in_a_band() {
    for rule in CATALOGUE {
        let band = rule.code.number() / 100;
        assert!(
            BANDS.iter().any(|(known, _)| *known == band),
            "{}",
            rule.code
        );
    }
}
