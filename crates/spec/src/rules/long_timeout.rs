//! Times of FastCGI processes stay within what IIS's reference documents.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::model::Seconds;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    302,
    "long-timeout",
    Level::Warning,
    include_str!("long-timeout.md"),
    Phase::Meaning(check),
);

/// The longest documented `activityTimeout`; section 2.2 of the IIS fact sheet.
const HOUR: Seconds = Seconds(3_600);
/// The longest documented `requestTimeout` and `idleTimeout`.
const WEEK: Seconds = Seconds(604_800);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let process = &document.spec.process;
    for (key, time, longest, spelt) in [
        ("request-timeout", process.request_timeout, WEEK, "7d"),
        ("activity-timeout", process.activity_timeout, HOUR, "1h"),
        ("idle-timeout", process.idle_timeout, WEEK, "7d"),
    ] {
        if time <= longest {
            continue;
        }
        let place = KeyPath::of("process").key(key);
        let problem = RULE
            .problem(format!("`{place}` is longer than IIS documents"))
            .at(
                document.tree.place(&place),
                format!("documented up to `{spelt}`"),
            )
            .help(format!("write at most `{spelt}`"));
        sink.push(problem);
    }
}
