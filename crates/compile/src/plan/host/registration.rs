//! The FastCGI application.

use iisc_spec::model::{StderrMode, WinPath};

use super::Attributes;
use crate::plan::{FastCgiKey, Process};

/// Its attributes, the two by which IIS knows it first.
pub(super) fn registration(key: &FastCgiKey, process: &Process) -> Attributes {
    let mut attributes = vec![
        ("fullPath", key.full_path.to_string()),
        ("arguments", key.arguments.clone()),
        ("maxInstances", process.max_instances.to_string()),
        (
            "instanceMaxRequests",
            process.instance_max_requests.to_string(),
        ),
        ("requestTimeout", process.request_timeout.to_string()),
        ("activityTimeout", process.activity_timeout.to_string()),
        ("idleTimeout", process.idle_timeout.to_string()),
    ];
    let number = |number: u32| number.to_string();
    let more = [
        (
            "signalBeforeTerminateSeconds",
            process.signal_before_terminate.map(number),
        ),
        ("queueLength", Some(number(process.queue_length))),
        ("rapidFailsPerMinute", process.rapid_fails.map(number)),
        ("stderrMode", process.stderr.map(stderr_mode)),
        (
            "monitorChangesTo",
            process.monitor.as_ref().map(WinPath::to_string),
        ),
    ];
    let said = more.into_iter();
    attributes.extend(said.filter_map(|(name, value)| Some((name, value?))));
    attributes
}

fn stderr_mode(mode: StderrMode) -> String {
    let name = match mode {
        StderrMode::ReturnStderrIn500 => "ReturnStdErrIn500",
        StderrMode::ReturnGeneric500 => "ReturnGeneric500",
        StderrMode::IgnoreAndReturn200 => "IgnoreAndReturn200",
        StderrMode::TerminateProcess => "TerminateProcess",
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use iisc_spec::Target;

    use crate::plan::planned;

    #[test]
    fn what_is_not_said_is_left_to_iis() {
        let names = |more, target| {
            let plan = planned(more, target);
            let names = plan.host.registration.into_iter().map(|(name, _)| name);
            names.collect::<Vec<_>>()
        };
        let old = names("", Target::Iis7);
        assert_eq!(old[..2], ["fullPath", "arguments"]);
        assert!(!old.contains(&"signalBeforeTerminateSeconds") && old.contains(&"queueLength"));
        let more = r#", "process": {"stderr": "return-generic-500", "rapid-fails": 3}"#;
        let new = names(more, Target::Iis10);
        assert!(new.ends_with(&["queueLength", "rapidFailsPerMinute", "stderrMode"]));
    }
}
