use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use super::{Pattern, PatternError};

/// Patterns of every construct, good ones first, one on each line.
fn patterns() -> impl Iterator<Item = &'static str> {
    include_str!("patterns.txt").lines()
}

fn check(pattern: &str) -> Result<(), PatternError> {
    Pattern::parse(pattern).map(|_| ())
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

/// What a script of Python prints for some lines of input; `None` without a Python of the dialect of 3.11.
fn ask_python(script: &str, input: &str) -> Option<String> {
    const START: &str = "import re, sys, warnings\nif sys.version_info < (3, 11): sys.exit(3)\n\
        warnings.simplefilter('ignore')\nlines = sys.stdin.buffer.read().decode('utf-8').split('\\0')\n";
    let mut python = Command::new("python3")
        .args(["-c", &format!("{START}{script}")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    python.stdin.take()?.write_all(input.as_bytes()).ok()?;
    let output = python
        .wait_with_output()
        .ok()
        .filter(|output| output.status.success())?;
    Some(String::from_utf8(output.stdout).unwrap())
}

/// Python's words and place for each pattern.
fn ask_verdicts(patterns: &[&str]) -> Option<Vec<(String, Option<usize>)>> {
    const SCRIPT: &str = r#"
for line in lines:
    try:
        re.compile(line)
        answer = "\t"
    except re.error as error:
        answer = f"{error.msg}\t{'' if error.pos is None else len(line[:error.pos].encode())}"
    except OverflowError as error:
        answer = f"{error}\t"
    sys.stdout.buffer.write((answer + "\n").encode("utf-8"))
"#;
    let answers = ask_python(SCRIPT, &patterns.join("\0"))?;
    let read = |line: &str| {
        let (message, place) = line.rsplit_once('\t').unwrap();
        (message.to_owned(), place.parse().ok())
    };
    Some(answers.lines().map(read).collect())
}

#[test]
fn verdict_words_and_place_are_those_of_python() {
    let patterns: Vec<&str> = patterns().collect();
    let Some(answers) = ask_verdicts(&patterns) else {
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

/// Texts that the patterns are tried on.
const TEXTS: [&str; 40] = [
    "",
    "a",
    "b",
    "ab",
    "aab",
    "aaa",
    "abc",
    "abcd",
    "d",
    "A",
    "AB",
    "x",
    "1",
    "12",
    "2024-2024",
    "_",
    " ",
    "\n",
    "a\n",
    "a\nb",
    "\n\n",
    "app.py",
    "APP.PY",
    "app.pyc",
    r"shop\app.py",
    r"env\Lib\site-packages\x.py",
    "Web.config",
    "local.cnf",
    "happy",
    "a.b",
    "-",
    "]",
    "^",
    "\\",
    "\"q\"",
    "'a'",
    "é",
    "É",
    "日本",
    "a b",
];

#[test]
fn what_matches_is_what_matches_in_python() {
    const SCRIPT: &str = r#"
texts = lines[:40]
for line in lines[40:]:
    try:
        pattern = re.compile(line)
        print("".join("01"[pattern.match(text) is not None] for text in texts))
    except (re.error, OverflowError):
        print("")
"#;
    let glob = r"(?i)(?!(?:env\\.*)$)(?:(?:[^\\]+\\)*[^\\]*\.py|local\.cnf)$";
    let all: Vec<&str> = patterns().chain([glob]).collect();
    let input = [TEXTS.join("\0"), all.join("\0")].join("\0");
    let Some(answers) = ask_python(SCRIPT, &input) else {
        eprintln!("SKIPPED: no python3 of version 3.11 or later to compare the matches with");
        return;
    };
    let mut judged = 0;
    for (pattern, answer) in all.iter().zip(answers.lines()) {
        let Ok(parsed) = Pattern::parse(pattern) else {
            continue;
        };
        for (text, theirs) in TEXTS.iter().zip(answer.chars()) {
            if let Some(ours) = parsed.matches_start(text) {
                assert_eq!(ours, theirs == '1', "{pattern:?} on {text:?}");
                judged += 1;
            }
        }
    }
    assert!(judged > 4_000, "{judged}");
}

#[test]
fn what_needs_the_order_of_matches_is_not_judged() {
    for pattern in [
        r"(a)\1",
        "(?>a+)b",
        "a++b",
        "(a)?(?(1)b|c)",
        r"\N{DIGIT ONE}",
    ] {
        assert_eq!(
            Pattern::parse(pattern).unwrap().matches_start("aab"),
            None,
            "{pattern}"
        );
    }
}

#[test]
fn a_match_that_python_would_take_years_for_is_found_or_given_up() {
    let nested = format!("{}a{}b", "(".repeat(90), ")*".repeat(90));
    for (pattern, expected) in [
        ("(a*)*$", Some(true)),
        ("(a|aa)+b", Some(false)),
        ("(.*)*(.*)*(.*)*x$", Some(false)),
        ("(a{0,4000000000}){9,}b", Some(false)),
        (nested.as_str(), None),
        ("(?=(?=(?=.*).*).*)b", Some(false)),
        ("(?:(?=.*(?=.*).*).)*b", None),
    ] {
        let text = "a".repeat(300);
        assert_eq!(
            Pattern::parse(pattern).unwrap().matches_start(&text),
            expected,
            "{pattern}"
        );
    }
    assert_eq!(
        Pattern::parse("a")
            .unwrap()
            .matches_start(&"a".repeat(2_000)),
        None
    );
}

#[test]
fn a_pattern_for_no_path_is_told_apart() {
    for pattern in [
        r"^\\shop",
        r"\\\\.*",
        "C:.*",
        "shop/app.py",
        r".*$\.py",
        "a^b",
        r"(D:\\.*|/x)",
        r"shop\\\\app",
        "a\\\\$",
        r"[/:]x",
        "(?=/)x",
        "$",
        "a{3,}:",
    ] {
        assert!(
            !Pattern::parse(pattern).unwrap().can_match_a_path(),
            "{pattern}"
        );
    }
    for pattern in patterns().filter(|pattern| Pattern::parse(pattern).is_ok()) {
        let parsed = Pattern::parse(pattern).unwrap();
        for text in [
            "a",
            "ab",
            "aab",
            "app.py",
            "Web.config",
            r"shop\app.py",
            "a.b",
            "日本",
            "a b",
        ] {
            if parsed.matches_start(text) == Some(true) {
                assert!(parsed.can_match_a_path(), "{pattern} on {text}");
            }
        }
    }
}

#[test]
fn a_dot_that_was_meant_as_one_is_found() {
    for (pattern, dot) in [
        (r"(?i).*.(py|cnf|config)$", Some(6)),
        (".*.py", Some(2)),
        (r".*((.py)|(\.config))$", Some(4)),
        (r"[^\\]+.(?:py|pyw)\Z", Some(6)),
        (r"\w+?.pyc?$", Some(4)),
        (r".*\.py$", None),
        (".*.", None),
        (".*...", None),
        ("a.py", None),
        (".*.[a-z]+", None),
    ] {
        let found = Pattern::parse(pattern).unwrap().bare_dots();
        let starts: Vec<usize> = found.iter().map(|dot| dot.start).collect();
        assert_eq!(starts, dot.into_iter().collect::<Vec<_>>(), "{pattern}");
    }
}
