//! A running `iisc dev`.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::Failure;

/// How long it may take to build the example and to begin to listen.
const START: Duration = Duration::from_secs(60);

/// How long it may take to end all processes after an interrupt.
const STOP: Duration = Duration::from_secs(30);

/// How often a server that was asked to stop is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// A server that tells on standard output where the application is. It never outlives this value.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    url: String,
}

impl Server {
    /// Starts a server and waits until it has told the application's URL.
    pub(crate) fn start(command: &mut Command) -> Result<Self, Failure> {
        let program = command.get_program().display().to_string();
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(Failure::io(program))?;
        let output = child.stdout.take();
        let mut server = Self {
            child,
            url: String::new(),
        };
        let urls = output
            .map(follow)
            .ok_or_else(|| Failure::new("`iisc dev` has no output"))?;
        match urls.recv_timeout(START) {
            Ok(url) => server.url = url,
            Err(_) => {
                return Err(Failure::new(
                    "`iisc dev` did not tell the application's URL",
                ));
            }
        }
        Ok(server)
    }

    /// Where the application is, with a slash at the end.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Waits until somebody else stops the server.
    pub(crate) fn wait(mut self) -> Result<(), Failure> {
        let status = self.child.wait().map_err(Failure::io("`iisc dev`"))?;
        accept(status)
    }

    /// Interrupts the server as Ctrl-C does, and requires that it ends in good order.
    pub(crate) fn stop(mut self) -> Result<(), Failure> {
        match self.interrupt() {
            Some(status) => accept(status),
            None => Err(Failure::new(format!(
                "`iisc dev` still runs {STOP:?} after an interrupt"
            ))),
        }
    }

    fn interrupt(&mut self) -> Option<ExitStatus> {
        // `kill` is part of every POSIX shell; as a program of its own it may be missing.
        let number = self.child.id().to_string();
        let signal = Command::new("sh")
            .args(["-c", "kill -INT \"$0\"", &number])
            .status();
        if !signal.is_ok_and(|status| status.success()) {
            // Windows has no signal for one process; there the end is taken for an orderly one.
            self.child.kill().ok()?;
        }
        let asked = Instant::now();
        while asked.elapsed() < STOP {
            match self.child.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) => thread::sleep(LOOK),
                Err(_) => return None,
            }
        }
        None
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait()
            && self.interrupt().is_none()
        {
            // Nothing is left to try if that fails too.
            self.child.kill().ok();
        }
    }
}

fn accept(status: ExitStatus) -> Result<(), Failure> {
    if status.success() || cfg!(windows) {
        return Ok(());
    }
    Err(Failure::new(format!("`iisc dev` ended with {status}")))
}

/// Passes on what the server prints, and sends the first URL in it.
fn follow(output: ChildStdout) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || pass_on(output, sender));
    receiver
}

fn pass_on(output: ChildStdout, sender: Sender<String>) {
    let mut sender = Some(sender);
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        println!("   {line}");
        if let Some(url) = url_in(&line)
            && let Some(sender) = sender.take()
        {
            // Nobody listens any more if the wait was given up; the text is still passed on.
            sender.send(url).ok();
        }
    }
}

fn url_in(line: &str) -> Option<String> {
    let url = line
        .split_whitespace()
        .find(|word| word.starts_with("http://"))?;
    Some(format!("{}/", url.trim_end_matches(['/', '.', ','])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_is_found_in_a_sentence() {
        let url = Some("http://127.0.0.1:41234/postcards/".to_owned());
        assert_eq!(url_in("http://127.0.0.1:41234/postcards/"), url);
        assert_eq!(
            url_in("  `postcards` is at http://127.0.0.1:41234/postcards, Ctrl-C stops"),
            url
        );
        assert_eq!(url_in("built 7 files"), None);
    }

    #[test]
    #[cfg(unix)]
    fn a_server_that_ends_before_it_tells_its_url_is_a_failure() {
        let failure = Server::start(Command::new("sh").args(["-c", "echo hello"])).unwrap_err();
        assert!(failure.to_string().contains("URL"), "{failure}");
    }

    #[test]
    #[cfg(unix)]
    fn an_interrupt_ends_a_server_and_its_exit_code_is_judged() {
        let served = |then: &str| {
            // `trap` comes before the URL: whoever reads the URL may interrupt at once.
            let script =
                format!("trap '{then}' INT; echo http://x/y; while :; do sleep 0.02; done");
            let server = Server::start(Command::new("sh").args(["-c", &script])).unwrap();
            assert_eq!(server.url(), "http://x/y/");
            server.stop()
        };
        assert!(served("exit 0").is_ok());
        assert!(served("exit 3").is_err());
    }
}
