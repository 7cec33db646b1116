//! How long a request's body may be by the code of the project.

use super::module::Module;
use super::settings::{ends_with, item_assigned};
use super::tree::{Call, Expr, Form};
use crate::source::Span;

/// The longest request body that Flask's configuration allows, wherever the file gives it one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BodyLimit {
    /// Where the value stands.
    pub(crate) span: Span,
    /// Bytes; `None` if the value is not written down.
    pub(crate) bytes: Option<u64>,
}

/// Every value that a file gives `MAX_CONTENT_LENGTH` of an application's configuration, in no order. Which of
/// several holds cannot be told.
pub(crate) fn body_limits(module: &Module) -> Vec<BodyLimit> {
    const KEY: &str = "MAX_CONTENT_LENGTH";
    let mut found = Vec::new();
    if !module.source.text().contains(KEY) {
        return found;
    }
    let mut take = |value: &Expr| {
        found.push(BodyLimit {
            span: value.span,
            bytes: value.number(),
        });
    };
    module.statements(&mut |statement| {
        if let Some((KEY, value)) = item_assigned(statement, "config") {
            take(value);
        }
    });
    module.expressions(&mut |part| {
        let Form::Call(call) = &part.form else {
            return;
        };
        if ends_with(&call.callee, "config.update")
            || ends_with(&call.callee, "config.from_mapping")
        {
            items_given(call)
                .filter(|(key, _)| *key == KEY)
                .for_each(|(_, value)| take(value));
        }
    });
    found
}

/// The items that `update(key=value)` and `update({"key": value})` give.
fn items_given(call: &Call) -> impl Iterator<Item = (&str, &Expr)> {
    let named = call.keywords.iter();
    let named = named.filter_map(|(key, value)| Some((key.as_deref()?, value)));
    let mapped = call.arguments.iter().flat_map(Expr::items);
    let mapped = mapped.filter_map(|(key, value)| Some((key.as_ref()?.text()?, value)));
    named.chain(mapped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_of_the_body_are_found_in_flask_s_configuration() {
        for (text, expected) in [
            (
                "app.config['MAX_CONTENT_LENGTH'] = 200 * 1024 * 1024",
                vec![Some(209_715_200)],
            ),
            (
                "def make():\n  app.config.update(DEBUG=True, MAX_CONTENT_LENGTH=16_000)",
                vec![Some(16_000)],
            ),
            (
                "app.config.update({'MAX_CONTENT_LENGTH': 1 << 20})",
                vec![Some(1 << 20)],
            ),
            (
                "app.config.from_mapping(MAX_CONTENT_LENGTH=int(x))",
                vec![None],
            ),
            ("app.config['MAX_CONTENT_LENGTH'] = 10 ** 99", vec![None]),
            ("app.configs['MAX_CONTENT_LENGTH'] = 1", vec![]),
            ("MAX_CONTENT_LENGTH = 1", vec![]),
        ] {
            let module = Module::new("shop.py", "shop", text);
            let found: Vec<_> = body_limits(&module).iter().map(|one| one.bytes).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
