//! The scripts of set-up under Wine's `cmd.exe`, with recording stand-ins for the programs that they call.
#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test reads files, and ends where it fails"
)]

mod server;
mod values;
mod wine;

use std::fs;

use iisc_compile::plan::setup::{Command, Program, Question, Setup, Step, Success, Word};
use iisc_compile::plan::{Plan, lower};
use iisc_spec::{Options, Scope, Target};
use iisc_tests::examples;

use self::server::{Call, PASSWORD, Server};
use self::wine::Windows;

/// The plans of an example, for all its applications and targets that are servers.
fn plans(example: &str) -> Vec<Plan> {
    let folder = examples().into_iter().find(|path| path.ends_with(example));
    let bytes = fs::read(folder.unwrap().join("app.iis.yaml")).unwrap();
    let options = Options {
        scope: Scope::Base,
        ..Options::default()
    };
    let checked = iisc_spec::check("app.iis.yaml", &bytes, &options);
    let plan = |spec: &iisc_spec::ValidSpec| {
        let targets = spec
            .targets
            .iter()
            .filter(|target| **target != Target::IisExpress);
        targets
            .map(|target| lower(spec, *target))
            .collect::<Vec<_>>()
    };
    checked.applications.iter().flat_map(plan).collect()
}

/// What set-up calls on a server that has nothing of it.
fn first_run(server: &Server) -> Vec<Call> {
    let mut calls = Vec::new();
    for step in server.steps() {
        calls.extend(server.questions(step));
        if !step.commands.is_empty() {
            calls.extend(server.calls(&step.commands));
            calls.extend(server.questions(step));
        }
    }
    calls
}

/// What set-up calls on a server that has all of it.
fn questions(server: &Server) -> Vec<Call> {
    let steps = server.steps().into_iter();
    steps.flat_map(|step| server.questions(step)).collect()
}

/// What removal calls after a set-up that did everything.
fn removal(server: &Server) -> Vec<Call> {
    let steps = server.steps().into_iter().rev();
    steps.flat_map(|step| server.calls(&step.undo)).collect()
}

/// Sets up and removes, each twice and each planned before.
fn live(server: &Server) {
    let before = server.windows.listing();
    let planned = server.run(&["install.cmd", "/PLAN"], &[]);
    planned.went_well();
    assert_eq!(planned.calls, questions(server));
    assert!(
        planned.out.contains("This would be changed:"),
        "{}",
        planned.out
    );
    assert!(!planned.out.contains(PASSWORD), "{}", planned.out);
    assert_eq!(server.windows.listing(), before);

    let installed = server.run(&["install.cmd"], &[]);
    installed.went_well();
    assert_eq!(installed.calls, first_run(server), "{}", installed.out);
    assert!(
        installed.out.contains("This was changed:"),
        "{}",
        installed.out
    );

    for arguments in [&["install.cmd"][..], &["install.cmd", "/plan"]] {
        let again = server.run(arguments, &[]);
        again.went_well();
        assert_eq!(again.calls, questions(server), "{}", again.out);
        assert!(
            again.out.contains("There is nothing to do."),
            "{}",
            again.out
        );
    }

    let planned = server.run(&["uninstall.cmd", "/plan"], &[]);
    planned.went_well();
    assert_eq!(planned.calls, [Call::new(); 0], "{}", planned.out);
    let removed = server.run(&["uninstall.cmd"], &[]);
    removed.went_well();
    assert_eq!(removed.calls, removal(server), "{}", removed.out);
    assert_eq!(server.notes(), [""; 0]);
    let again = server.run(&["uninstall.cmd"], &[]);
    again.went_well();
    assert_eq!(again.calls, [Call::new(); 0], "{}", again.out);
    assert!(
        again.out.contains("There is nothing to do."),
        "{}",
        again.out
    );
}

fn live_all(example: &str) {
    for plan in plans(example) {
        if let Some(windows) = Windows::new() {
            live(&Server::new(windows, plan));
        }
    }
}

#[test]
fn the_shortest_spec_is_set_up_and_removed() {
    live_all("minimal");
}

#[test]
fn the_tutorial_is_set_up_and_removed_on_each_of_its_servers() {
    live_all("tutorial");
}

#[test]
fn an_application_with_everything_is_set_up_and_removed() {
    live_all("everything");
}
