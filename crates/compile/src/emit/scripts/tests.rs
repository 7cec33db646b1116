//! What holds for each script, whatever its steps are. `tests/tests/wine` runs them.

use std::collections::BTreeSet;

use iisc_spec::Target;

use super::{ACL, INSTALL, PROVISION, REGISTER, UNINSTALL};
use crate::emit::SERVERS;
use crate::plan::{Plan, planned};

const EVERYTHING: &str = r#", "pool": {"identity": "specific-user", "user": {"name": "EXAMPLE\\svc", "password-from": "SVC_PASSWORD"}},
    "local-files": {"local.cnf": {}}, "secrets": {"A": {"file": "E:\\k\\a.txt"}},
    "log": {"file": "E:\\logs\\s.log"}"#;

fn plan(target: Target) -> Plan {
    planned(EVERYTHING, target)
}

fn texts(target: Target) -> [String; 5] {
    let plan = plan(target);
    [&INSTALL, &PROVISION, &ACL, &REGISTER, &UNINSTALL].map(|it| (it.emit)(&plan).unwrap().text)
}

/// The labels that a script goes to, and those that it has; each name comes last in its line.
fn labels(text: &str) -> (BTreeSet<&str>, Vec<&str>) {
    let (mut used, mut there) = (BTreeSet::new(), Vec::new());
    for line in text.lines().filter(|line| !line.starts_with("rem ")) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [label] if label.starts_with(':') => there.push(label.trim_start_matches(':')),
            [.., "goto", label] => drop(used.insert(*label)),
            [.., "call", label] if label.starts_with(':') => {
                used.insert(label.trim_start_matches(':'));
            }
            _ => {}
        }
    }
    (used, there)
}

#[test]
fn every_label_that_a_script_goes_to_is_there_once() {
    for text in SERVERS.iter().flat_map(|target| texts(*target)) {
        let (used, there) = labels(&text);
        assert!(used.contains("open") && used.contains("close"), "{text}");
        for label in used {
            let count = there.iter().filter(|it| **it == label).count();
            assert_eq!(count, 1, "`{label}` in\n{text}");
        }
    }
}

#[test]
fn values_meet_neither_a_pipe_nor_an_argument_of_call() {
    for text in SERVERS.iter().flat_map(|target| texts(*target)) {
        for line in text.lines().filter(|line| !line.starts_with("rem ")) {
            assert!(!line.contains(" | "), "{line}");
            if let Some((_, call)) = line.split_once("call ") {
                let is_ours = call.starts_with(':') || call.ends_with(".cmd %$PASSED%");
                assert!(is_ours, "{line}");
            }
        }
    }
}

#[test]
fn a_part_without_steps_says_so() {
    let mut plan = plan(Target::Iis10);
    plan.setup.registration.clear();
    let text = (REGISTER.emit)(&plan).unwrap().text;
    assert!(text.contains("There is nothing to do here"), "{text}");
}

#[test]
fn only_a_script_with_other_letters_changes_the_code_page() {
    let changes = |more| {
        let plan = planned(more, Target::Iis10);
        (PROVISION.emit)(&plan).unwrap().text.contains("chcp 65001")
    };
    assert!(!changes(""));
    assert!(changes(r#", "local-files": {"größe.txt": {}}"#));
}
