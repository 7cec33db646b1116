//! Values of environment variables are one line of text.

use super::{Document, Phase, Rule, Sink};
use crate::model::is_unwritable;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    801,
    "environment-value",
    include_str!("environment-value.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    for (name, value) in &document.spec.environment {
        let Some((at, c)) = value.char_indices().find(|(_, c)| is_unwritable(*c)) else {
            continue;
        };
        let place = KeyPath::of("environment").key(name.as_str());
        let help = match document.is_double_quoted(&place) {
            true => "use single quotes or none: in double quotes `\\` begins an escape",
            false => "write the value on one line",
        };
        let problem = RULE
            .problem(format!("the value of `{name}` has a control character"))
            .at(
                document.part(&place, at..at + c.len_utf8()),
                format!("U+{:04X}", u32::from(c)),
            )
            .help(help);
        sink.push(problem);
    }
}
