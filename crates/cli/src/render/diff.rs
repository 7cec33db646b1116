//! What a fix changes, as a unified diff.

use std::io::IsTerminal;

use iisc_spec::Checked;
use similar::TextDiff;

use super::visible::{in_place, masked};
use crate::examine::secrets;

/// The difference between a file and what would come of it. `patch -p0` applies it, unless a secret is in sight: that
/// is shown as asterisks.
pub(crate) fn unified(before: &Checked, after: &Checked) -> String {
    let text = |checked: &Checked| masked(checked.source.text(), secrets(checked));
    let (old, new) = (text(before), text(after));
    let name = before.source.name();
    let diff = TextDiff::from_lines(&old, &new);
    let text = diff.unified_diff().header(name, name).to_string();
    // A program gets the bytes as they are.
    match std::io::stdout().is_terminal() {
        true => in_place(&text),
        false => text,
    }
}
