//! Whatever the bytes are: no panic, and all promises are kept.
#![expect(
    clippy::disallowed_methods,
    reason = "reads the files that the fuzz target begins with, and ends where it fails"
)]

mod numbers;
mod promises;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use iisc_spec::resolved::{Resolved, Words};
use iisc_spec::{Checked, Options, check};

use self::numbers::Numbers;

const SPEC: &str = "# é\nname: shop\nroot: 'D:\\apps\\it''s'\npython:\n  interpreter: \"D:\\\\e\\\\python.exe\"\n  \
    handler: shop.app\n  pythonpath:\n    - D:\\ü\nenvironment: {A: x, B: '日本'}\nrestart:\n  pattern: |-\n    \
    (?i).*\\.py$\ntargets: [iis10]\n";

/// Pieces of text that make trouble in one reader or another.
const PIECES: &[&str] = &[
    "\t",
    "\n",
    "\r",
    "\0",
    ":",
    ": ",
    "- ",
    "? ",
    "&a ",
    "*a",
    "<<: ",
    "!t ",
    "!!str ",
    "|",
    ">-",
    "'",
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    "#",
    " #",
    "%",
    "@",
    "`",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "\u{FEFF}",
    "\u{A0}",
    "\u{85}",
    "\u{2028}",
    "\u{200B}",
    "\u{201C}",
    "\u{2013} ",
    "\u{FF1A}",
    "(?",
    "[a",
    "\u{10FFFF}",
    "~",
    "null",
    "",
];

#[test]
fn the_whole_file_is_valid() {
    let checked = promises::assert_kept(SPEC.as_bytes());
    assert_eq!(checked.diagnostics, []);
}

#[test]
fn every_prefix_is_judged() {
    for end in 0..SPEC.len() {
        promises::assert_kept(&SPEC.as_bytes()[..end]);
    }
}

#[test]
fn every_piece_of_trouble_at_every_place_is_judged() {
    for at in 0..SPEC.len() {
        for piece in PIECES {
            let bytes = [
                &SPEC.as_bytes()[..at],
                piece.as_bytes(),
                &SPEC.as_bytes()[at..],
            ]
            .concat();
            promises::assert_kept(&bytes);
        }
    }
}

#[test]
fn random_bytes_and_random_pieces_are_judged() {
    let mut numbers = Numbers(0x2545_F491_4F6C_DD1D);
    for _ in 0..2_000 {
        let length = numbers.below(60);
        let bytes: Vec<u8> = (0..length).map(|_| numbers.below(256) as u8).collect();
        promises::assert_kept(&bytes);
        let pieces = (0..length).map(|_| PIECES[numbers.below(PIECES.len())]);
        promises::assert_kept(pieces.collect::<String>().as_bytes());
    }
}

#[test]
fn the_files_that_fuzzing_begins_with_are_judged() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/check");
    let files: Vec<_> = fs::read_dir(folder).unwrap().map(Result::unwrap).collect();
    assert!(files.len() > 50);
    for file in files {
        promises::assert_kept(&fs::read(file.path()).unwrap());
    }
}

#[test]
fn hostile_files_get_one_message() {
    let mut bomb = String::from("a: &a [x,x,x,x,x,x,x,x,x]\n");
    for (name, before) in ('b'..='i').zip('a'..) {
        bomb += &format!(
            "{name}: &{name} [{}]\n",
            vec![format!("*{before}"); 9].join(",")
        );
    }
    let files = [
        "[".repeat(5_000),
        format!("a: {}", "{a: ".repeat(5_000)),
        "- ".repeat(5_000),
        "? ".repeat(5_000),
        bomb,
        format!("a: {}", "x".repeat(70_000)),
        (0..30_000)
            .map(|number| format!("k{number}: v\n"))
            .collect(),
        String::new(),
        "# nothing\n".to_owned(),
        "---\n".to_owned(),
    ];
    for text in files {
        let checked = promises::assert_kept(text.as_bytes());
        let start: String = text.chars().take(20).collect();
        assert_eq!(
            checked.diagnostics.len(),
            1,
            "{start}: {:?}",
            checked.diagnostics
        );
    }
}

#[test]
fn five_mistakes_are_five_messages_each_at_its_place() {
    let text = "name: shop
root: D:\\apps\\shop
python:
  interpreter: D:\\apps\\shop\\env\\Scripts\\python.exe
sites: {}
streaming: maybe
targets: [iis11]
process: {max-instances: 20000, idle-timeout: 5s}
";
    let checked = promises::assert_kept(text.as_bytes());
    let lines: Vec<String> = checked
        .diagnostics
        .iter()
        .map(|found| found.short(&checked.source))
        .collect();
    assert_eq!(
        lines,
        [
            "f:3:1: error[IISC0102]: missing key `handler` in `python`",
            "f:5:1: error[IISC0101]: unknown key `sites`",
            "f:6:12: error[IISC0103]: `streaming` must be `true` or `false`",
            "f:7:11: error[IISC0104]: `targets[0]` does not know `iis11`",
            "f:8:26: error[IISC0105]: `process.max-instances` is 20000, more than 10000",
            "f:8:47: error[IISC0105]: `process.idle-timeout` is `5s`, less than `10s`",
        ]
    );
}

#[test]
fn every_rule_reports_in_the_same_run() {
    let text = "name: shop
root: /srv/shop
python:
  interpreter: D:\\x\\python
  handler: shop.py
restart: {pattern: '(a'}
environment: {WSGI_LOG: x}
";
    let checked = promises::assert_kept(text.as_bytes());
    let codes: Vec<u16> = checked
        .diagnostics
        .iter()
        .map(|found| found.code.number())
        .collect();
    assert_eq!(codes, [202, 205, 201, 203, 802]);
}

#[test]
fn line_breaks_of_windows_change_nothing() {
    let windows = SPEC.replace('\n', "\r\n");
    let spec = |text: &str| {
        let checked = promises::assert_kept(text.as_bytes());
        (*checked.applications[0]).clone()
    };
    assert_eq!(spec(&windows), spec(SPEC));
}

#[test]
fn a_spec_with_any_text_in_it_comes_to_a_spec() {
    let mut specs = 0;
    for piece in PIECES {
        for quoted in [
            format!("'a{}b'", piece.replace('\'', "''")),
            format!("'{}'", piece.replace('\'', "''")),
            format!("\"{}\"", piece.replace('\\', "\\\\").replace('"', "\\\"")),
        ] {
            let text = format!(
                "name: shop\nroot: D:\\a\npython: {{interpreter: D:\\a.exe, handler: a.b}}\n\
                 environment: {{A: {quoted}}}\nlocal-files: {{a: {{description: {quoted}}}}}\n"
            );
            let checked = check("f", text.as_bytes(), &Options::default());
            specs += checked.applications.len();
            assert_comes_to_a_spec(&checked);
        }
    }
    assert!(specs > PIECES.len());
}

/// An application with all its defaults written out is a spec with the same values, unless one of them is hidden, or
/// a problem was accepted by a comment.
fn assert_comes_to_a_spec(checked: &Checked) {
    let words = Words {
        file: "f",
        given: &BTreeMap::new(),
    };
    for application in &checked.applications {
        let resolved = application.resolved(&checked.source);
        let yaml = resolved.to_yaml(&words);
        if resolved.hides() || checked.source.text().contains("iisc-ignore") {
            continue;
        }
        let again = check("f", yaml.as_bytes(), &Options::default());
        assert!(
            !again.applications.is_empty(),
            "{:?}\n{yaml}",
            again.diagnostics
        );
        for second in again.applications.iter().take(1) {
            let (mut before, mut after) = (Vec::new(), Vec::new());
            values(&resolved, &mut before);
            values(&second.resolved(&again.source), &mut after);
            assert_eq!(before, after, "{yaml}");
        }
    }
}

/// The keys and values, without where they are from.
fn values(resolved: &Resolved, found: &mut Vec<String>) {
    match resolved {
        Resolved::Value { yaml, .. } => found.push(yaml.clone()),
        Resolved::Hidden(_) => {}
        Resolved::Remark(text) => found.push(text.clone()),
        Resolved::List(items) => items.iter().for_each(|item| values(item, found)),
        Resolved::Group(entries) => entries.iter().for_each(|(key, value)| {
            found.push(key.clone());
            values(value, found);
        }),
    }
}
