//! A question about the server, as lines of a script. They leave `$SO` alone if the answer is yes.

use super::command::ask;
use crate::MARKER;
use crate::plan::setup::Question;
use crate::text::Unsayable;
use crate::text::cmd::{CommandLine, Executable, Output, Reader, Script, Word};

/// The longest line that `set /p` reads, with room to spare.
const LONGEST_ANSWER: usize = 1_000;

/// Prints a question, the `number`th of its step.
pub(super) fn question(
    script: &mut Script,
    question: &Question,
    number: usize,
) -> Result<(), Unsayable> {
    match question {
        // `\.` asks for a folder; a file of that name does not count.
        Question::Folder(path) => script.if_not_exists(path.join(".").as_str(), "call :no"),
        Question::File(path) => script.if_not_exists(path.as_str(), "call :no"),
        Question::SameFile { ours, theirs } => same_file(script, ours, theirs.as_str()),
        Question::Unchanged(path) => unchanged(script, path.as_str(), number),
        Question::OursOrAbsent(path) => ours_or_absent(script, path.as_str()),
        Question::Succeeds(command) => {
            ask(script, command)?;
            script.code("if not %ERRORLEVEL%==0 call :no\n");
            Ok(())
        }
        Question::Prints { command, line } => {
            let is_long = line.chars().count() > LONGEST_ANSWER;
            refused_if(line, is_long, "`set /p` reads no line of that length")?;
            refused_if(line, line.contains('"'), "a quote in an answer is left out")?;
            ask(script, command)?;
            script.set("WANT", line)?;
            script.code("call :prints\n");
            Ok(())
        }
        Question::Mentions { command, texts } => {
            ask(script, command)?;
            for text in texts {
                refused_if(text, text.contains('"'), "not every `find` takes a quote")?;
                // `find` would take a backslash and the quote behind it for a quote.
                script.set("WANT", text.trim_end_matches('\\'))?;
                script.code("call :mentions\n");
            }
            Ok(())
        }
        Question::PrintsMore(command) => {
            ask(script, command)?;
            script.code("call :several\n");
            Ok(())
        }
    }
}

fn same_file(script: &mut Script, ours: &'static str, theirs: &str) -> Result<(), Unsayable> {
    compare(script, &format!("%$HERE%{ours}"), theirs)?;
    script.code("if errorlevel 1 call :no\n");
    Ok(())
}

/// Compared with the copy of the last run, and copied once the commands have run.
fn unchanged(script: &mut Script, path: &str, number: usize) -> Result<(), Unsayable> {
    compare(script, &format!("%$COPY%{number}"), path)?;
    script.code("if errorlevel 1 call :always\n");
    let copy = expanded("$COPY", number.to_string());
    let command = CommandLine {
        executable: Executable::Known("copy /y", Reader::Shell),
        words: vec![Word::Value(path.to_owned()), copy],
    };
    script.command("if defined $AGAIN ", &command, Output(">nul"))
}

fn ours_or_absent(script: &mut Script, path: &str) -> Result<(), Unsayable> {
    script.set("FILE", path)?;
    script.set("WANT", MARKER)?;
    script.code("call :ours\n");
    Ok(())
}

/// Ours is a name of ours behind a variable of ours.
fn compare(script: &mut Script, ours: &str, theirs: &str) -> Result<(), Unsayable> {
    script.line(format!("set \"$OURS={ours}\""));
    script.set("FILE", theirs)?;
    script.code("call :same\n");
    Ok(())
}

fn expanded(variable: &str, after: String) -> Word {
    Word::Expanded {
        before: String::new(),
        variable: variable.to_owned(),
        after,
    }
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
