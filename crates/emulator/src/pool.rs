//! The processes of one registered FastCGI application, and the requests that wait for them.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::config::Registration;
use crate::event::{EndReason, Events};
use crate::exchange::Job;
use crate::launch::Launch;
use crate::process::Process;
use crate::refusal::Refusal;
use crate::stop::Stop;
use crate::worker::{Retired, Vacancy, Worker};

/// The time in which crashes are counted.
const RAPID_FAIL_WINDOW: Duration = Duration::from_secs(60);

/// All processes of one registration. It is one task and owns everything below it, so that dropping it ends
/// every process.
#[derive(Debug)]
pub(crate) struct Pool {
    registration: Registration,
    launch: Launch,
    events: Events,
    queue: VecDeque<Job>,
    idle: Vec<Vacancy>,
    vacancies: mpsc::UnboundedSender<Vacancy>,
    workers: JoinSet<Retired>,
    /// Processes that take no more requests and have not exited. They do not count as instances.
    leaving: JoinSet<()>,
    crashes: VecDeque<Instant>,
    stop: Stop,
}

impl Pool {
    /// Runs the pool until `stop` is true, and then until every process has been reaped.
    pub(crate) async fn run(
        registration: Registration,
        launch: Launch,
        events: Events,
        jobs: mpsc::UnboundedReceiver<Job>,
        stop: Stop,
    ) {
        let (vacancies, vacant) = mpsc::unbounded_channel();
        let pool = Self {
            registration,
            launch,
            events,
            queue: VecDeque::new(),
            idle: Vec::new(),
            vacancies,
            workers: JoinSet::new(),
            leaving: JoinSet::new(),
            crashes: VecDeque::new(),
            stop,
        };
        pool.work(jobs, vacant).await;
    }

    async fn work(
        mut self,
        mut jobs: mpsc::UnboundedReceiver<Job>,
        mut vacant: mpsc::UnboundedReceiver<Vacancy>,
    ) {
        let mut stop = self.stop.clone();
        loop {
            // In this order, so that a request finds the process that has just become free.
            tokio::select! {
                biased;
                () = stop.requested() => break,
                Some(vacancy) = vacant.recv() => self.idle.push(vacancy),
                Some(retired) = self.workers.join_next() => self.retire(retired.ok()),
                Some(_) = self.leaving.join_next() => {}
                Some(job) = jobs.recv() => self.admit(job),
            }
            self.dispatch();
        }
        self.queue.clear();
        while let Some(retired) = self.workers.join_next().await {
            self.retire(retired.ok());
        }
        while self.leaving.join_next().await.is_some() {}
    }

    /// Queues a request, if there is room after those that can be served at once.
    fn admit(&mut self, job: Job) {
        self.queue.retain(|waiting| !waiting.reply.is_abandoned());
        self.queue.push_back(job);
        self.dispatch();
        if self.queue.len() > self.registration.queue_length {
            let reason = format!(
                "The FastCGI queue is full: {} requests wait for a process (`queueLength`), \
                 and {} are being answered (`maxInstances`)",
                self.registration.queue_length,
                self.workers.len()
            );
            if let Some(mut job) = self.queue.pop_back() {
                job.reply.refuse(Refusal::unavailable(4, reason));
            }
        }
    }

    /// Gives waiting requests to idle processes, the last used first, and then to new ones.
    fn dispatch(&mut self) {
        while let Some(job) = self.queue.pop_front() {
            if job.reply.is_abandoned() {
                continue;
            }
            let Some(job) = self.give(job) else {
                continue;
            };
            if self.workers.len() >= self.max_instances() {
                self.queue.push_front(job);
                return;
            }
            self.start(job);
        }
    }

    /// Gives a request to an idle process, or gives it back.
    fn give(&mut self, mut job: Job) -> Option<Job> {
        while let Some(vacancy) = self.idle.pop() {
            match vacancy.send(job) {
                Ok(()) => return None,
                // That process is already leaving.
                Err(returned) => job = returned,
            }
        }
        Some(job)
    }

    /// Starts a process with its first request.
    fn start(&mut self, mut job: Job) {
        if let Some(refusal) = self.rapid_fail() {
            return job.reply.refuse(refusal);
        }
        let application = self.registration.script_processor();
        match Process::start(&self.launch, &application, self.events.clone()) {
            Ok(process) => {
                let worker = Worker {
                    process,
                    registration: self.registration.clone(),
                    vacancies: self.vacancies.clone(),
                    stop: self.stop.clone(),
                    events: self.events.clone(),
                };
                self.workers.spawn(worker.work(job));
            }
            Err(error) => {
                self.crashes.push_back(Instant::now());
                let reason = format!(
                    "An unknown FastCGI error occurred\n\nThe process could not be started: `{}`: {error}",
                    self.launch.program.display()
                );
                job.reply.refuse(Refusal::internal(0, reason));
            }
        }
    }

    /// The refusal while there were too many crashes within a minute. How long IIS refuses is not
    /// documented; here it is until the minute has passed.
    fn rapid_fail(&mut self) -> Option<Refusal> {
        let allowed = self.registration.rapid_fails_per_minute;
        self.crashes
            .retain(|crash| crash.elapsed() < RAPID_FAIL_WINDOW);
        (allowed > 0 && self.crashes.len() >= allowed).then(|| {
            let reason = format!(
                "The FastCGI application is refused: its processes crashed {} times within a minute \
                 (`rapidFailsPerMinute`)",
                self.crashes.len()
            );
            Refusal::unavailable(0, reason)
        })
    }

    /// Lets a process leave in the background. `None` is a worker that panicked; its process died with it.
    fn retire(&mut self, retired: Option<Retired>) {
        let Some(Retired {
            process,
            reason,
            grace,
            returned,
        }) = retired
        else {
            return;
        };
        if matches!(reason, EndReason::Crashed(_)) {
            self.crashes.push_back(Instant::now());
        }
        if let Some(job) = returned {
            self.queue.push_front(job);
        }
        self.leaving
            .spawn(process.end(reason, grace, self.stop.clone()));
    }

    /// The registered number of processes, or IIS's choice, for which the number of processors stands here.
    fn max_instances(&self) -> usize {
        match self.registration.max_instances {
            0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            count => count,
        }
    }
}
