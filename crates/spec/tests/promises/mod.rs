//! What `check` promises for any bytes. Shared by `robustness.rs` and by the fuzz target in `fuzz/`.

use std::collections::BTreeSet;

use iisc_spec::{Checked, Diagnostic, Fix, Level, Options, check};

/// Rounds of safe fixes that are looked at.
const ROUNDS: usize = 50;

/// Checks a file and everything that was promised about the outcome; a broken promise panics.
pub(crate) fn assert_kept(bytes: &[u8]) -> Checked {
    let checked = check("f", bytes, &Options::default());
    for found in &checked.diagnostics {
        assert_whole(found, &checked);
    }
    let key = |found: &Diagnostic| (found.span(), found.code);
    assert!(checked.diagnostics.is_sorted_by_key(key), "not sorted");
    let failed = |found: &Diagnostic| found.level == Level::Error;
    let errors = checked.diagnostics.iter().any(failed);
    assert_eq!(
        checked.applications.is_empty(),
        errors,
        "a spec without errors"
    );
    assert_comes_to_rest(&checked);
    checked
}

/// A diagnostic says something, in one line, at places that exist, and its fix can be made.
fn assert_whole(found: &Diagnostic, checked: &Checked) {
    let text = checked.source.text();
    for label in &found.labels {
        assert!(
            text.get(label.span.range()).is_some(),
            "no such place: {found:?}"
        );
    }
    let primary = found.labels.iter().filter(|label| label.primary).count();
    assert_eq!(primary, usize::from(!found.labels.is_empty()), "{found:?}");
    assert!(!found.message.is_empty(), "{found:?}");
    assert!(!found.short(&checked.source).contains('\n'), "{found:?}");
    let applied = Fix::apply(text, &found.fix).1;
    assert_eq!(applied, usize::from(found.fix.is_some()), "{found:?}");
}

/// Making all safe fixes leads to new texts that do not grow on and on, until there is no fix left; where the
/// reader gives up at each mistake, that takes a round for each.
fn assert_comes_to_rest(checked: &Checked) {
    let mut text = checked.source.text().to_owned();
    let most = 2 * text.len() + 100;
    let mut found = checked.diagnostics.clone();
    let mut seen = BTreeSet::new();
    for _ in 0..ROUNDS {
        let fixes = found.iter().filter_map(|found| found.fix.as_ref());
        let (fixed, applied) = Fix::apply(&text, fixes.filter(|fix| fix.safe));
        if applied == 0 {
            return;
        }
        assert!(seen.insert(text), "fixes undo each other: {fixed:?}");
        assert!(fixed.len() <= most, "fixes never end: {fixed:?}");
        found = check("f", fixed.as_bytes(), &Options::default()).diagnostics;
        text = fixed;
    }
}
