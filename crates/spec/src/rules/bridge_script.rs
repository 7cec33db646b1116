//! `bridge.script` is a file that the bridge runs.

use super::{Document, Phase, Rule, Sink};
use crate::model::{BridgeKind, WinPath};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    303,
    "bridge-script",
    include_str!("bridge-script.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let bridge = &document.spec.bridge;
    let Some(script) = &bridge.script else {
        return;
    };
    let place = KeyPath::of("bridge.script");
    let (message, label, help) = match bridge.kind {
        BridgeKind::Gateway => (
            "the gateway has no script",
            "only `wfastcgi` is run from a file",
            "write `kind: wfastcgi` above it, or remove `script`",
        ),
        BridgeKind::Wfastcgi if !is_python(script) => (
            "`bridge.script` is no Python script",
            "does not end in `.py`",
            "name `wfastcgi.py` itself, or remove `script` to run the installed module",
        ),
        BridgeKind::Wfastcgi => return,
    };
    let span = document.tree.place(&place);
    sink.push(RULE.problem(message).at(span, label).help(help));
}

fn is_python(script: &WinPath) -> bool {
    script.as_str().to_ascii_lowercase().ends_with(".py")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::found;

    #[test]
    fn a_program_or_folder_is_no_script() {
        for (script, expected) in [
            (r"C:\web\WFASTCGI.PY", 0),
            (r"C:\web\wfastcgi-enable.exe", 1),
            (r"C:\web\wfastcgi", 1),
        ] {
            let rest = format!("bridge: {{kind: wfastcgi, script: {script}}}");
            assert_eq!(found(&RULE, &rest).len(), expected, "{script}");
        }
    }
}
