//! Django's pages for developers are off.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::pysource::{Literal, Setting, setting};
use crate::syntax::KeyPath;
use crate::target::Target;

pub(crate) static RULE: Rule = Rule::advice(
    245,
    "django-debug",
    Level::Warning,
    include_str!("django-debug.md"),
    Phase::Meaning(check),
);

/// Names of settings that are not meant for a server.
const FOR_DEVELOPERS: [&str; 5] = ["dev", "devel", "development", "debug", "local"];

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(evidence) = &document.evidence else {
        return;
    };
    let targets = &document.spec.targets;
    let Some(django) = evidence.django().filter(|_| targets.iter().any(is_server)) else {
        return;
    };
    let name = django.module.name.rsplit('.').next().unwrap_or_default();
    if FOR_DEVELOPERS.contains(&name) {
        return;
    }
    let Setting::Set {
        module,
        span,
        value: Literal::Truth(true),
    } = setting(evidence.project(), &django.module, "DEBUG")
    else {
        return;
    };
    let variable = KeyPath::of("environment.DJANGO_SETTINGS_MODULE");
    let place = match django.is_from_environment {
        true => document.tree.place(&variable),
        false => document.handler_place(),
    };
    let file = module.source.name();
    let problem = RULE
        .problem("Django shows its insides to whoever meets an error")
        .at(place, format!("reads `{file}`"))
        .also(&module.source, span, "is set here")
        .help(format!(
            "write `DEBUG = False` in `{file}`, or name other settings"
        ));
    sink.push(problem);
}

fn is_server(target: &Target) -> bool {
    *target != Target::IisExpress
}
