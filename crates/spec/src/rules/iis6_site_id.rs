//! IIS 6 finds a site by its number.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::model::Site;
use crate::syntax::KeyPath;
use crate::target::Target;

pub(crate) static RULE: Rule = Rule::advice(
    9007,
    "iis6-site-id",
    Level::Warning,
    include_str!("iis6-site-id.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    let written = document.tree.at(&KeyPath::of("site.id")).is_some();
    let usual = spec.site.name == Site::default().name;
    if written || usual || !spec.targets.contains(&Target::Iis6) {
        return;
    }
    let problem = RULE
        .problem(format!(
            "IIS 6 does not know the site `{}` by its name",
            spec.site.name
        ))
        .at(
            document.tree.place(&KeyPath::of("site.name")),
            format!("without `site.id`, site {} is meant", spec.site.iis6_id()),
        )
        .help("add `id:` and the number that IIS Manager shows for the site under Identifier");
    sink.push(problem);
}
