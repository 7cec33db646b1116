//! What IIS 6 has no setting for.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::model::{AppSpec, Errors, Limits, Pool, RequestFiltering, Sections, WebDav};
use crate::syntax::KeyPath;
use crate::target::Feature;

pub(crate) static RULE: Rule = Rule::advice(
    9005,
    "no-schema",
    Level::Warning,
    include_str!("no-schema.md"),
    Phase::Meaning(check),
);

/// Keys that only `applicationHost.config` and `Web.config` of IIS 7 and later can hold, and the metabase of IIS 6 not
/// for one application, if they ask for something: a default that is written out is what IIS 6 does as well, or does not
/// know.
fn keys(spec: &AppSpec) -> Vec<&'static str> {
    let (pool, usual) = (&spec.pool, Pool::default());
    let asks = [
        ("limits", spec.limits != Limits::default()),
        (
            "request-filtering",
            spec.request_filtering != RequestFiltering::default(),
        ),
        ("errors", spec.errors != Errors::default()),
        ("webdav", spec.webdav != WebDav::default()),
        ("sections", spec.sections != Sections::default()),
        ("warm-up", spec.warm_up.is_some()),
        ("pool.start-mode", pool.start_mode != usual.start_mode),
        ("pool.idle-action", pool.idle_action != usual.idle_action),
        ("pool.bitness", pool.bitness != usual.bitness),
        ("pool.load-user-profile", pool.load_user_profile),
    ];
    let asked = asks.into_iter().filter(|(_, asked)| *asked);
    asked.map(|(key, _)| key).collect()
}

fn check(document: &Document<'_>, sink: &mut Sink) {
    let targets = &document.spec.targets;
    let Some(old) = targets.iter().find(|target| !target.has(Feature::Schema)) else {
        return;
    };
    for key in keys(document.spec) {
        let path = KeyPath::of(key);
        let Some(span) = document.tree.key_span(&path) else {
            continue;
        };
        let help = match targets.iter().all(|target| target == old) {
            true => format!("remove `{key}`"),
            false => format!(
                "remove `{old}` from `targets`, or ignore this and say why it is not needed there"
            ),
        };
        let problem = RULE
            .problem(format!("`{key}` has no effect on IIS 6"))
            .at(span, "only IIS 7 and later have a setting for this")
            .help(help);
        sink.push(problem);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::Target;
    use crate::{Options, check};

    fn count(rest: &str) -> usize {
        let text = format!(
            "name: a\nroot: D:\\a\npython: {{interpreter: D:\\a.exe, handler: a.b}}\n{rest}\n"
        );
        let checked = check("f", text.as_bytes(), &Options::default());
        checked
            .diagnostics
            .iter()
            .filter(|found| found.code == RULE.code)
            .count()
    }

    #[test]
    fn each_key_that_is_written_is_told_of_once() {
        let rest = "limits: {url: 100, query: 100}\nwebdav: keep\npool: {bitness: 32-bit, load-user-profile: true}";
        assert_eq!(count(&format!("{rest}\ntargets: [iis6, iis10]")), 4);
        assert_eq!(count(&format!("{rest}\ntargets: [iis7]")), 0);
        assert_eq!(count("targets: [iis6]"), 0);
        let metabase =
            "authentication: {windows: true}\nstatic: {/s: {folder: s}}\npool: {idle-timeout: 5m}";
        assert_eq!(count(&format!("{metabase}\ntargets: [iis6]")), 0);
    }

    #[test]
    fn every_target_but_one_has_a_schema() {
        let without: Vec<Target> = Target::ALL
            .into_iter()
            .filter(|target| !target.has(Feature::Schema))
            .collect();
        assert_eq!(without, [Target::Iis6]);
    }
}
