//! `uninstall.cmd`: takes back what set-up has noted, in reverse.

use super::command::run;
use super::frame::{self, Title};
use super::question::question;
use super::step::{heading, label_after};
use crate::artifact::Artifact;
use crate::emit::{Emitter, SERVERS};
use crate::plan::Plan;
use crate::plan::setup::{Question, Step};
use crate::text::Unsayable;
use crate::text::cmd::Script;

pub(in crate::emit) static UNINSTALL: Emitter = Emitter {
    name: "uninstall.cmd",
    purpose: "takes back what install.cmd did, and nothing else",
    targets: SERVERS,
    emit,
};

fn emit(plan: &Plan) -> Result<Artifact, Unsayable> {
    let title = Title {
        file: UNINSTALL.name,
        does: "Takes back the set-up of the application",
    };
    let setup = &plan.setup;
    let all = [&setup.provision, &setup.permissions, &setup.registration];
    let (undone, kept): (Vec<&Step>, Vec<&Step>) = all
        .into_iter()
        .flatten()
        .rev()
        .partition(|step| !step.undo.is_empty());
    let mut script = frame::open(title, plan, undone.len())?;
    frame::name_programs(&mut script, &undone);
    script.code("set \"$REMOVES=1\"\n");
    frame::begin(&mut script);
    for (number, step) in (1..).zip(&undone) {
        undo(
            &mut script,
            step,
            number,
            &label_after(number, undone.len()),
        )?;
    }
    frame::end(&mut script);
    forget(&mut script, &kept);
    Ok(Artifact::for_target(
        plan.target,
        UNINSTALL.name,
        frame::close(script)?,
    ))
}

fn undo(script: &mut Script, step: &Step, number: usize, next: &str) -> Result<(), Unsayable> {
    heading(script, step, number)?;
    script.code("call :recorded\n");
    script.line(format_args!("if errorlevel 1 goto {next}"));
    if let Some(kept_if) = &step.kept_if {
        unless_used(script, kept_if, number, next)?;
    }
    for command in &step.undo {
        run(script, command)?;
    }
    script.code("call :undone\n");
    Ok(())
}

/// Goes on to what comes next if something else uses what the step has made. A plan cannot tell: what uses it now may be
/// what the steps before it take back.
fn unless_used(
    script: &mut Script,
    kept_if: &Question,
    number: usize,
    next: &str,
) -> Result<(), Unsayable> {
    script.code("if defined $PLAN echo   unless something else uses it by then:\n");
    script.line(format_args!("if defined $PLAN goto step{number}_unused"));
    script.code("set \"$SO=1\"\n");
    question(script, kept_if, 1)?;
    script.code("call :kept\n");
    script.line(format_args!("if errorlevel 1 goto {next}"));
    script.line(format_args!(":step{number}_unused"));
    Ok(())
}

/// Deletes the notes of steps that are not taken back.
fn forget(script: &mut Script, steps: &[&Step]) {
    if !steps.is_empty() {
        let made = steps.iter().filter(|step| !step.commands.is_empty());
        let notes = made.map(|step| step.id.as_str());
        let notes = notes.collect::<Vec<_>>().join(" ");
        script.line(format_args!(
            r#"if not defined $PLAN for %%N in ({notes}) do if exist "%$STATE%\%%N.txt" del "%$STATE%\%%N.txt*""#
        ));
    }
    script.code(include_str!("lines/left.cmd"));
}
