//! Installing a package does not restart the application many times.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::syntax::KeyPath;
use crate::watch::Watch;

pub(crate) static RULE: Rule = Rule::advice(
    211,
    "restart-matches-virtualenv",
    Level::Warning,
    include_str!("restart-matches-virtualenv.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    let folder = spec.python.virtualenv();
    let below = folder.as_ref().and_then(|folder| folder.below(&spec.root));
    let (Some(folder), Some(watch)) = (below, spec.restart.as_ref().and_then(Watch::of)) else {
        return;
    };
    let module = format!(r"{folder}\Lib\site-packages\x.py");
    let package = format!(r"{folder}\Lib\site-packages\x\__init__.py");
    let Some(matching) = watch.first(&[&module, &package]) else {
        return;
    };
    let globs = folder.replace('\\', "/");
    let help = match watch.is_pattern() {
        true => {
            format!("write file patterns: `include: [\"**/*.py\"]` and `exclude: [\"{globs}/**\"]`")
        }
        false => format!("add `{globs}/**` to `exclude`"),
    };
    let problem = RULE
        .problem("each package that pip installs restarts the application")
        .at(
            document.tree.place(&watch.culprit(matching)),
            format!("matches files of the virtual environment, `{folder}`"),
        );
    let written = document.tree.at(&KeyPath::of("python.virtualenv"));
    let problem = match written {
        Some(node) => problem.with(node.span, "lies below the root"),
        None => problem,
    };
    sink.push(problem.help(help));
}
