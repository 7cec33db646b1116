//! A step of set-up: its questions, its commands, and its questions again.

use super::command::{digest, run};
use super::question::question;
use crate::plan::setup::Step;
use crate::text::Unsayable;
use crate::text::cmd::Script;

/// Prints a step. Its label is `:step<number>`; what comes next is `next`.
pub(super) fn step(
    script: &mut Script,
    step: &Step,
    number: usize,
    next: &str,
) -> Result<(), Unsayable> {
    heading(script, step, number)?;
    script.set("DIGEST", &digest(step)?)?;
    script.set("ADVICE", step.advice.as_deref().unwrap_or_default())?;
    script.code("call :begin\n");
    for (number, asked) in (1..).zip(&step.questions) {
        question(script, asked, number)?;
    }
    if step.after_changes {
        script.code("if exist \"%$CHANGES%\" call :always\n");
        script.code("if exist \"%$STATE%\\unfinished\" call :always\n");
    } else if step.by_note {
        script.code("call :noted\n");
    } else if step.questions.is_empty() {
        script.code("call :always\n");
    }
    match step.commands.is_empty() {
        true => demand(script, step),
        false => commands(script, step, number, next),
    }
}

/// What people have to meet. Set-up stops without it, unless it only tells.
fn demand(script: &mut Script, step: &Step) -> Result<(), Unsayable> {
    script.code("call :demand\n");
    if !step.only_tells {
        script.code("if errorlevel 1 goto failed\n");
    }
    Ok(())
}

fn commands(script: &mut Script, step: &Step, number: usize, next: &str) -> Result<(), Unsayable> {
    script.code("call :answer\nif errorlevel 2 goto failed\n");
    script.line(format_args!("if errorlevel 1 goto {next}"));
    for command in &step.commands {
        run(script, command)?;
    }
    script.code("call :again\n");
    script.line(format_args!("if not errorlevel 1 goto step{number}"));
    Ok(())
}

/// Where a step begins, and what its subroutines know of it.
pub(super) fn heading(script: &mut Script, step: &Step, number: usize) -> Result<(), Unsayable> {
    script.code("\n");
    script.remark(&format!("---- {number}. {}", step.title))?;
    script.line(format_args!(":step{number}"));
    script.set("STEP", &number.to_string())?;
    script.set("NOTE", &format!("{}.txt", step.id))?;
    script.set("TITLE", &step.title)
}

/// The label of what comes after a step.
pub(super) fn label_after(number: usize, count: usize) -> String {
    match number == count {
        true => "done".to_owned(),
        false => format!("step{}", number + 1),
    }
}
