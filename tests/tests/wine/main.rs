//! The scripts of set-up under Wine's `cmd.exe`, with recording stand-ins for the programs that they call.
//!
//! Wine 8 is not Windows. Where it differs, the scripts keep to what both do, or the tests leave the difference out:
//!
//! - `&&` and `||` after `call`, redirected blocks, `if ... >file`: Wine fails, or opens the file whatever `if` says.
//! - Quotes: Wine counts them in a way of its own, so that a value with quotes has each one escaped.
//! - `%X:a=b%` works, `!X:a=b!` does not. What a variable holds is expanded again: a `%` or `!` in the folder of the
//!   scripts or in a password is not tried.
//! - `set /p` reads more than a line. `chcp` needs a console: letters beyond ASCII pass byte by byte.
//! - `find` and `fc` are stubs, which `wine/standin.c` replaces.
#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads files, and ends where it fails"
)]

mod server;
mod values;
mod wine;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use iisc_compile::emit::EMITTERS;
use iisc_compile::plan::setup::{Command, Program, Question, Setup, Step, Success, Word};
use iisc_compile::plan::{Plan, lower};
use iisc_compile::text::appcmd;
use iisc_spec::{Options, Scope, Target};
use iisc_tests::examples;

use self::server::{Call, PASSWORD, Server};
use self::wine::Windows;

/// A spec whose every text means something to some parser on the way.
const HOSTILE: &str = r#"
name: shop
root: D:\apps & co (1)\it's ^ 50
python:
  interpreter: D:\apps & co (1)\it's ^ 50\env dir\Scripts\python.exe
  handler: shop.app
  base-interpreter: C:\Program Files & more\Python (x)\python.exe
pool: { name: "it^ pool (1)" }
site: { name: "Shop & Co (x) ^ !", path: /shop }
environment:
  QUOTES: 'a "b" & \" %PATH% ^ | <x> it''s , ] ''='
  PLAIN: "!x! %~dp0 %%1 ^& \\"
  WORDS: Größe & 日本語
log: { file: "E:\\logs & (more)\\it's.log" }
access: { writable: ['F:\'] }
targets: [iis10]
"#;

/// The plans of an example, for all its applications and targets that are servers.
fn plans(example: &str) -> Vec<Plan> {
    let folder = examples().into_iter().find(|path| path.ends_with(example));
    plans_of(&fs::read(folder.unwrap().join("app.iis.yaml")).unwrap())
}

fn plans_of(spec: &[u8]) -> Vec<Plan> {
    let options = Options {
        scope: Scope::Base,
        ..Options::default()
    };
    let checked = iisc_spec::check("app.iis.yaml", spec, &options);
    assert!(
        !checked.applications.is_empty(),
        "{:#?}",
        checked.diagnostics
    );
    let plan = |spec: &iisc_spec::ValidSpec| {
        let targets = spec.targets.iter();
        let servers = targets.filter(|target| **target != Target::IisExpress);
        servers
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

/// What set-up calls on a server that has all of it, or if it is only to plan: each question, of programs that are
/// there.
fn questions(server: &Server) -> Vec<Call> {
    let steps = server.steps().into_iter();
    let questions = steps.flat_map(|step| &step.questions);
    let commands = questions.filter_map(Question::command);
    let there = commands.filter(|command| match &command.program {
        Program::File(path) => server.windows.host(path.as_str()).exists(),
        _ => true,
    });
    server.calls(there)
}

/// The steps that removal takes back, in its order.
fn removed(server: &Server) -> Vec<&Step> {
    let steps = server.steps().into_iter().rev();
    steps.filter(|step| !step.undo.is_empty()).collect()
}

/// Sets up and removes, each twice and each planned before.
fn live(server: &Server) {
    let before = server.windows.listing();
    let asked_before = questions(server);
    let planned = server.run(&["install.cmd", "/PLAN"], &[]);
    planned.went_well();
    assert_eq!(planned.calls, asked_before);
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

    let again = server.run(&["install.cmd"], &[]);
    again.went_well();
    assert_eq!(again.calls, questions(server), "{}", again.out);
    assert!(
        again.out.contains("There is nothing to do."),
        "{}",
        again.out
    );

    let planned = server.run(&["uninstall.cmd", "/plan"], &[]);
    planned.went_well();
    assert!(
        planned.calls.is_empty(),
        "{:?} {}",
        planned.calls,
        planned.out
    );
    let steps = removed(server);
    let back = server.run(&["uninstall.cmd"], &[]);
    back.went_well();
    let calls = |step: &&Step| [server.kept_if(step), server.calls(&step.undo)].concat();
    let expected: Vec<Call> = steps.iter().flat_map(calls).collect();
    assert_eq!(back.calls, expected, "{}", back.out);
    assert_eq!(server.notes(), [""; 0]);
    let again = server.run(&["uninstall.cmd"], &[]);
    again.went_well();
    assert!(again.calls.is_empty(), "{:?} {}", again.calls, again.out);
    assert!(
        again.out.contains("There is nothing to do."),
        "{}",
        again.out
    );
}

fn live_all(plans: Vec<Plan>) {
    for plan in plans {
        tried(|| {
            if let Some(windows) = Windows::new() {
                live(&Server::new(windows, plan.clone()));
            }
        });
    }
}

/// Tries a test up to three times: on a machine that is too busy, Wine now and then fails to start a program that is
/// there. What fails each time is told.
fn tried(test: impl Fn()) {
    let outcomes = (0..3).map(|_| catch_unwind(AssertUnwindSafe(&test)));
    let mut failures = outcomes.map_while(Result::err).fuse();
    if let (Some(_), Some(_), Some(cause)) = (failures.next(), failures.next(), failures.next()) {
        resume_unwind(cause);
    }
}

#[test]
fn the_shortest_spec_is_set_up_and_removed() {
    live_all(plans("minimal"));
}

#[test]
fn the_find_and_fc_of_wine_will_do() {
    tried(|| {
        let Some(windows) = Windows::new() else {
            return;
        };
        let folder = windows.without_find();
        let plan = plans("minimal").remove(0);
        let page = plan.root.join("Web.config");
        let server = Server::new(windows, plan);
        let plain = [("WINEPATH", folder.as_str())];
        let first = server.run(&["install.cmd"], &plain);
        first.went_well();
        assert!(server.windows.host(page.as_str()).exists(), "{}", first.out);
        let again = server.run(&["install.cmd"], &plain);
        again.went_well();
        assert!(
            again.out.contains("There is nothing to do."),
            "{}",
            again.out
        );
        server.run(&["uninstall.cmd"], &plain).went_well();
        assert!(!server.windows.host(page.as_str()).exists());
    });
}

#[test]
fn the_tutorial_is_set_up_and_removed_on_each_of_its_servers() {
    live_all(plans("tutorial"));
}

#[test]
fn applications_with_everything_are_set_up_and_removed() {
    tried(|| {
        let mut plans = plans("everything");
        plans.retain(|plan| plan.target == Target::Iis10);
        live_all(plans);
    });
}

#[test]
fn a_spec_of_hostile_names_is_set_up_and_removed() {
    live_all(plans_of(HOSTILE.as_bytes()));
}

/// The plan of the shortest example with steps of the test's own.
fn with_steps(target: Target, registration: Vec<Step>) -> Plan {
    let plan = plans("minimal").remove(0);
    Plan {
        target,
        setup: Setup {
            registration,
            ..Setup::default()
        },
        ..plan
    }
}

/// A step that `probe` brings about and tells of.
fn probing(id: &str) -> Step {
    let probe = |verb| Command::new(Program::Netsh).argument(verb).argument(id);
    Step::new(id, format!("the thing & that %PATH% <{id}>"))
        .asking(Question::Prints {
            command: probe("show"),
            line: format!("thing {id} & %PATH% ^"),
        })
        .run(probe("add"))
        .run(probe("set"))
        .undone_by(probe("delete"))
}

#[test]
fn every_hostile_value_arrives_as_it_is_or_is_refused() {
    tried(|| {
        let Some(windows) = Windows::new() else {
            return;
        };
        let command = |value: &str| {
            let entry = appcmd::entry(&[("name", value), ("value", value)]);
            let command = Command::new(Program::AppCmd).argument(value);
            command.argument(format!("/+{entry}")).argument("end")
        };
        let step = |commands: Vec<Command>| Step {
            commands,
            ..Step::new("values", "values")
        };
        let is_refused = |value: &&String| {
            let plan = with_steps(Target::Iis10, vec![step(vec![command(value)])]);
            let register = EMITTERS
                .iter()
                .find(|it| it.name == "register.cmd")
                .unwrap();
            (register.emit)(&plan).is_err()
        };
        let values = values::hostile();
        assert!(values.len() >= 200, "{}", values.len());
        let (refused, said): (Vec<&String>, Vec<&String>) = values.iter().partition(is_refused);
        // It stands in its line three times.
        let is_long = |value: &str| value.encode_utf16().count() > 2_400;
        for value in &refused {
            assert!(
                value.chars().any(char::is_control) || is_long(value),
                "{value:?}"
            );
        }
        assert!(said.len() >= 200, "{}", said.len());
        let commands: Vec<Command> = said.iter().map(|value| command(value)).collect();
        let server = Server::new(windows, with_steps(Target::Iis10, vec![step(commands)]));
        let ran = server.run(&["register.cmd"], &[]);
        ran.went_well();
        let expected = server.calls(&server.steps()[0].commands);
        for (arrived, expected) in ran.calls.iter().zip(&expected) {
            assert_eq!(arrived, expected);
        }
        assert_eq!(ran.calls.len(), expected.len());
    });
}

/// Lets each command fail once, as far as its failure matters. The next run goes on from there.
fn fail_at_each(server: &Server) {
    for step in server.steps() {
        let called = step
            .commands
            .iter()
            .filter(|it| !matches!(it.program, Program::Shell(_)));
        for (index, command) in called
            .enumerate()
            .filter(|(_, it)| it.success != Success::Any)
        {
            let fails = format!("{} {index}", step.id);
            let ran = server.run(&["install.cmd"], &[("IISC_FAIL", &fails)]);
            assert_eq!(ran.code, 1, "{}", ran.out);
            let title = format!("FAILED: {}\n", step.title);
            assert!(ran.err.contains(&title), "{}", ran.err);
            assert!(ran.err.contains("install.cmd has stopped"), "{}", ran.err);
            let last = server.calls([command]).pop();
            assert_eq!(ran.calls.last(), last.as_ref(), "{}", ran.out);
            let note = format!("/{}.txt", step.id);
            assert!(
                !server.notes().iter().any(|it| it.ends_with(&note)),
                "{note}"
            );
            let log = fs::read_to_string(server.windows.state().join("shop/install.log")).unwrap();
            assert!(log.contains("as the test wants it"), "{log}");
        }
    }
    let rest = server.run(&["install.cmd"], &[]);
    rest.went_well();
    assert!(rest.out.contains("This was changed:"), "{}", rest.out);
    let again = server.run(&["install.cmd"], &[]);
    again.went_well();
    assert!(
        again.out.contains("There is nothing to do."),
        "{}",
        again.out
    );
}

#[test]
fn a_failing_command_stops_set_up_and_the_next_run_goes_on_from_there() {
    tried(|| {
        let plan = plans("minimal").remove(0);
        for plan in [
            with_steps(Target::Iis8, vec![probing("a"), probing("b")]),
            plan,
        ] {
            if let Some(windows) = Windows::new() {
                fail_at_each(&Server::new(windows, plan));
            }
        }
    });
}

#[test]
fn a_result_that_is_not_as_wanted_fails_and_one_that_nobody_tells_is_a_warning() {
    tried(|| {
        let Some(windows) = Windows::new() else {
            return;
        };
        let other = Step {
            questions: vec![Question::Prints {
                command: Command::new(Program::Netsh).argument("other"),
                line: "1".to_owned(),
            }],
            ..probing("b")
        };
        let server = Server::new(windows, with_steps(Target::Iis8, vec![probing("a"), other]));
        let silent = server.run(&["register.cmd"], &[("IISC_SILENT", "1")]);
        silent.went_well();
        assert_eq!(
            silent.out.matches("could not be read back").count(),
            2,
            "{}",
            silent.out
        );
        // A server that forgets what it is told.
        let forgetful = server.run(&["register.cmd"], &[("IISC_STATE", "")]);
        assert_eq!(forgetful.code, 1, "{}", forgetful.out);
        assert!(
            forgetful
                .err
                .contains("the result is not what it should be"),
            "{}",
            forgetful.err
        );
    });
}

#[test]
fn a_password_is_passed_on_and_told_to_nobody() {
    tried(|| {
        let Some(windows) = Windows::new() else {
            return;
        };
        let set = Command::new(Program::AppCmd)
            .arguments(["set", "apppool", "shop", "/x:a\"b&c"])
            .word(Word::Secret {
                before: "/processModel.password:",
                variable: serde_json::from_str("\"SHOP_PASSWORD\"").unwrap(),
            });
        let step = Step::new("pool", "the pool").by_note().run(set);
        let server = Server::new(windows, with_steps(Target::Iis10, vec![step]));
        let planned = server.run(&["register.cmd", "/plan"], &[]);
        planned.went_well();
        assert!(
            planned.out.contains("\"/processModel.password:***\""),
            "{}",
            planned.out
        );
        for (password, reason) in [
            ("", "has to hold the password, and is not set"),
            ("a\"b", "has a double quote in it"),
            ("ab\\", "a backslash at its end"),
        ] {
            let ran = server.run(&["register.cmd"], &[("SHOP_PASSWORD", password)]);
            assert_eq!(
                (ran.code, ran.calls.len()),
                (1, 0),
                "{password}: {}",
                ran.err
            );
            assert!(ran.err.contains(reason), "{}", ran.err);
        }
        let ran = server.run(&["register.cmd"], &[]);
        ran.went_well();
        assert_eq!(ran.calls, first_run(&server));
        let log = fs::read_to_string(server.windows.state().join("shop/install.log")).unwrap();
        for text in [&planned.out, &ran.out, &log] {
            assert!(!text.contains(PASSWORD) && !text.contains("ab\\"), "{text}");
        }
    });
}

#[test]
fn what_is_not_understood_ends_with_2_and_calls_nothing() {
    tried(|| {
        let Some(windows) = Windows::new() else {
            return;
        };
        let server = Server::new(windows, with_steps(Target::Iis10, vec![probing("a")]));
        for script in ["install.cmd", "register.cmd", "uninstall.cmd"] {
            for argument in ["/plam", "-plan", "plan"] {
                let ran = server.run(&[script, argument], &[]);
                assert_eq!((ran.code, ran.calls.len()), (2, 0), "{}", ran.out);
                assert!(
                    ran.err.contains(&format!("Usage: {script} [/plan]")),
                    "{}",
                    ran.err
                );
            }
            let help = server.run(&[script, "/?"], &[]);
            help.went_well();
            assert!(
                help.out
                    .contains("shows what it would do, and changes nothing"),
                "{}",
                help.out
            );
            let in_32_bits = format!("set PROCESSOR_ARCHITEW6432=AMD64&{script}");
            let prompt = server.run(&[&in_32_bits], &[]);
            assert_eq!((prompt.code, prompt.calls.len()), (2, 0), "{}", prompt.out);
        }
        assert_eq!(server.notes(), [""; 0]);
    });
}

#[test]
fn what_something_else_uses_is_left_by_removal() {
    tried(|| {
        let Some(windows) = Windows::new() else {
            return;
        };
        let asked = Command::new(Program::Netsh).argument("who");
        let used = probing("a").kept_if(Question::Succeeds(asked));
        let server = Server::new(windows, with_steps(Target::Iis8, vec![used, probing("b")]));
        server.run(&["install.cmd"], &[]).went_well();
        let back = server.run(&["uninstall.cmd"], &[]);
        back.went_well();
        let steps = removed(&server);
        let expected = [server.calls(&steps[0].undo), server.kept_if(steps[1])].concat();
        assert_eq!(back.calls, expected);
        assert!(
            back.out
                .contains("left alone, because something else uses it"),
            "{}",
            back.out
        );
        assert_eq!(server.notes().len(), 1);
    });
}

#[test]
fn more_than_one_line_is_told_from_one() {
    tried(|| {
        let Some(windows) = Windows::new() else {
            return;
        };
        let lines = |command| Question::PrintsMore(Command::new(Program::Shell(command)));
        // The one prints an empty line first, the other its folder alone.
        let steps = vec![
            probing("a").kept_if(lines("ver")),
            probing("b").kept_if(lines("cd")),
        ];
        let server = Server::new(windows, with_steps(Target::Iis8, steps));
        server.run(&["install.cmd"], &[]).went_well();
        let back = server.run(&["uninstall.cmd"], &[]);
        back.went_well();
        assert_eq!(back.calls, server.calls(&removed(&server)[0].undo));
        assert_eq!(server.notes().len(), 1);
    });
}

#[test]
fn a_windows_that_has_to_be_started_again_is_told_of() {
    tried(|| {
        let Some(windows) = Windows::new() else {
            return;
        };
        let server = Server::new(windows, plans("minimal").remove(0));
        let restart = [("IISC_FAIL", "features 0"), ("IISC_CODE", "3010")];
        let installed = server.run(&["install.cmd"], &restart);
        installed.went_well();
        assert_eq!(installed.calls, first_run(&server), "{}", installed.out);
        let left = installed.out.split("This is left to you:").last().unwrap();
        assert!(left.contains("IIS-CGI: start Windows again"), "{left}");
    });
}
