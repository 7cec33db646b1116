//! The FastCGI application.

use super::ask::{is_plain, mentions};
use super::command::{element, section};
use crate::plan::Plan;
use crate::plan::setup::{Command, Question, Step, Success};
use crate::text::appcmd::entry;

/// Characters of variables in one command. The longest line of `cmd.exe` has 8191, and quoting takes some of them.
const AT_ONCE: usize = 3_000;

/// Registers it anew: an entry that is there may have other settings, and deleting it drops its environment as well
/// (section 8.3 of the IIS fact sheet). The list does not show all of it in one line, so that a note has to tell
/// whether it is ours as it is now.
pub(super) fn step(plan: &Plan) -> Step {
    let title = format!("FastCGI application {}", plan.name);
    let own = format!("--app {}", plan.name);
    let listed = section("list", None, "fastCgi");
    let texts = ["fullPath=", plan.key.full_path.as_str(), &own];
    let add = changed(format!("/+{}", element(&plan.host.registration)));
    let step = mentions(Step::new("registration", title), listed, &texts)
        .by_note()
        .run(deleted(plan))
        .run(add);
    let environment = variables(plan).into_iter();
    environment.fold(step, Step::run).undone_by(deleted(plan))
}

/// Does a FastCGI application run with our interpreter? Removal asks when ours is gone. Of a path that cannot be asked
/// for, any other application counts: better a folder too many than one too few.
pub(super) fn interpreter_used(plan: &Plan) -> Question {
    let texts = ["fullPath=", plan.key.full_path.as_str()].into_iter();
    Question::Mentions {
        command: section("list", None, "fastCgi"),
        texts: texts
            .filter(|text| is_plain(text))
            .map(str::to_owned)
            .collect(),
    }
}

/// The pair by which IIS knows it.
fn key(plan: &Plan) -> String {
    entry(&[
        ("fullPath", plan.key.full_path.as_str()),
        ("arguments", &plan.key.arguments),
    ])
}

fn deleted(plan: &Plan) -> Command {
    changed(format!("/-{}", key(plan))).success(Success::Any)
}

fn changed(change: String) -> Command {
    section("set", None, "fastCgi").argument(change)
}

/// As many variables in one command as its line has room for: each command is a change for the whole server.
fn variables(plan: &Plan) -> Vec<Command> {
    let key = key(plan);
    let mut commands = Vec::new();
    let mut command: Option<Command> = None;
    let mut length = 0;
    for (name, value) in &plan.environment {
        let variable = entry(&[("name", name), ("value", value)]);
        let add = format!("/+{key}.environmentVariables.{variable}");
        let added = add.chars().count();
        if length + added > AT_ONCE {
            commands.extend(command.take());
            length = 0;
        }
        let own = command.unwrap_or_else(|| section("set", None, "fastCgi"));
        command = Some(own.argument(add));
        length += added;
    }
    commands.extend(command);
    commands
}

#[cfg(test)]
mod tests {
    use iisc_spec::Target;

    use super::super::tests::{asked, lines, step};

    const SET: &str = "set|config|/section:system.webServer/fastCgi|/commit:apphost";
    const KEY: &str = r"[fullPath='D:\s\python.exe',arguments='-m iisc_gateway --app s']";

    #[test]
    fn it_is_registered_anew_with_its_environment() {
        let more = r#", "environment": {"A": "it's \"x\""}"#;
        let step = step(more, Target::Iis10, "registration");
        let commands = lines(&step.commands);
        assert_eq!(commands[0], format!("{SET}|/-{KEY}"));
        let start = format!("{SET}|/+{}", KEY.trim_end_matches(']'));
        assert!(commands[1].starts_with(&start), "{}", commands[1]);
        assert!(commands[1].contains(",signalBeforeTerminateSeconds='30',"));
        let variables = format!("/+{KEY}.environmentVariables.");
        assert_eq!(
            commands[2..],
            [format!(
                r#"{SET}|{variables}[name='IISC_APP_ROOT',value='D:\s']|{variables}[name='A',value='it''s "x"']"#
            )]
        );
        assert_eq!(lines(&step.undo), commands[..1]);
        assert_eq!(asked(&step), [r"fullPath= & D:\s\python.exe & --app s"]);
        assert!(step.by_note);
    }

    #[test]
    fn long_environments_take_several_commands() {
        let value = "x".repeat(1_200);
        let variables = ["A", "B", "C"].map(|name| format!(r#""{name}": "{value}""#));
        let more = format!(r#", "environment": {{{}}}"#, variables.join(", "));
        let commands = lines(&step(&more, Target::Iis10, "registration").commands);
        let counts = commands.iter().map(|line| line.matches("/+").count());
        assert_eq!(counts.collect::<Vec<_>>(), [0, 1, 3, 1]);
        assert!(commands.iter().all(|line| line.len() < 4_000));
    }
}
