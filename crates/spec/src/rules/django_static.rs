//! Somebody sends Django's static files.

use std::rc::Rc;

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::pysource::{Evidence, Literal, Module, Setting, setting};

pub(crate) static RULE: Rule = Rule::advice(
    239,
    "django-static",
    Level::Warning,
    include_str!("django-static.md"),
    Phase::Meaning(check),
);

/// Words of code that sends static files itself, or has another server send them.
const SENDERS: &[&str] = &[
    "whitenoise",
    "servestatic",
    "dj_static",
    "views.static",
    "StaticFilesHandler",
    "storages.backends",
];

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(evidence) = &document.evidence else {
        return;
    };
    if !document.spec.static_files.is_empty() {
        return;
    }
    let Some(settings) = evidence.django().map(|django| django.module) else {
        return;
    };
    let set = |name| setting(evidence.project(), &settings, name);
    let Setting::Set {
        module,
        span,
        value: Literal::Text(url),
    } = set("STATIC_URL")
    else {
        return;
    };
    let path = url.trim_matches('/');
    if path.is_empty()
        || path.contains(':')
        || url.starts_with("//")
        || !needs_files(evidence, &settings)
    {
        return;
    }
    let file = settings.source.name();
    let mount = format!("mount it as `/{path}` in `static`");
    let help = match set("STATIC_ROOT") {
        Setting::Absent => format!("name a folder as `STATIC_ROOT` in `{file}`, and {mount}"),
        Setting::Unknown | Setting::Set { .. } => {
            format!("take the folder of `STATIC_ROOT`, and {mount}")
        }
    };
    let problem = RULE
        .problem("nobody sends the static files of Django")
        .at(document.handler_place(), "sends none")
        .also(&module.source, span, "the pages ask for them here")
        .help(help);
    sink.push(problem);
}

/// True if Django's own files are asked for and nothing else in the project sends them.
fn needs_files(evidence: &Evidence<'_>, settings: &Rc<Module>) -> bool {
    let set = |name| setting(evidence.project(), settings, name);
    let Setting::Set { module, span, .. } = set("INSTALLED_APPS") else {
        return false;
    };
    let is_installed = module
        .source
        .slice(span)
        .contains("django.contrib.staticfiles");
    let others = ["STATICFILES_STORAGE", "STORAGES"];
    let is_plain = others
        .iter()
        .all(|name| matches!(set(name), Setting::Absent));
    is_installed && is_plain && !has_sender(evidence)
}

fn has_sender(evidence: &Evidence<'_>) -> bool {
    let world = evidence.world();
    let files = world.files();
    let mut code = files.iter().filter(|file| file.ends_with(".py"));
    let mentions = |text: &str| SENDERS.iter().any(|word| text.contains(word));
    // What cannot be read may send them.
    code.any(|file| world.read(file).is_none_or(|text| mentions(&text)))
}
