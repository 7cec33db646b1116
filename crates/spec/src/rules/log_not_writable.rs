//! The log lies where the descriptor of the root lets it be written.

use super::descriptor::Written;
use super::runner::{Runner, runners};
use super::{Document, Phase, Rule, Sink, writable_code};
use crate::diag::Level;
use crate::sddl::{Acl, Place, Rights};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    706,
    "log-not-writable",
    Level::Warning,
    include_str!("log-not-writable.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    let Some((written, runner)) = refused(document) else {
        return;
    };
    let Some((log, (_, list))) = spec.log.as_ref().zip(written.list()) else {
        return;
    };
    let begin = list.name.start..list.flags.end;
    let problem = RULE
        .problem(format!("`{}` may not write `log.file`", runner.name))
        .at(
            document.tree.place(&KeyPath::of("log.file")),
            "in the root itself",
        )
        .with(written.span(&begin), "grants no writing there")
        .help(writable_code::log_elsewhere(spec, &log.file));
    sink.push(problem);
}

/// Whom the descriptor keeps from writing a log that lies in the root itself.
///
/// A folder below the root gets a permission of its own beside the descriptor, which is about the root alone.
pub(super) fn refused<'a>(document: &'a Document<'a>) -> Option<(Written<'a>, Runner)> {
    let spec = document.spec;
    let folder = spec.log.as_ref()?.file.parent()?;
    let is_root = folder.is_within(&spec.root) && spec.root.is_within(&folder);
    let written = Written::of(document).filter(|_| is_root)?;
    let (list, _) = written.list().filter(|(list, _)| list.protected)?;
    let mut all = runners(spec).into_iter();
    let runner = all.find(|runner| !may_write(list, runner))?;
    Some((written, runner))
}

fn may_write(list: &Acl, runner: &Runner) -> bool {
    let mut places = [Place::Folder, Place::Files].into_iter();
    places.all(|place| {
        let rights = list.rights(|entry| runner.is_meant_by(entry), place);
        rights.contains(Rights::MODIFY)
    })
}
