//! The processes of a FastCGI application.

use iisc_spec::model::{StderrMode, WinPath};

/// Numbers of a FastCGI application; times in seconds, as IIS has them.
///
/// What a target does not know, and what IIS does anyway, is absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    /// Most processes at a time; 0 lets IIS decide.
    pub max_instances: u32,
    /// Requests after which a process is replaced.
    pub instance_max_requests: u32,
    /// Seconds for one request.
    pub request_timeout: u32,
    /// Seconds of silence within a request.
    pub activity_timeout: u32,
    /// Seconds without a request.
    pub idle_timeout: u32,
    /// Seconds between the signal to stop and the end.
    pub signal_before_terminate: Option<u32>,
    /// Requests that may wait.
    pub queue_length: u32,
    /// Crashes within a minute after which no process is started.
    pub rapid_fails: Option<u32>,
    /// What is done with text on the error stream.
    pub stderr: Option<StderrMode>,
    /// The file whose change ends the processes.
    pub monitor: Option<WinPath>,
}

impl Process {
    /// What is said of them, in the order of the output, by the names of IIS 7 and later. Those of IIS 6 begin with a capital
    /// and are the same otherwise, as are the values but one: how the usual `stderrMode` is spelt.
    pub(crate) fn settings(
        &self,
        return_stderr: &'static str,
    ) -> impl Iterator<Item = (&'static str, String)> {
        let number = |number: u32| Some(number.to_string());
        let stderr = |mode| stderr_mode(mode, return_stderr).to_owned();
        let settings = [
            ("maxInstances", number(self.max_instances)),
            ("instanceMaxRequests", number(self.instance_max_requests)),
            ("requestTimeout", number(self.request_timeout)),
            ("activityTimeout", number(self.activity_timeout)),
            ("idleTimeout", number(self.idle_timeout)),
            (
                "signalBeforeTerminateSeconds",
                self.signal_before_terminate.and_then(number),
            ),
            ("queueLength", number(self.queue_length)),
            ("rapidFailsPerMinute", self.rapid_fails.and_then(number)),
            ("stderrMode", self.stderr.map(stderr)),
            (
                "monitorChangesTo",
                self.monitor.as_ref().map(WinPath::to_string),
            ),
        ];
        let said = settings.into_iter();
        said.filter_map(|(name, value)| Some((name, value?)))
    }
}

const fn stderr_mode(mode: StderrMode, return_stderr: &'static str) -> &'static str {
    match mode {
        StderrMode::ReturnStderrIn500 => return_stderr,
        StderrMode::ReturnGeneric500 => "ReturnGeneric500",
        StderrMode::IgnoreAndReturn200 => "IgnoreAndReturn200",
        StderrMode::TerminateProcess => "TerminateProcess",
    }
}
