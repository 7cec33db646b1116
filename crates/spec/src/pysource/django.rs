//! Which module holds Django's settings.

use super::module::Module;
use super::settings::{ends_with, item_assigned};
use super::tree::{Expr, Form};
use crate::source::Span;

/// The module of Django's settings that a file such as `wsgi.py` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedSettings {
    /// Its dotted name.
    pub(crate) name: String,
    /// Where it is named.
    pub(crate) span: Span,
    /// Another name in the process's environment comes first.
    pub(crate) is_default: bool,
}

/// The module of settings that a file names; `None` without one or with several.
pub(crate) fn django_settings(module: &Module) -> Option<NamedSettings> {
    const VARIABLE: Option<&str> = Some("DJANGO_SETTINGS_MODULE");
    let mut found = Vec::new();
    let mut take = |value: &Expr, is_default| {
        found.push(value.text().map(|text| NamedSettings {
            name: text.to_owned(),
            span: value.span,
            is_default,
        }));
    };
    module.expressions(&mut |part| {
        if let Form::Call(call) = &part.form
            && let [name, value] = &*call.arguments
            && name.text() == VARIABLE
            && ends_with(&call.callee, "environ.setdefault")
        {
            take(value, true);
        }
    });
    module.statements(&mut |statement| {
        if let Some((name, value)) = item_assigned(statement, "environ")
            && Some(name) == VARIABLE
        {
            take(value, false);
        }
    });
    match found.pop() {
        Some(only) if found.is_empty() => only,
        Some(_) | None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_of_django_are_named_once() {
        let named = |text: &str| django_settings(&Module::new("wsgi.py", "wsgi", text));
        let text = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')";
        let found = named(text).unwrap();
        assert_eq!((&*found.name, found.is_default), ("shop.settings", true));
        assert_eq!(text.get(found.span.range()), Some("'shop.settings'"));
        let text = "from os import environ\nenviron['DJANGO_SETTINGS_MODULE'] = 'a.b'";
        let found = named(text).unwrap();
        assert_eq!((&*found.name, found.is_default), ("a.b", false));
        assert_eq!(named(&format!("{text}\n{text}")), None);
        assert_eq!(named("x['DJANGO_SETTINGS_MODULE'] = 'a.b'"), None);
        assert_eq!(named("environ['DJANGO_SETTINGS_MODULE'] = f()"), None);
    }
}
