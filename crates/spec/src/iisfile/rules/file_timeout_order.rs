//! A limit that a shorter one keeps from ever acting.

use super::super::View;
use super::super::mark::Marked;
use crate::diag::Level;
use crate::rules::{Phase, Rule, Sink};

pub(crate) static RULE: Rule = Rule::advice(
    1028,
    "file-timeout-order",
    Level::Warning,
    include_str!("file-timeout-order.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    let entries = view.applications().map(|element| {
        (
            element.value("activityTimeout"),
            element.value("requestTimeout"),
        )
    });
    let pools = view.ini().into_iter().flat_map(|ini| ini.pools());
    let pools = pools.map(|pool| (pool.value("ActivityTimeout"), pool.value("RequestTimeout")));
    for (activity, request) in entries.chain(pools) {
        let (Some(activity), Some(request)) = (activity, request) else {
            continue;
        };
        let number = |value: &Marked| value.text.parse::<u64>().ok();
        let (Some(silence), Some(whole)) = (number(activity), number(request)) else {
            continue;
        };
        if whole >= silence {
            continue;
        }
        let problem = RULE
            .problem("the activity time-out never acts")
            .at(activity.span(), format!("{silence} s without a byte"))
            .with(
                request.span(),
                format!("but a request is ended after {whole} s"),
            )
            .help("make the request time-out at least as long");
        sink.push(problem);
    }
}
