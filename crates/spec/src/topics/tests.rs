//! Pages that are complete and true to what exists, and names that lead to them.

use std::collections::BTreeMap;
use std::path::Path;

use super::words::words;
use super::{TOPICS, Topic, find, nearest};
use crate::rules;

const HEADINGS: [&str; 3] = ["## What it means", "## Decide", "## Sources"];

/// The first row of every table.
const COLUMNS: &str = "| Symptom | How to tell | What to do |";

/// What `iisc` can be told to do.
const COMMANDS: [&str; 5] = ["build", "check", "dev", "explain", "schema"];

fn section<'a>(topic: &Topic, heading: &str) -> &'a str {
    let (_, rest) = topic.page.split_once(heading).unwrap();
    rest.split("\n## ").next().unwrap().trim()
}

/// The texts in backticks of a page.
fn quoted(topic: &Topic) -> impl Iterator<Item = &'static str> {
    topic.page.split('`').skip(1).step_by(2)
}

fn titles(found: &[&Topic]) -> Vec<&'static str> {
    found.iter().map(|topic| topic.title()).collect()
}

#[test]
fn every_page_has_a_title_and_the_same_headings() {
    for topic in TOPICS {
        let headings: Vec<&str> = topic
            .page
            .lines()
            .filter(|line| line.starts_with("## "))
            .collect();
        assert!(topic.page.starts_with("# "), "{}", topic.title());
        assert_eq!(headings, HEADINGS, "{}", topic.title());
        assert!(
            !topic.title().is_empty() && !topic.title().ends_with('.'),
            "{}",
            topic.title()
        );
        for heading in HEADINGS {
            assert!(!section(topic, heading).is_empty(), "{}", topic.title());
        }
    }
}

#[test]
fn every_table_has_three_full_columns_and_a_choice() {
    for topic in TOPICS {
        let mut rows = section(topic, "## Decide").lines();
        assert_eq!(rows.next(), Some(COLUMNS), "{}", topic.title());
        assert_eq!(
            rows.next(),
            Some("| --- | --- | --- |"),
            "{}",
            topic.title()
        );
        let rows: Vec<&str> = rows.collect();
        assert!(rows.len() > 1, "{}", topic.title());
        for row in rows {
            let inner = row
                .strip_prefix("| ")
                .and_then(|row| row.strip_suffix(" |"))
                .unwrap_or_else(|| panic!("{row}"));
            let cells: Vec<&str> = inner.split(" | ").collect();
            assert_eq!(cells.len(), 3, "{row}");
            assert!(cells.iter().all(|cell| !cell.trim().is_empty()), "{row}");
            assert_eq!(inner.matches('|').count(), 2, "{row}");
            assert!(!row.ends_with(". |"), "{row}");
        }
    }
}

#[test]
fn every_source_is_a_row_or_a_section() {
    for topic in TOPICS {
        let sources = section(topic, "## Sources");
        let is_row = quoted(topic).any(|text| text.len() == 3 && text.starts_with('P'));
        assert!(
            is_row || sources.contains("of the IIS fact sheet"),
            "{}",
            topic.title()
        );
        assert!(sources.ends_with('.'), "{}", topic.title());
    }
}

#[test]
fn every_name_finds_its_page_and_no_name_is_claimed_twice() {
    let mut claimed = BTreeMap::new();
    for topic in TOPICS {
        for name in topic.names {
            assert_eq!(titles(&find(name)), [topic.title()], "{name}");
            assert_eq!(claimed.insert(words(name), topic.title()), None, "{name}");
            assert!(rules::find(name).is_none(), "{name} is the name of a rule");
        }
    }
}

#[test]
fn a_title_tells_the_first_name() {
    for topic in TOPICS {
        let (title, name) = (words(topic.title()), words(topic.names[0]));
        assert!(super::contains(&title, &name), "{}", topic.title());
    }
}

#[test]
fn every_page_on_disk_is_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/topics");
    let pages = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    assert_eq!(pages.count(), TOPICS.len());
}

#[test]
fn every_code_of_ours_exists() {
    for topic in TOPICS {
        for rest in topic.page.split("IISC").skip(1) {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            // Variables of the gateway begin with IISC_.
            if !rest.starts_with('_') {
                let rule = rules::find(&digits);
                assert!(rule.is_some(), "IISC{digits} in {}", topic.title());
            }
        }
    }
}

#[test]
fn every_command_of_ours_exists_and_every_reference_leads_to_one_page() {
    for topic in TOPICS {
        for command in quoted(topic).filter_map(|text| text.strip_prefix("iisc ")) {
            let (word, rest) = command.split_once(' ').unwrap_or((command, ""));
            assert!(COMMANDS.contains(&word), "{command} in {}", topic.title());
            if word == "explain" {
                assert_eq!(find(rest).len(), 1, "{command} in {}", topic.title());
            }
        }
    }
}

#[test]
fn every_key_of_a_spec_exists() {
    let schema: serde_json::Value = serde_json::from_str(&crate::schema_text()).unwrap();
    let keys = |object: &serde_json::Value| -> Vec<String> {
        let properties = object["properties"].as_object();
        properties
            .map(|properties| properties.keys().cloned().collect())
            .unwrap_or_default()
    };
    let mut checked = 0;
    for topic in TOPICS {
        for text in quoted(topic) {
            let key = text.split(':').next().unwrap();
            let Some((section, key)) = key.split_once('.') else {
                continue;
            };
            let reference = &schema["properties"][section]["allOf"][0]["$ref"];
            let Some(name) = reference.as_str().and_then(|path| path.rsplit('/').next()) else {
                continue;
            };
            // `python.exe` is a program.
            if key != "exe" {
                let known = keys(&schema["definitions"][name]);
                assert!(
                    known.iter().any(|known| known == key),
                    "{text} in {}",
                    topic.title()
                );
                checked += 1;
            }
        }
    }
    assert!(checked > 20, "{checked}");
}

#[test]
fn looking_up_is_forgiving() {
    for (asked, first_name) in [
        ("HTTP 500.19", "500.19"),
        ("HTTP Error 500.19 - Internal Server Error", "500.19"),
        ("500 19", "500.19"),
        ("80070021", "0x80070021"),
        ("-2147024863", "0x80070021"),
        ("2147942433", "0x80070021"),
        ("0X8007000D", "0x8007000d"),
        ("HTTP Error 500.19, Error Code 0x80070021", "0x80070021"),
        ("-1073740791", "The FastCGI process exited unexpectedly"),
        ("0x1", "The FastCGI process exited unexpectedly"),
        (
            "exited unexpectedly",
            "The FastCGI process exited unexpectedly",
        ),
        ("winerror 6", "WinError 6"),
        ("WinError6", "WinError 6"),
        ("OSError: [WinError 6] The handle is invalid", "WinError 6"),
        ("WinError 32", "WinError 32"),
        ("258", "0x80070102"),
        ("Error 258", "0x80070102"),
        ("1413", "0x80070585"),
        ("No Python at 'C:\\Users\\me\\python.exe'", "No Python at"),
        ("no python", "No Python at"),
        ("wsgi_handler", "WSGI_HANDLER env var must be set"),
        (
            "Cannot add duplicate collection entry of type 'add' with unique key attribute 'name'",
            "0x800700b7",
        ),
        (
            "Handler \"x\" has a bad module \"FastCgiModule\" in its module list",
            "500.21",
        ),
        ("localsystem", "LocalSystem"),
    ] {
        let found: Vec<&str> = find(asked).iter().map(|topic| topic.names[0]).collect();
        assert_eq!(found, [first_name], "{asked}");
    }
}

#[test]
fn what_fits_several_pages_gives_all_of_them() {
    assert_eq!(find("collection").len(), 1);
    assert!(find("FastCGI process").len() > 1);
}

#[test]
fn what_fits_nothing_gives_nothing_but_a_near_name() {
    for text in ["", "favicon", "at", "599.1", "3", "0x80079999", "IISC0203"] {
        assert!(find(text).is_empty(), "{text}: {:?}", titles(&find(text)));
    }
    assert_eq!(nearest("500.91").as_deref(), Some("500.19"));
    assert_eq!(
        nearest("restart-patern").as_deref(),
        Some("restart-pattern")
    );
    assert!(nearest("IISC0299").unwrap().starts_with("IISC02"));
    assert!(nearest("0199").unwrap().starts_with("IISC01"));
    assert_eq!(nearest("9999"), None);
    assert_eq!(nearest("favicon"), None);
}
