//! A program run under a heading; its output is kept, and shown if it fails.

use std::fs::{self, File};
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::workspace::Workspace;

/// How often a running program is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// What a program did.
#[derive(Debug)]
pub(crate) struct Ran {
    /// It says that all went well.
    pub(crate) success: bool,
    /// Standard output and standard error, in the order in which they were written.
    pub(crate) output: String,
    /// How long it ran.
    pub(crate) took: Duration,
}

/// Runs a step that the following ones need: on failure its whole output is shown, and nothing follows.
pub(crate) fn need(
    workspace: &Workspace,
    title: &str,
    command: &mut Command,
) -> Result<(), Failure> {
    let ran = run(workspace, title, command)?;
    if ran.success {
        println!("   ok, {}", seconds(ran.took));
        return Ok(());
    }
    println!("{}", ran.output);
    Err(Failure::new(format!(
        "step `{title}` failed after {}",
        seconds(ran.took)
    )))
}

/// Runs a program to its end; the error is that it could not be started.
///
/// The output goes to a file, not to a pipe: a daemon that the program leaves behind (a web server that was
/// just installed) would hold a pipe open for ever.
pub(crate) fn run(
    workspace: &Workspace,
    title: &str,
    command: &mut Command,
) -> Result<Ran, Failure> {
    println!("== {title}");
    let started = Instant::now();
    let log = workspace.target.join("xtask").join(file_name(title));
    let program = command.get_program().display().to_string();
    let status = start(command, &log).and_then(|child| attend(child, &log));
    let success = status
        .map_err(Failure::io(format!("`{program}` did not run")))?
        .success();
    let output = read(&log).map_err(Failure::io(log.display()))?;
    Ok(Ran {
        success,
        output,
        took: started.elapsed(),
    })
}

/// Makes a title usable as a file name on any system.
fn file_name(title: &str) -> String {
    let kept = |letter: char| {
        if letter.is_alphanumeric() {
            letter
        } else {
            '-'
        }
    };
    format!("{}.log", title.chars().map(kept).collect::<String>())
}

fn start(command: &mut Command, log: &Path) -> io::Result<Child> {
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = File::create(log)?;
    command
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .spawn()
}

/// Waits for the end, and meanwhile shows the last line of the output to somebody who watches.
fn attend(mut child: Child, log: &Path) -> io::Result<ExitStatus> {
    let mut terminal = io::stdout().is_terminal().then(io::stdout);
    loop {
        if let Some(status) = child.try_wait()? {
            if let Some(terminal) = &mut terminal {
                write!(terminal, "\r\x1b[K")?;
            }
            return Ok(status);
        }
        if let Some(terminal) = &mut terminal {
            write!(terminal, "\r\x1b[K   {}", last_line(&read(log)?))?;
            terminal.flush()?;
        }
        std::thread::sleep(LOOK);
    }
}

fn read(log: &Path) -> io::Result<String> {
    Ok(String::from_utf8_lossy(&fs::read(log)?).into_owned())
}

/// Gives the last line that says something, cut to the width of a narrow terminal.
fn last_line(output: &str) -> String {
    let line = output
        .lines()
        .rev()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .unwrap_or_default();
    line.chars()
        .filter(|letter| !letter.is_control())
        .take(72)
        .collect()
}

/// Shows a duration.
pub(crate) fn seconds(took: Duration) -> String {
    format!("{:.1} s", took.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_title_is_a_file_name() {
        assert_eq!(file_name(r"make C:\t/venv"), "make-C--t-venv.log");
    }

    #[test]
    fn progress_is_the_last_line_that_says_something() {
        assert_eq!(last_line(""), "");
        assert_eq!(
            last_line("   Compiling a\n   Compiling b\n\n  \n"),
            "Compiling b"
        );
        assert_eq!(last_line("\x1b[1mbold"), "[1mbold");
        assert_eq!(last_line(&"ü".repeat(100)), "ü".repeat(72));
    }
}
