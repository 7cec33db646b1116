//! The warm-up request reaches Python.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::model::VirtualPath;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    517,
    "static-warm-up",
    Level::Warning,
    include_str!("static-warm-up.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(warm_up) = &document.spec.warm_up else {
        return;
    };
    let url = warm_up.url.as_str();
    // A static path `/` leaves nothing to Python at all, and has a rule of its own.
    let caught = |mount: &&VirtualPath| mount.as_str() != "/" && is_below(url, mount.as_str());
    let Some(mount) = document.spec.static_files.keys().find(caught) else {
        return;
    };
    let place = KeyPath::of("static").key(mount.as_str());
    let span = document.tree.key_span(&place);
    let problem = RULE
        .problem(format!(
            "the warm-up request for `{url}` does not reach Python"
        ))
        .at(
            document.tree.place(&KeyPath::of("warm-up.url")),
            "IIS answers it with a file",
        )
        .with(
            span.unwrap_or_else(|| document.tree.place(&place)),
            "the static path",
        )
        .help("name a URL that the application answers, such as `/`");
    sink.push(problem);
}

/// True if the path of a URL is that of a folder or below it, compared without case as IIS does.
fn is_below(url: &str, folder: &str) -> bool {
    let path = url.split('?').next().unwrap_or_default().to_lowercase();
    let below = path.strip_prefix(&folder.to_lowercase());
    below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_below_whole_segments_only() {
        assert!(is_below("/Static/a.css?v=1", "/static"));
        assert!(is_below("/static?v", "/static"));
        assert!(!is_below("/statics/a", "/static"));
        assert!(!is_below("/", "/static"));
    }
}
