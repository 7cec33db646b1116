//! Settings of the application pool.

use super::ask::prints;
use super::command::{property, set};
use super::pool::pool;
use crate::plan::Plan;
use crate::plan::setup::Step;

/// Settings that are set together: what their names begin with, the id of the step, and what they are.
const GROUPS: [(&str, &str, &str); 4] = [
    ("", "pool-settings", "settings"),
    ("processModel.", "pool-process-model", "worker processes"),
    ("recycling.", "pool-recycling", "recycling"),
    ("cpu.", "pool-cpu", "processor time"),
];

/// The settings, one step for each group. Removal undoes none: they go with the pool.
pub(super) fn settings(plan: &Plan) -> impl Iterator<Item = Step> {
    GROUPS.iter().filter_map(|(prefix, id, what)| {
        let all = plan.host.pool.settings.iter();
        let own = all.filter(|(name, _)| match *prefix {
            "" => !name.contains('.'),
            prefix => name.starts_with(prefix),
        });
        let own: Vec<(&str, &str)> = own.map(|(name, value)| (*name, value.as_str())).collect();
        let title = format!("{what} of the application pool {}", plan.pool);
        let step = own.iter().fold(Step::new(*id, title), |step, setting| {
            asking(step, plan, *setting)
        });
        (!own.is_empty()).then(|| step.run(set(pool(plan), own)))
    })
}

/// The empty version of .NET is an empty line, which is what a server prints that says nothing as well: the setting is
/// then left alone, and a pool that loads .NET serves Python all the same.
fn asking(step: Step, plan: &Plan, (name, value): (&str, &str)) -> Step {
    prints(step, property(pool(plan), name), value)
}

#[cfg(test)]
mod tests {
    use iisc_spec::Target;

    use super::super::tests::{asked, found, lines, step};
    use crate::plan::planned;

    #[test]
    fn every_setting_is_set_and_asked_for() {
        let more = r#", "pool": {"cpu": {"limit": 5}}"#;
        let plan = planned(more, Target::Iis10);
        let ids = [
            "pool-settings",
            "pool-process-model",
            "pool-recycling",
            "pool-cpu",
        ];
        let steps = ids.map(|id| step(more, Target::Iis10, id));
        let lines: Vec<String> = steps
            .iter()
            .flat_map(|step| lines(&step.commands))
            .collect();
        for (name, value) in &plan.host.pool.settings {
            let said = format!("|/{name}:{value}");
            assert!(lines.iter().any(|line| line.contains(&said)), "{said}");
        }
        let asked: usize = steps.iter().map(|step| asked(step).len()).sum();
        assert_eq!(asked, plan.host.pool.settings.len());
        assert_eq!(found("", Target::Iis10, "pool-cpu"), None);
    }

    #[test]
    fn the_empty_version_of_net_is_asked_for_as_an_empty_line() {
        let step = step("", Target::Iis7, "pool-settings");
        assert_eq!(
            lines(&step.commands),
            [
                "set|apppool|s|/queueLength:1000|/autoStart:true|/enable32BitAppOnWin64:false|\
                /managedRuntimeVersion:|/managedPipelineMode:Integrated"
            ]
        );
        assert_eq!(asked(&step)[3..], ["=", "=Integrated"]);
    }
}
