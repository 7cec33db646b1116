//! What a page says is what happens: each is a test of its own rule.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::{CATALOGUE, Rule, find};
use crate::{Checked, Fix, MemoryWorld, Options, Scope, World, check};

const HEADINGS: [&str; 4] = [
    "## Why it matters",
    "## Example",
    "## When to allow it",
    "## Sources",
];

/// The first code block of a page whose info string begins so: the rest of that string, and the text.
fn block<'a>(page: &'a str, info: &str) -> (&'a str, &'a str) {
    let (_, rest) = page
        .split_once(&format!("```{info}"))
        .unwrap_or_else(|| panic!("no {info}"));
    let (flags, rest) = rest.split_once('\n').unwrap();
    let (text, _) = rest.split_once("```").unwrap();
    (flags.trim(), text)
}

/// Two kinds of bad file cannot stand in a page; its text is turned into one of them.
fn bytes(flags: &str, text: &str) -> Vec<u8> {
    match flags {
        flags if flags.is_empty() || flags.starts_with("profile=") => text.as_bytes().to_vec(),
        "utf-16" => format!("\u{FEFF}{text}")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect(),
        "padded" => format!("{text}#{}\n", " padding".repeat(crate::MAX_BYTES / 8)).into_bytes(),
        other => panic!("unknown flag {other}"),
    }
}

/// Checks a block as its flags say, with the files that the page shows.
fn check_block(page: &str, flags: &str, text: &str) -> Checked {
    let files = files(page);
    let world = MemoryWorld::new(files.clone());
    let options = Options {
        scope: flags
            .strip_prefix("profile=")
            .map_or(Scope::Everything, Scope::Profile),
        world: (!files.is_empty()).then_some(&world as &dyn World),
        ..Options::default()
    };
    check("app.iis.yaml", &bytes(flags, text), &options)
}

/// The files of the project that a page shows: blocks with `file=NAME` in their info string.
fn files(page: &str) -> Vec<(String, String)> {
    let blocks = page.split("\n```").skip(1).step_by(2);
    let file = |block: &str| {
        let (info, text) = block.split_once('\n')?;
        let (_, name) = info.split_once(" file=")?;
        Some((name.to_owned(), format!("{text}\n")))
    };
    blocks.filter_map(file).collect()
}

/// The diagnostics as a page shows them.
fn shown(checked: &Checked) -> String {
    let mut text = String::new();
    for found in &checked.diagnostics {
        let _ = writeln!(text, "{}", found.short(&checked.source));
        for label in &found.labels {
            let place = checked
                .source
                .slice(label.span)
                .lines()
                .next()
                .unwrap_or_default();
            let word = if label.primary { "at" } else { "and" };
            let colon = if label.text.is_empty() { "" } else { ": " };
            let _ = writeln!(text, "  {word} `{place}`{colon}{}", label.text);
        }
        for other in &found.elsewhere {
            let position = other.source.position(other.span.start);
            let place = other.source.line(position.line).trim();
            let colon = if other.text.is_empty() { "" } else { ": " };
            let name = other.source.name();
            let _ = writeln!(
                text,
                "  in {name}:{}: `{place}`{colon}{}",
                position.line, other.text
            );
        }
        if let Some(help) = &found.help {
            let _ = writeln!(text, "  help: {help}");
        }
    }
    text
}

fn folder(rule: &Rule) -> PathBuf {
    let folder = match rule.code.number() {
        0..100 => "syntax",
        100..110 => "shape",
        110..200 => "expand",
        _ => "rules",
    };
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src")
        .join(folder)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the switch that rewrites golden text, in tests only"
)]
fn blessing() -> bool {
    std::env::var_os("IISC_BLESS").is_some()
}

#[expect(
    clippy::disallowed_methods,
    reason = "rewrites a page on demand, in tests only"
)]
fn rewrite(rule: &Rule, output: &str, actual: &str) {
    let info = "```text output\n";
    let (old, new) = (format!("{info}{output}```"), format!("{info}{actual}```"));
    let page = rule.page.replacen(&old, &new, 1);
    std::fs::write(folder(rule).join(format!("{}.md", rule.slug)), page).unwrap();
}

#[test]
fn the_bad_file_of_each_page_gives_what_the_page_shows() {
    for rule in CATALOGUE {
        let (flags, bad) = block(rule.page, "yaml bad");
        let (_, output) = block(rule.page, "text output");
        let checked = check_block(rule.page, flags, bad);
        for found in &checked.diagnostics {
            assert_eq!(found.code, rule.code, "{}: {found:?}", rule.slug);
        }
        assert!(
            !checked.diagnostics.is_empty(),
            "{} finds nothing",
            rule.slug
        );
        let actual = shown(&checked);
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
fn the_good_file_of_each_page_gives_nothing() {
    for rule in CATALOGUE {
        let (flags, good) = block(rule.page, "yaml good");
        let checked = check_block(rule.page, flags, good);
        assert_eq!(shown(&checked), "", "{}", rule.slug);
        assert!(!checked.applications.is_empty(), "{}", rule.slug);
    }
}

#[test]
fn a_fix_makes_of_the_bad_file_what_the_page_shows() {
    for rule in CATALOGUE {
        let (flags, bad) = block(rule.page, "yaml bad");
        let checked = check_block(rule.page, flags, bad);
        let fixes: Vec<&Fix> = checked
            .diagnostics
            .iter()
            .filter_map(|it| it.fix.as_ref())
            .collect();
        let shown = rule.page.contains("```yaml fixed");
        assert_eq!(shown, !fixes.is_empty(), "{} has a fix, or none", rule.slug);
        if shown {
            let (_, expected) = block(rule.page, "yaml fixed");
            let (fixed, applied) = Fix::apply(checked.source.text(), fixes.iter().copied());
            assert_eq!(
                (fixed.as_str(), applied),
                (expected, fixes.len()),
                "{}",
                rule.slug
            );
            let left = check_block(rule.page, flags, &fixed).diagnostics;
            assert!(left.iter().all(|found| found.code != rule.code), "{left:?}");
        }
    }
}

#[test]
fn every_page_has_a_title_and_the_same_headings() {
    for rule in CATALOGUE {
        assert!(rule.page.starts_with("# "), "{}", rule.slug);
        assert!(
            !rule.title().is_empty() && !rule.title().ends_with('.'),
            "{}",
            rule.slug
        );
        let headings: Vec<&str> = rule
            .page
            .lines()
            .filter(|line| line.starts_with("## "))
            .collect();
        assert_eq!(headings, HEADINGS, "{}", rule.slug);
    }
}

#[test]
fn every_message_is_worded_alike() {
    for rule in CATALOGUE {
        let (flags, bad) = block(rule.page, "yaml bad");
        for found in check_block(rule.page, flags, bad).diagnostics {
            assert!(
                !found.message.ends_with('.') && !found.message.contains('\n'),
                "{found:?}"
            );
            assert!(
                found.help.as_ref().is_some_and(|help| !help.ends_with('.')),
                "{found:?}"
            );
            assert!(
                found.elsewhere.iter().all(|other| !other.text.is_empty()),
                "{found:?}"
            );
            let primary = found.labels.iter().filter(|label| label.primary).count();
            assert_eq!(primary, usize::from(!found.labels.is_empty()), "{found:?}");
        }
    }
}

#[test]
fn codes_are_unique_sorted_and_never_change() {
    let codes: Vec<String> = CATALOGUE
        .iter()
        .map(|rule| format!("{} {}", rule.code.number(), rule.slug))
        .collect();
    assert!(CATALOGUE.is_sorted_by(|one, other| one.code < other.code));
    // A number or name that leaves this list must not come back for another problem.
    assert_eq!(
        codes.join("\n"),
        "1 file-encoding
2 size-limit
3 empty-file
4 yaml-syntax
5 look-alike
6 tab-indentation
7 deep-nesting
8 several-documents
9 anchor-or-alias
10 merge-key
11 tag
12 duplicate-key
13 key-not-text
14 missing-value
101 unknown-key
102 missing-key
103 wrong-type
104 unknown-value
105 out-of-range
106 wrong-form
107 duplicate-item
111 undeclared-variable
112 unset-variable
113 variable-value
114 unused-variable
115 unknown-profile
201 handler-form
202 windows-path
203 restart-pattern
204 virtualenv-mismatch
205 interpreter-is-exe
206 pythonpath-separator
230 missing-module
231 handler-attribute
232 called-instance
233 uncalled-factory
234 wrong-object
235 interface-mismatch
236 old-django-handler
237 handler-syntax
238 requirements-missing
239 django-static
240 body-limit-mismatch
241 websocket-library
242 scheduler-library
243 profile-library
244 rotating-log
245 django-debug
246 missing-template
247 static-folder-missing
801 environment-value
802 reserved-variable
803 variable-twice
9001 iis6-environment
9002 iis6-name
9003 iis6-ascii"
    );
}

#[test]
fn every_page_on_disk_belongs_to_a_rule() {
    for name in ["syntax", "shape", "expand", "rules"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(name);
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "md") {
                let slug = path.file_stem().unwrap().to_str().unwrap();
                assert!(find(slug).is_some(), "{slug} is in no list");
            }
        }
    }
}

#[test]
fn a_rule_is_found_by_its_code_and_by_its_name() {
    for rule in CATALOGUE {
        assert_eq!(
            find(&rule.code.to_string()).map(|found| found.slug),
            Some(rule.slug)
        );
        assert_eq!(find(rule.slug).map(|found| found.code), Some(rule.code));
    }
    assert!(find("IISC9999").is_none() && find("").is_none());
}
