//! Keys that not every version of IIS knows. What each version makes of them is not written here but asked of the
//! checker.

use iisc_spec::{Options, Target, check};

/// Codes that say that a target cannot do what a key asks for: `newer-than-target` and `no-schema`.
const CODES: [u16; 2] = [9004, 9005];

/// A key, the value of it that is meant (all, if empty), and lines of a spec that ask for it.
const GATES: [(&str, &str, &str); 17] = [
    (
        "site.bindings[].certificate.central",
        "",
        "site: {bindings: [{host: a.example, certificate: {central: true}}]}",
    ),
    (
        "pool.identity",
        "application-pool",
        "pool: {identity: application-pool}",
    ),
    (
        "pool.start-mode",
        "always-running",
        "pool: {start-mode: always-running}",
    ),
    ("pool.bitness", "32-bit", "pool: {bitness: 32-bit}"),
    (
        "pool.load-user-profile",
        "",
        "pool: {load-user-profile: true}",
    ),
    (
        "pool.idle-action",
        "suspend",
        "pool: {idle-action: suspend}",
    ),
    (
        "pool.cpu.action",
        "throttle",
        "pool: {cpu: {limit: 50, action: throttle}}",
    ),
    (
        "pool.cpu.action",
        "throttle-under-load",
        "pool: {cpu: {limit: 50, action: throttle-under-load}}",
    ),
    ("process.stop-grace", "", "process: {stop-grace: 10s}"),
    (
        "process.stderr",
        "",
        "process: {stderr: ignore-and-return-200}",
    ),
    ("process.monitor", "", "process: {monitor: 'D:\\a\\stamp'}"),
    ("limits", "", "limits: {url: 100}"),
    (
        "request-filtering",
        "",
        "request-filtering: {double-escaping: true}",
    ),
    ("errors", "", "errors: {pages: auto}"),
    ("webdav", "", "webdav: keep"),
    ("sections", "", "sections: location"),
    ("warm-up", "", "warm-up: {url: /}"),
];

/// What a page says about the versions of IIS that know a key; nothing if all do.
pub(crate) fn versions(key: &str) -> Vec<String> {
    let gates = GATES.iter().filter(|(gated, ..)| *gated == key);
    gates
        .filter_map(|(_, value, lines)| {
            let known = known_to(lines)?;
            Some(match value.is_empty() {
                true => known,
                false => format!("`{value}` {known}"),
            })
        })
        .collect()
}

/// Which targets can do what some lines of a spec ask for, in words; `None` if all can.
fn known_to(lines: &str) -> Option<String> {
    let (can, cannot): (Vec<Target>, Vec<Target>) = Target::ALL
        .into_iter()
        .partition(|target| can(*target, lines));
    let since = can.first().unwrap();
    match cannot.as_slice() {
        [] => None,
        lacking if lacking.iter().all(|target| target < since) => Some(format!("since `{since}`")),
        lacking => {
            let names: Vec<String> = lacking.iter().map(|target| format!("`{target}`")).collect();
            Some(format!("not on {}", names.join(" and ")))
        }
    }
}

fn can(target: Target, lines: &str) -> bool {
    let text = format!(
        "name: a\nroot: D:\\a\npython: {{interpreter: D:\\a.exe, handler: a.b}}\n{lines}\ntargets: [{target}]\n"
    );
    let checked = check("f", text.as_bytes(), &Options::default());
    let mut codes = checked.diagnostics.iter().map(|found| found.code.number());
    assert!(
        checked
            .diagnostics
            .iter()
            .all(|found| found.code.number() >= 200),
        "{text}: {:?}",
        checked.diagnostics
    );
    !codes.any(|code| CODES.contains(&code))
}

#[test]
fn every_key_of_the_list_is_a_key_of_the_schema() {
    let page = crate::keys::page(&crate::schema());
    for (key, _, _) in GATES {
        assert!(page.contains(&format!("# `{key}`\n")), "{key}");
        assert!(!versions(key).is_empty(), "every version knows {key}");
    }
}
