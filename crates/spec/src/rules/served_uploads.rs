//! What the application stores is not served to everybody.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    608,
    "served-uploads",
    Level::Note,
    include_str!("served-uploads.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    for (mount, files) in &spec.static_files {
        let folder = files.folder.below(&spec.root);
        let mut writable = spec.access.writable.iter();
        let both = writable.position(|other| folder.is_within(other) || other.is_within(&folder));
        let Some(index) = both else {
            continue;
        };
        let place = KeyPath::of("static").key(mount.as_str()).key("folder");
        let other = KeyPath::of("access.writable").index(index);
        let problem = RULE
            .problem(format!(
                "what the application stores in `{}` is sent to everybody",
                files.folder
            ))
            .at(document.tree.place(&place), "read by every client")
            .with(document.tree.place(&other), "written by the application")
            .help("let the application send the files, or keep them in another folder");
        sink.push(problem);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::found;

    #[test]
    fn folders_in_each_other_are_found() {
        for (writable, expected) in [
            (r"D:\APPS\shop\media\new", 1),
            (r"D:\apps\shop", 1),
            (r"D:\apps\shop\mediatheque", 0),
        ] {
            let rest =
                format!("static: {{/m: {{folder: media}}}}\naccess: {{writable: ['{writable}']}}");
            assert_eq!(found(&RULE, &rest).len(), expected, "{writable}");
        }
    }
}
