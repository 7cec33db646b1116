//! What is around the steps of a script: its head, and the subroutines that it calls.

use crate::emit::NOTE;
use crate::plan::Plan;
use crate::plan::setup::{Program, Question, Step};
use crate::text::Unsayable;
use crate::text::cmd::Script;

/// A script, for its reader.
#[derive(Debug, Clone, Copy)]
pub(super) struct Title {
    /// Name of the file.
    pub(super) file: &'static str,
    /// What it does; the name of the application comes behind it.
    pub(super) does: &'static str,
}

/// The subroutines, each with the text that calls it.
const SUBROUTINES: [(&str, &str); 17] = [
    ("call :begin\n", include_str!("lines/begin.cmd")),
    ("call :recorded\n", include_str!("lines/recorded.cmd")),
    ("call :prints\n", include_str!("lines/prints.cmd")),
    ("call :mentions\n", include_str!("lines/mentions.cmd")),
    ("call :no\n", include_str!("lines/no.cmd")),
    ("call :noted\n", include_str!("lines/noted.cmd")),
    ("call :always\n", include_str!("lines/always.cmd")),
    ("call :demand\n", include_str!("lines/demand.cmd")),
    ("call :answer\n", include_str!("lines/answer.cmd")),
    ("call :secret\n", include_str!("lines/secret.cmd")),
    ("call :again\n", include_str!("lines/again.cmd")),
    ("call :undone\n", include_str!("lines/undone.cmd")),
    ("call :changed\n", include_str!("lines/changed.cmd")),
    ("call :open\n", include_str!("lines/open.cmd")),
    ("call :close\n", include_str!("lines/close.cmd")),
    ("goto stopped\n", include_str!("lines/stopped.cmd")),
    ("goto failed\n", include_str!("lines/failed.cmd")),
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
    script.line(&format!("set \"$STATE={state}\""));
    script.set("STEPS", &steps.to_string())?;
    Ok(script)
}

/// Names `appcmd` by its path, if a step calls it.
pub(super) fn name_programs(script: &mut Script, steps: &[&Step]) {
    let mut commands = steps.iter().flat_map(|step| {
        let asked = step.questions.iter().filter_map(Question::command);
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
    // A subroutine calls only such as stand below it.
    for (call, lines) in SUBROUTINES {
        if script.has(call) {
            script.code(lines);
        }
    }
    script.print(NOTE)
}
