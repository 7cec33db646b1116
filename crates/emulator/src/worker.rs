//! The working life of one process: one request after the other, until there is a reason to end it.

use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;

use crate::config::{Registration, StderrMode};
use crate::event::{EndReason, Event, Events, OutputStream};
use crate::exchange::{Failure, Job, Timeouts};
use crate::process::Process;
use crate::refusal::Refusal;
use crate::stop::Stop;

/// An idle process: the next request can be sent here.
pub(crate) type Vacancy = oneshot::Sender<Job>;

/// A process that takes no more requests.
#[derive(Debug)]
pub(crate) struct Retired {
    pub(crate) process: Process,
    pub(crate) reason: EndReason,
    /// Time that it has to leave.
    pub(crate) grace: Duration,
    /// A request that it was given and has not touched.
    pub(crate) returned: Option<Job>,
}

/// Keeps one process busy.
#[derive(Debug)]
pub(crate) struct Worker {
    pub(crate) process: Process,
    pub(crate) registration: Registration,
    pub(crate) vacancies: mpsc::UnboundedSender<Vacancy>,
    pub(crate) stop: Stop,
    pub(crate) events: Events,
}

/// Why the process is not used any longer, and the request that it gives back.
struct Leave {
    reason: EndReason,
    returned: Option<Job>,
}

impl Leave {
    const fn because(reason: EndReason) -> Self {
        Self {
            reason,
            returned: None,
        }
    }
}

impl Worker {
    /// Works until the process has to go.
    pub(crate) async fn work(mut self, first: Job) -> Retired {
        let mut job = first;
        let mut served = 0;
        let leave = loop {
            if let Err(leave) = self.serve(job, served).await {
                break leave;
            }
            served += 1;
            if served >= self.registration.instance_max_requests {
                break Leave::because(EndReason::MaxRequests);
            }
            job = match self.next_job().await {
                Ok(next) => next,
                Err(leave) => break leave,
            };
        };
        let grace = self.grace(&leave.reason);
        Retired {
            process: self.process,
            reason: leave.reason,
            grace,
            returned: leave.returned,
        }
    }

    /// Runs one request, and sees to it that it gets an answer.
    async fn serve(&mut self, mut job: Job, served: u64) -> Result<(), Leave> {
        let timeouts = Timeouts {
            request: self.registration.request_timeout,
            activity: self.registration.activity_timeout,
        };
        let pid = self.process.pid;
        let mut wrote_stderr = false;
        let events = self.events.clone();
        let mut on_stderr = |text: &[u8]| {
            wrote_stderr = true;
            for line in String::from_utf8_lossy(text).lines() {
                let (stream, line) = (OutputStream::FastCgiStderr, line.to_owned());
                events.send(Event::Output { pid, stream, line });
            }
        };
        let outcome = tokio::select! {
            outcome = self.process.wire.exchange(&mut job, pid, timeouts, &mut on_stderr) => outcome,
            () = self.stop.requested() => {
                return Err(Leave::because(EndReason::Stopped));
            }
        };
        let terminates = self.registration.stderr_mode == StderrMode::TerminateProcess;
        match outcome {
            Ok(()) if terminates && wrote_stderr => Err(Leave::because(EndReason::Stderr)),
            Ok(()) => Ok(()),
            Err(failure) => Err(self.failed(job, served, failure).await),
        }
    }

    /// Answers a request that the process did not bring to its end.
    async fn failed(&mut self, mut job: Job, served: u64, failure: Failure) -> Leave {
        let full_path = &self.registration.full_path;
        let (reason, page) = match failure {
            Failure::Closed { is_untouched } => match self.process.exited().await {
                // The process decided to leave before it saw the request, such as a gateway that reloads.
                Ok(_) if is_untouched && served > 0 => {
                    return Leave {
                        reason: EndReason::Left,
                        returned: Some(job),
                    };
                }
                Ok(how) | Err(how) => {
                    let mut lines = self.process.last_lines();
                    lines.extend(job.reply.error_text().lines().map(str::to_owned));
                    let page = exited_page(full_path, &how, &lines);
                    (EndReason::Crashed(how), page)
                }
            },
            Failure::RequestTimeout => (
                EndReason::RequestTimeout,
                timeout_page(full_path, "request timeout"),
            ),
            Failure::ActivityTimeout => (
                EndReason::ActivityTimeout,
                timeout_page(full_path, "activity timeout"),
            ),
            Failure::Protocol(what) => {
                let page = format!(
                    "An unknown FastCGI error occurred\n\nThe process broke the protocol: {what}"
                );
                (EndReason::Protocol(what), page)
            }
        };
        job.reply.refuse(Refusal::internal(0, page));
        Leave::because(reason)
    }

    /// Waits for the next request.
    async fn next_job(&mut self) -> Result<Job, Leave> {
        let (vacancy, mut offer) = oneshot::channel();
        if self.vacancies.send(vacancy).is_err() {
            return Err(Leave::because(EndReason::Stopped));
        }
        let reason = tokio::select! {
            job = &mut offer => match job {
                Ok(job) => return Ok(job),
                Err(_) => EndReason::Stopped,
            },
            closed = self.process.wire.closed() => match closed {
                Ok(()) => match self.process.exited().await {
                    Ok(_) => EndReason::Left,
                    Err(how) => EndReason::Crashed(how),
                },
                Err(what) => EndReason::Protocol(what),
            },
            () = sleep(self.registration.idle_timeout) => EndReason::IdleTimeout,
            () = self.stop.requested() => EndReason::Stopped,
        };
        // A request may have been sent here while the process was already leaving.
        offer.close();
        Err(Leave {
            reason,
            returned: offer.try_recv().ok(),
        })
    }

    /// Time that a process has to leave. One that ran into a time-out or broke the protocol gets none.
    const fn grace(&self, reason: &EndReason) -> Duration {
        match reason {
            EndReason::MaxRequests | EndReason::IdleTimeout | EndReason::Stopped => {
                self.registration.signal_before_terminate
            }
            EndReason::RequestTimeout
            | EndReason::ActivityTimeout
            | EndReason::Stderr
            | EndReason::Protocol(_)
            | EndReason::Left
            | EndReason::Crashed(_) => Duration::ZERO,
        }
    }
}

fn exited_page(full_path: &str, how: &str, last_lines: &[String]) -> String {
    let mut page =
        format!("{full_path} - The FastCGI process exited unexpectedly\n\nHow it ended: {how}\n");
    if last_lines.is_empty() {
        page.push_str("It wrote nothing to standard error");
    } else {
        page.push_str("Its last lines on standard error:\n");
    }
    for line in last_lines {
        page.push_str("\n  ");
        page.push_str(line);
    }
    page
}

fn timeout_page(full_path: &str, which: &str) -> String {
    format!("{full_path} - The FastCGI process exceeded configured {which}")
}
