//! What is around the steps of a script: its head, and the subroutines that it calls.

use std::collections::BTreeSet;

use crate::emit::NOTE;
use crate::plan::Plan;
use crate::plan::setup::{Program, Question, Step};
use crate::text::Unsayable;
use crate::text::cmd::{Script, labels};

/// A script, for its reader.
#[derive(Debug, Clone, Copy)]
pub(super) struct Title {
    /// Name of the file.
    pub(super) file: &'static str,
    /// What it does; the name of the application comes behind it.
    pub(super) does: &'static str,
}

/// The subroutines, by name. One calls only such as stand below it.
const SUBROUTINES: [(&str, &str); 22] = [
    ("begin", include_str!("lines/begin.cmd")),
    ("recorded", include_str!("lines/recorded.cmd")),
    ("prints", include_str!("lines/prints.cmd")),
    ("mentions", include_str!("lines/mentions.cmd")),
    ("several", include_str!("lines/several.cmd")),
    ("same", include_str!("lines/same.cmd")),
    ("ours", include_str!("lines/ours.cmd")),
    ("no", include_str!("lines/no.cmd")),
    ("noted", include_str!("lines/noted.cmd")),
    ("always", include_str!("lines/always.cmd")),
    ("demand", include_str!("lines/demand.cmd")),
    ("answer", include_str!("lines/answer.cmd")),
    ("restart", include_str!("lines/restart.cmd")),
    ("secret", include_str!("lines/secret.cmd")),
    ("again", include_str!("lines/again.cmd")),
    ("kept", include_str!("lines/kept.cmd")),
    ("undone", include_str!("lines/undone.cmd")),
    ("changed", include_str!("lines/changed.cmd")),
    ("open", include_str!("lines/open.cmd")),
    ("close", include_str!("lines/close.cmd")),
    ("stopped", include_str!("lines/stopped.cmd")),
    ("failed", include_str!("lines/failed.cmd")),
];

/// Begins a script.
pub(super) fn open(title: Title, plan: &Plan, steps: usize) -> Result<Script, Unsayable> {
    let about = format!("{} {}, {}", title.does, plan.name, plan.target);
    let state = format!(r"%SystemRoot%\System32\inetsrv\iisc\{}", plan.name);
    let mut script = Script::default();
    script.code("rem\n");
    script.remark(&format!("{about}."))?;
    script.code("rem\n");
    let file = title.file;
    script.remark(&format!(
        "  {file} /plan   shows what it would do, and changes nothing"
    ))?;
    script.remark(&format!(
        "  {file}         does it; run it as an administrator"
    ))?;
    script.code(include_str!("lines/head.cmd"));
    script.set("SCRIPT", title.file)?;
    script.set("ABOUT", &about)?;
    // A name of an application has no character that means something to cmd.exe.
    script.line(format_args!("set \"$STATE={state}\""));
    script.set("STEPS", &steps.to_string())?;
    Ok(script)
}

/// Names `appcmd` by its path, if a step calls it.
pub(super) fn name_programs(script: &mut Script, steps: &[&Step]) {
    let mut commands = steps.iter().flat_map(|step| {
        let questions = step.questions.iter().chain(&step.kept_if);
        let asked = questions.filter_map(Question::command);
        step.commands.iter().chain(&step.undo).chain(asked)
    });
    if commands.any(|command| command.program == Program::AppCmd) {
        script.code("set \"$APPCMD=%SystemRoot%\\System32\\inetsrv\\appcmd.exe\"\n");
    }
}

/// Lets the script look at its argument.
pub(super) fn begin(script: &mut Script) {
    script.code(include_str!("lines/argument.cmd"));
}

/// Marks the end of the steps, where those go that are left out.
pub(super) fn end(script: &mut Script) {
    script.code("\nrem ---- The end\n:done\n");
}

/// Ends a script: the subroutines that it calls, and the note above all.
pub(super) fn close(mut script: Script) -> Result<String, Unsayable> {
    script.code("call :close\nexit /b 0\n");
    let mut called: BTreeSet<String> = script.labels().map(str::to_owned).collect();
    for (name, lines) in SUBROUTINES {
        if called.contains(name) {
            script.code(lines);
            called.extend(labels(lines).map(str::to_owned));
        }
    }
    script.print(NOTE)
}
