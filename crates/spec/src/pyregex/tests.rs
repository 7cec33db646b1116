use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use super::{PatternError, check};

/// Patterns of every construct, good ones first, one on each line.
fn patterns() -> impl Iterator<Item = &'static str> {
    include_str!("patterns.txt").lines()
}

fn fault(pattern: &str) -> PatternError {
    check(pattern).unwrap_err()
}

#[test]
fn the_pattern_of_the_tutorial_is_fine() {
    assert_eq!(check(r"(?i).*.(py|cnf|config)$"), Ok(()));
}

#[test]
fn a_fault_is_placed_in_bytes() {
    let found = fault("é(x");
    assert_eq!(found.message, "missing ), unterminated subpattern");
    assert_eq!(found.range, 2..3);
    assert_eq!(fault(r"ab\q").range, 2..4);
    assert_eq!(fault("a**").range, 2..3);
    assert_eq!(fault("ü[z-a]").range, 3..6);
}

#[test]
fn deep_nesting_ends_in_a_message() {
    for open in ["(", "(?:", "(?=", "(?(1)", "(?i:"] {
        let pattern = format!("(){}", open.repeat(50_000));
        assert!(
            fault(&pattern).message.starts_with("more than 100 groups"),
            "{open}"
        );
    }
}

#[test]
fn every_prefix_of_every_pattern_is_judged_without_a_panic() {
    for pattern in patterns() {
        for (end, _) in pattern.char_indices() {
            let prefix = pattern.get(..end).unwrap();
            if let Err(found) = check(prefix) {
                assert!(
                    prefix.get(found.range.clone()).is_some(),
                    "{pattern} {found:?}"
                );
            }
        }
    }
}

/// Asks the interpreter of this machine; `None` without one that knows the dialect of 3.11.
fn ask_python(patterns: &[&str]) -> Option<Vec<(String, Option<usize>)>> {
    const SCRIPT: &str = r#"
import re, sys, warnings
if sys.version_info < (3, 11): sys.exit(3)
warnings.simplefilter("ignore")
for line in sys.stdin.buffer.read().decode("utf-8").split("\0"):
    try:
        re.compile(line)
        answer = "\t"
    except re.error as error:
        answer = f"{error.msg}\t{'' if error.pos is None else len(line[:error.pos].encode())}"
    except OverflowError as error:
        answer = f"{error}\t"
    sys.stdout.buffer.write((answer + "\n").encode("utf-8"))
"#;
    let mut python = Command::new("python3")
        .args(["-c", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    python
        .stdin
        .take()?
        .write_all(patterns.join("\0").as_bytes())
        .ok()?;
    let output = python
        .wait_with_output()
        .ok()
        .filter(|output| output.status.success())?;
    let answers = String::from_utf8(output.stdout).ok()?;
    let read = |line: &str| {
        let (message, place) = line.rsplit_once('\t').unwrap();
        (message.to_owned(), place.parse().ok())
    };
    Some(answers.lines().map(read).collect())
}

#[test]
fn verdict_words_and_place_are_those_of_python() {
    let patterns: Vec<&str> = patterns().collect();
    let Some(answers) = ask_python(&patterns) else {
        eprintln!("SKIPPED: no python3 of version 3.11 or later to compare the regex dialect with");
        return;
    };
    assert!(answers.len() > 250 && answers.len() == patterns.len());
    let mut differences = String::new();
    for (pattern, (message, place)) in patterns.iter().zip(answers) {
        let own = check(pattern).err().unwrap_or_else(|| PatternError {
            message: String::new(),
            range: 0..0,
        });
        // A reference that lookbehind forbids is marked by us; Python points behind it.
        let placed = place.is_none_or(|place| own.range.start == place || own.range.end == place);
        if own.message != message || !placed {
            let _ = writeln!(
                differences,
                "{pattern:?}: {own:?}, Python {message:?} {place:?}"
            );
        }
    }
    assert!(differences.is_empty(), "{differences}");
}
