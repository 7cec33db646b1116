//! The FastCGI application.

use super::Attributes;
use crate::plan::{FastCgiKey, Process};

/// The usual `stderrMode`, with a capital `E`.
const RETURN_STDERR: &str = "ReturnStdErrIn500";

/// Its attributes, the two by which IIS knows it first.
pub(super) fn registration(key: &FastCgiKey, process: &Process) -> Attributes {
    let own = [
        ("fullPath", key.full_path.to_string()),
        ("arguments", key.arguments.clone()),
    ];
    let settings = process.settings(RETURN_STDERR);
    own.into_iter().chain(settings).collect()
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
