//! What is promised of IIS's own files for any bytes. Shared by `iis_files.rs` and by the fuzz target in `fuzz/`.

use iisc_spec::Fix;
use iisc_spec::iisfile::{CheckedFile, check, check_together};

/// Rounds of safe fixes that are looked at.
const ROUNDS: usize = 10;

/// Checks bytes as each kind of file, alone and together; a broken promise panics.
pub(crate) fn assert_kept(bytes: &[u8]) -> Vec<CheckedFile> {
    let names = [
        "Web.config",
        "applicationHost.config",
        "Web.Release.config",
        "fcgiext.ini",
    ];
    let mut files: Vec<CheckedFile> = names.iter().map(|name| check(name, bytes)).collect();
    files.iter().for_each(assert_sound);
    files.iter().for_each(assert_comes_to_rest);
    check_together(&mut files);
    files.iter().for_each(assert_sound);
    files
}

/// A diagnostic says something, in one line, at places that exist, and its fix can be made.
pub(crate) fn assert_sound(file: &CheckedFile) {
    let text = file.source.text();
    for found in &file.diagnostics {
        for label in &found.labels {
            assert!(
                text.get(label.span.range()).is_some(),
                "{found:?} in {text:?}"
            );
        }
        for other in &found.elsewhere {
            assert!(
                other.source.text().get(other.span.range()).is_some(),
                "{found:?}"
            );
        }
        for edit in found.fix.iter().flat_map(|fix| &fix.edits) {
            assert!(
                text.get(edit.span.range()).is_some(),
                "{found:?} in {text:?}"
            );
        }
        assert!(!found.message.is_empty(), "{found:?}");
        let primary = found.labels.iter().filter(|label| label.primary).count();
        assert_eq!(primary, usize::from(!found.labels.is_empty()), "{found:?}");
        assert!(!found.short(&file.source).contains('\n'), "{found:?}");
    }
}

/// Making all safe fixes does not make a file grow on and on; a `"` becomes six characters, once.
fn assert_comes_to_rest(file: &CheckedFile) {
    let mut text = file.source.text().to_owned();
    let most = 6 * text.len() + 100;
    let mut found = file.diagnostics.clone();
    for _ in 0..ROUNDS {
        let fixes = found.iter().filter_map(|found| found.fix.as_ref());
        let (fixed, applied) = Fix::apply(&text, fixes.filter(|fix| fix.safe));
        if applied == 0 {
            return;
        }
        assert!(fixed != text, "a fix that changes nothing: {found:?}");
        assert!(fixed.len() <= most, "fixes never end: {fixed:?}");
        found = check(file.source.name(), fixed.as_bytes()).diagnostics;
        text = fixed;
    }
}
