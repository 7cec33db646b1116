//! A planned command as a line of a script.

use sha2::{Digest, Sha256};

use crate::plan::setup::{self, Program, RESTART, Step, Success};
use crate::text::Unsayable;
use crate::text::cmd::{CommandLine, Executable, Output, Reader, Script, Word};
use crate::text::hex::hex;

/// Runs a command, or shows it if only the plan is asked for. Goes to `:failed` if it fails.
pub(super) fn run(script: &mut Script, command: &setup::Command) -> Result<(), Unsayable> {
    let secrets = secrets(command);
    for secret in &secrets {
        check_secret(script, secret)?;
    }
    // What a program says about a command with a password in it may quote the command.
    let output = match (secrets.is_empty(), command.confirms) {
        (true, false) => "%$TO_LOG%",
        (true, true) => "%$YES% %$TO_LOG%",
        (false, false) => "%$TO_NUL%",
        (false, true) => "%$YES% %$TO_NUL%",
    };
    script.command("%$RUN% ", &line(command), Output(output))?;
    match command.success {
        Success::Zero => script.code("if not %ERRORLEVEL%==0 goto failed\n"),
        Success::ZeroOr(code) => script.line(format_args!(
            "if not %ERRORLEVEL%==0 if not %ERRORLEVEL%=={code} goto failed"
        )),
        Success::ZeroOrRestart => {
            script.code("set \"$CODE=%ERRORLEVEL%\"\n");
            script.line(format_args!("if %$CODE%=={RESTART} call :restart"));
            script.line(format_args!(
                "if not %$CODE%==0 if not %$CODE%=={RESTART} goto failed"
            ));
        }
        Success::Any => {}
    }
    Ok(())
}

/// Asks a command something; what it prints becomes the answer.
pub(super) fn ask(script: &mut Script, command: &setup::Command) -> Result<(), Unsayable> {
    script.command("", &line(command), Output(">\"%$ANSWER%\" 2>nul"))
}

/// A short text that two steps share only if they run the same commands. A password is not in it.
pub(super) fn digest(step: &Step) -> Result<String, Unsayable> {
    let mut hash = Sha256::new();
    for command in &step.commands {
        hash.update(line(command).print()? + "\n");
    }
    let digits = hex(&hash.finalize());
    Ok(digits.chars().take(16).collect())
}

fn secrets(command: &setup::Command) -> Vec<String> {
    let names = command.arguments.iter().filter_map(|word| match word {
        setup::Word::Secret { variable, .. } => Some(variable.to_string()),
        setup::Word::Text(_) | setup::Word::Beside { .. } => None,
    });
    names.collect()
}

/// A password is expanded between quotes, where only a quote could end it. Whether it has one is asked of a copy that
/// cannot have any. A plan shows stars.
fn check_secret(script: &mut Script, name: &str) -> Result<(), Unsayable> {
    script.line(format_args!("if defined $PLAN set \"{name}=***\""));
    script.set("SECRET", name)?;
    script.line(format_args!("if not defined {name} goto no_secret"));
    script.line(format_args!("set \"$QUOTELESS=%{name}:\"=[quote]%\""));
    script.code("call :secret\nif errorlevel 1 goto failed\n");
    Ok(())
}

fn line(command: &setup::Command) -> CommandLine {
    CommandLine {
        executable: executable(&command.program),
        words: command.arguments.iter().map(word).collect(),
    }
}

fn executable(program: &Program) -> Executable {
    let windows = |name| Executable::Known(name, Reader::CRuntime);
    match program {
        Program::AppCmd => windows("\"%$APPCMD%\""),
        Program::Icacls => windows("icacls"),
        Program::Cacls => windows("cacls"),
        Program::Cscript => Executable::Known("cscript", Reader::ScriptHost),
        Program::Dism => windows("dism"),
        Program::ServerManagerCmd => windows("servermanagercmd"),
        Program::Netsh => windows("netsh"),
        Program::File(path) => Executable::At(path.to_string()),
        Program::Shell(command) => Executable::Known(command, Reader::Shell),
    }
}

fn word(word: &setup::Word) -> Word {
    match word {
        setup::Word::Text(text) => Word::Value(text.clone()),
        // The folder ends in a backslash.
        setup::Word::Beside { before, name } => Word::Expanded {
            before: (*before).to_owned(),
            variable: "$HERE".to_owned(),
            after: (*name).to_owned(),
        },
        setup::Word::Secret { before, variable } => Word::Expanded {
            before: (*before).to_owned(),
            variable: variable.to_string(),
            after: String::new(),
        },
    }
}
