//! A step of set-up: its questions, its commands, and its questions again.

use super::command::{ask, digest, run};
use crate::plan::setup::{Question, Step};
use crate::text::Unsayable;
use crate::text::cmd::{CommandLine, Executable, Output, Reader, Script, Word};

/// The longest line that `set /p` reads.
const LONGEST_ANSWER: usize = 1_000;

/// Prints a step. Its label is `:step<number>`; what comes next is `next`.
pub(super) fn step(
    script: &mut Script,
    step: &Step,
    number: usize,
    next: &str,
) -> Result<(), Unsayable> {
    heading(script, step, number)?;
    script.set("DIGEST", &digest(step)?)?;
    script.code("call :begin\n");
    for question in &step.questions {
        self::question(script, question)?;
    }
    if step.by_note {
        script.code("call :noted\n");
    } else if step.questions.is_empty() {
        script.code("call :always\n");
    }
    script.code("call :answer\nif errorlevel 2 goto failed\n");
    script.line(&format!("if errorlevel 1 goto {next}"));
    for command in &step.commands {
        run(script, command)?;
    }
    script.code("call :again\n");
    script.line(&format!("if not errorlevel 1 goto step{number}"));
    Ok(())
}

/// Where a step begins, and what its subroutines know of it.
pub(super) fn heading(script: &mut Script, step: &Step, number: usize) -> Result<(), Unsayable> {
    script.code("\n");
    script.remark(&format!("---- {number}. {}", step.title))?;
    script.line(&format!(":step{number}"));
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

fn question(script: &mut Script, question: &Question) -> Result<(), Unsayable> {
    match question {
        // `\.` asks for a folder; a file of that name does not count.
        Question::Folder(path) => script.unless_exists(path.join(".").as_str(), "call :no"),
        Question::File(path) => script.unless_exists(path.as_str(), "call :no"),
        Question::SameFile { ours, theirs } => same_file(script, ours, theirs.as_str()),
        Question::Succeeds(command) => {
            ask(script, command)?;
            script.code("if not %ERRORLEVEL%==0 call :no\n");
            Ok(())
        }
        Question::Prints { command, line } => {
            refused_if(
                line,
                line.chars().count() > LONGEST_ANSWER,
                "`set /p` reads no line of that length",
            )?;
            ask(script, command)?;
            script.set("WANT", line)?;
            script.code("call :prints\n");
            Ok(())
        }
        Question::Mentions { command, texts } => {
            ask(script, command)?;
            for text in texts {
                refused_if(
                    text,
                    text.contains('"'),
                    "not every `find` looks for a double quote",
                )?;
                script.set("WANT", text)?;
                script.code("call :mentions\n");
            }
            Ok(())
        }
    }
}

fn same_file(script: &mut Script, ours: &'static str, theirs: &str) -> Result<(), Unsayable> {
    let command = CommandLine {
        executable: Executable::Known("fc /b", Reader::Shell),
        words: vec![
            Word::Expanded {
                before: String::new(),
                variable: "$HERE".to_owned(),
                after: ours.to_owned(),
            },
            Word::Value(theirs.to_owned()),
        ],
    };
    script.command("", &command, Output(">nul 2>&1"))?;
    script.code("if not %ERRORLEVEL%==0 call :no\n");
    Ok(())
}

fn refused_if(value: &str, is_refused: bool, reason: &'static str) -> Result<(), Unsayable> {
    match is_refused {
        false => Ok(()),
        true => Err(Unsayable {
            format: "a question of a cmd.exe script",
            value: value.to_owned(),
            reason,
        }),
    }
}
