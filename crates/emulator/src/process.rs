//! One process of a FastCGI application, from its start to its end.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};
use tokio::process::Child;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::event::{EndReason, Event, Events, OutputStream};
use crate::exchange::Wire;
use crate::launch::Launch;
use crate::spawn::{self, Stream};
use crate::stop::Stop;

/// Lines of standard error that an error page shows.
const TAIL_LINES: usize = 30;
/// Longest line that is reported as one.
const MAX_LINE: u64 = 8 * 1024;
/// Time that a process has to exit after it closed the stream on its own.
const EXIT_WAIT: Duration = Duration::from_secs(3);
/// Most time that a process has to exit when the emulator stops.
const STOP_WAIT: Duration = Duration::from_secs(3);
/// Time for the last output of a process that has exited; a child of its own may hold the pipe open.
const OUTPUT_WAIT: Duration = Duration::from_secs(1);

/// The last lines that a process wrote to its standard error.
type Tail = Arc<Mutex<VecDeque<String>>>;

/// A running process.
#[derive(Debug)]
pub(crate) struct Process {
    pub(crate) pid: u32,
    pub(crate) wire: Wire<Stream>,
    child: Child,
    output: JoinSet<()>,
    tail: Tail,
    events: Events,
}

impl Process {
    /// Starts a process.
    pub(crate) fn start(launch: &Launch, application: &str, events: Events) -> io::Result<Self> {
        let (mut child, stream) = spawn::spawn(launch)?;
        // A child that has not been waited for has an id.
        let pid = child.id().unwrap_or_default();
        events.send(Event::Started {
            pid,
            application: application.to_owned(),
        });
        let tail = Tail::default();
        let mut output = JoinSet::new();
        if let Some(stdout) = child.stdout.take() {
            let events = events.clone();
            output.spawn(read_lines(stdout, move |line| {
                events.send(Event::Output {
                    pid,
                    stream: OutputStream::Stdout,
                    line,
                });
            }));
        }
        if let Some(stderr) = child.stderr.take() {
            let (events, tail) = (events.clone(), Arc::clone(&tail));
            output.spawn(read_lines(stderr, move |line| {
                remember(&tail, &line);
                events.send(Event::Output {
                    pid,
                    stream: OutputStream::Stderr,
                    line,
                });
            }));
        }
        Ok(Self {
            pid,
            wire: Wire::new(stream),
            child,
            output,
            tail,
            events,
        })
    }

    /// Waits for the exit of a process that has closed the stream, and for its last output; tells how it
    /// ended, `Ok` if with success.
    ///
    /// A process that stays without the stream is of no use, and is killed.
    pub(crate) async fn exited(&mut self) -> Result<String, String> {
        let waited = timeout(EXIT_WAIT, self.child.wait()).await;
        if waited.is_err() {
            drop(self.child.kill().await);
        }
        read_rest(std::mem::take(&mut self.output)).await;
        match waited {
            Ok(Ok(status)) if status.success() => Ok(status.to_string()),
            Ok(Ok(status)) => Err(status.to_string()),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err("it closed its standard input and stayed".to_owned()),
        }
    }

    /// The last lines of standard error, for the developer who asks why the process left.
    pub(crate) fn last_lines(&self) -> Vec<String> {
        let tail = self.tail.lock().unwrap_or_else(PoisonError::into_inner);
        tail.iter().cloned().collect()
    }

    /// Ends the process: closes the stream, which tells it to leave, waits for `grace`, kills it, reaps it.
    ///
    /// The closed stream stands for the shutdown event that IIS signals (iis.md 6.3).
    pub(crate) async fn end(self, reason: EndReason, grace: Duration, stop: Stop) {
        let Self {
            pid,
            wire,
            mut child,
            output,
            tail,
            events,
        } = self;
        drop(wire);
        tokio::select! {
            biased;
            _ = child.wait() => {}
            () = patience(grace, stop) => drop(child.kill().await),
        }
        read_rest(output).await;
        drop(tail);
        events.send(Event::Ended { pid, reason });
    }
}

/// Waits for the readers of a process's output; those that are not through in time are ended.
async fn read_rest(mut output: JoinSet<()>) {
    drop(
        timeout(OUTPUT_WAIT, async {
            while output.join_next().await.is_some() {}
        })
        .await,
    );
}

/// Waits for the grace, which is cut short when the emulator stops.
async fn patience(grace: Duration, mut stop: Stop) {
    tokio::select! {
        () = sleep(grace) => {}
        () = stop.requested() => sleep(grace.min(STOP_WAIT)).await,
    }
}

fn remember(tail: &Tail, line: &str) {
    let mut tail = tail.lock().unwrap_or_else(PoisonError::into_inner);
    if tail.len() == TAIL_LINES {
        tail.pop_front();
    }
    tail.push_back(line.to_owned());
}

/// Reads lines until the other end closes; an endless line comes in parts.
async fn read_lines(from: impl AsyncRead + Unpin, take: impl Fn(String)) {
    let mut from = BufReader::new(from);
    let mut line = Vec::new();
    while let Ok(1..) = (&mut from)
        .take(MAX_LINE)
        .read_until(b'\n', &mut line)
        .await
    {
        let text = String::from_utf8_lossy(&line);
        take(text.trim_end_matches(['\r', '\n']).to_owned());
        line.clear();
    }
}
