//! FastCGI processes of IIS 7 do not start in a pool whose processor time is limited.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::model::CpuAction;
use crate::syntax::KeyPath;
use crate::target::{Feature, Target};

pub(crate) static RULE: Rule = Rule::advice(
    507,
    "cpu-limit",
    Level::Warning,
    include_str!("cpu-limit.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(cpu) = document.spec.pool.cpu.as_ref().filter(|cpu| cpu.limit > 0) else {
        return;
    };
    // To slow a pool down takes IIS 8, which has no such trouble; other rules see to that.
    match cpu.action {
        CpuAction::None | CpuAction::Kill => {}
        CpuAction::Throttle | CpuAction::ThrottleUnderLoad => return,
    }
    // The reports are about IIS 7; nothing is known of IIS 6.
    let affected =
        |target: &&Target| target.has(Feature::Schema) && !target.has(Feature::CpuThrottle);
    let Some(target) = document.spec.targets.iter().find(affected) else {
        return;
    };
    let problem = RULE
        .problem("the limit of processor time may keep Python from starting")
        .at(
            document.tree.place(&KeyPath::of("pool.cpu.limit")),
            format!("on `{target}`, Python cannot join the pool's job"),
        )
        .help(format!("remove `limit`, or `{target}` from `targets`"));
    sink.push(problem);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::found;

    #[test]
    fn only_iis_7_and_what_it_can_do_is_told() {
        for (cpu, target, expected) in [
            ("limit: 50", "iis7", 1),
            ("limit: 50", "iis6", 0),
            ("limit: 50", "iis8", 0),
            ("limit: 0, action: kill", "iis7", 0),
            ("limit: 50, action: throttle", "iis7.5", 0),
        ] {
            let rest = format!("pool: {{cpu: {{{cpu}}}}}\ntargets: [{target}]");
            assert_eq!(found(&RULE, &rest).len(), expected, "{rest}");
        }
    }
}
