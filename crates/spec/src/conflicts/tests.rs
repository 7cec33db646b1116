//! What applications of different files are told; within a file, the pages of the rules show it.

use crate::{Checked, Level, Options, Scope, check, conflicts};

/// A spec of that name, with something behind it.
fn spec(name: &str, rest: &str) -> String {
    format!(
        "name: {name}\nroot: D:\\apps\\{name}\npython: {{interpreter: D:\\apps\\env\\Scripts\\python.exe, handler: a.b}}\n\
         {rest}\n"
    )
}

fn compared(texts: &[String], options: &Options<'_>) -> Vec<Checked> {
    let files = texts.iter().enumerate();
    let mut checked: Vec<Checked> = files
        .map(|(index, text)| check(&format!("f{index}"), text.as_bytes(), options))
        .collect();
    conflicts(&mut checked);
    checked
}

/// What files are told in the end: each problem with the place in another file that it points at.
fn told(texts: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    for file in compared(texts, &Options::default()) {
        for found in &file.diagnostics {
            assert_eq!(found.level, Level::Warning);
            let other = found.elsewhere.first().unwrap();
            let position = other.source.position(other.span.start);
            lines.push(format!(
                "{} <- {}:{}",
                found.short(&file.source),
                other.source.name(),
                position.line
            ));
        }
    }
    lines
}

#[test]
fn the_later_file_is_told_and_the_first_is_shown() {
    let lines = told(&[
        spec(
            "one",
            "site: {name: S, path: /x}\nlog: {file: D:\\logs\\x.log}",
        ),
        spec(
            "two",
            "site: {name: s, path: /X}\nlog: {file: D:\\LOGS\\X.LOG}",
        ),
    ]);
    assert_eq!(
        lines,
        [
            r"f1:4:23: warning[IISC0508]: another application is at `/X` of the site `s` <- f0:4",
            r"f1:5:13: warning[IISC0511]: another application writes to the log `D:\LOGS\X.LOG` <- f0:5",
        ]
    );
}

#[test]
fn each_of_many_is_told_of_the_first_alone() {
    let texts: Vec<String> = ["a", "b", "c", "d"]
        .map(|name| spec(name, "site: {path: /x}"))
        .to_vec();
    let lines = told(&texts);
    assert_eq!(lines.len(), 3);
    assert!(
        lines.iter().all(|line| line.ends_with("<- f0:4")),
        "{lines:?}"
    );
}

#[test]
fn a_spec_that_does_not_say_where_it_lives_claims_no_place() {
    assert!(told(&[spec("one", ""), spec("two", "")]).is_empty());
    assert!(told(&[spec("one", "site: {}"), spec("two", "site: {path: /}")]).is_empty());
    assert_eq!(
        told(&[spec("one", "site: {id: 1}"), spec("two", "site: {path: /}")]).len(),
        1
    );
    assert!(told(&[spec("one", "site: {id: 1}"), spec("two", "site: {id: 2}")]).is_empty());
}

#[test]
fn a_copy_is_the_same_registration_and_one_with_another_interpreter_is_not() {
    let copy = spec("shop", "");
    let other = copy.replace(r"D:\apps\env", r"E:\env");
    let lines = told(&[copy.clone(), copy.replacen("shop", "SHOP", 1), other]);
    assert_eq!(
        lines,
        [
            "f1:1:7: warning[IISC0510]: another application has the name `SHOP` and the same interpreter <- f0:1"
        ]
    );
}

#[test]
fn a_pool_may_be_shared_if_all_say_the_same_of_it() {
    let pool = |rest: &str| format!("pool: {{name: web{rest}}}");
    let two = |one: &str, other: &str| told(&[spec("one", &pool(one)), spec("two", &pool(other))]);
    assert!(two("", "").is_empty());
    assert!(two(", idle-timeout: 1h", ", idle-timeout: 60m").is_empty());
    assert!(two("", ", idle-timeout: 20m, identity: application-pool").is_empty());
    assert_eq!(
        two(", bitness: 32-bit", ", recycle: {at: ['03:00']}"),
        ["f1:4:33: warning[IISC0509]: the pool `web` has two values of `recycle.at` <- f0:4"]
    );
    assert_eq!(
        two(", bitness: 32-bit", ""),
        ["f1:4:14: warning[IISC0509]: the pool `web` has two values of `bitness` <- f0:4"]
    );
}

#[test]
fn an_application_without_a_pool_has_that_of_its_name() {
    let lines = told(&[
        spec("web", ""),
        spec("two", "pool: {name: web, idle-timeout: 0m}"),
    ]);
    assert_eq!(
        lines,
        ["f1:4:33: warning[IISC0509]: the pool `web` has two values of `idle-timeout` <- f0:1"]
    );
}

#[test]
fn one_site_may_be_described_by_many_files_and_two_sites_have_two_addresses() {
    let site = |name: &str, path: &str| {
        format!("site: {{name: {name}, path: {path}, bindings: [{{host: shop.example.com}}]}}")
    };
    assert!(told(&[spec("one", &site("S", "/a")), spec("two", &site("s", "/b"))]).is_empty());
    let lines = told(&[spec("one", &site("S", "/a")), spec("two", &site("T", "/a"))]);
    assert_eq!(
        lines,
        ["f1:4:38: warning[IISC0519]: another site answers on `*:80:shop.example.com` <- f0:4"]
    );
}

#[test]
fn profiles_are_no_neighbours() {
    let text = spec(
        "one",
        "site: {path: /x}\nprofiles: {staging: {log: {file: D:\\l\\a.log}}, live: {log: {file: D:\\l\\a.log}}}",
    );
    assert!(told(&[text]).is_empty());
}

#[test]
fn files_are_compared_under_the_profile_that_was_asked_for() {
    let moved = spec("one", "profiles: {live: {site: {path: /x}}}");
    let other = spec("two", "site: {path: /x}");
    let found = |scope| {
        let options = Options {
            scope,
            ..Options::default()
        };
        let files = compared(&[moved.clone(), other.clone()], &options);
        files
            .iter()
            .map(|file| file.diagnostics.len())
            .sum::<usize>()
    };
    assert_eq!(
        (found(Scope::Everything), found(Scope::Profile("live"))),
        (0, 1)
    );
}

#[test]
fn what_two_applications_inherit_is_shown_at_their_names() {
    let text = spec(
        "one",
        "log: {file: D:\\l\\a.log}\napplications:\n  two: {root: D:\\apps\\two, site: {path: /two}}",
    );
    let checked = check("f", text.as_bytes(), &Options::default());
    let found: Vec<String> = checked
        .diagnostics
        .iter()
        .map(|found| found.short(&checked.source))
        .collect();
    assert_eq!(
        found,
        [r"f:6:3: warning[IISC0511]: another application writes to the log `D:\l\a.log`"]
    );
}

#[test]
fn an_error_of_meaning_leaves_the_claims_of_a_file() {
    let wrong = spec("one", "site: {path: /x}\nenvironment: {WSGI_LOG: x}");
    let files = compared(
        &[wrong, spec("two", "site: {path: /x}")],
        &Options::default(),
    );
    assert_eq!(files[1].diagnostics.len(), 1);
}
