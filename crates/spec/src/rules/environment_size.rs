//! Windows holds what `environment` says.

use super::{Document, Phase, Rule, Sink};
use crate::syntax::KeyPath;
use crate::target::Target;

pub(crate) static RULE: Rule = Rule::error(
    806,
    "environment-size",
    include_str!("environment-size.md"),
    Phase::Meaning(check),
);

/// Longest variable, and on Windows Server 2003 longest environment, in UTF-16 units with the closing zero.
const MOST: usize = 32_767;

fn check(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    let mut whole = 0;
    let mut judged = false;
    for (name, value) in &spec.environment {
        let length = units(value);
        // `NAME=value` and a zero behind it.
        whole += units(name.as_str()) + length + 2;
        if length < MOST {
            continue;
        }
        judged = true;
        let place = KeyPath::of("environment").key(name.as_str());
        let span = document.tree.key_span(&place);
        let problem = RULE
            .problem(format!(
                "the value of `{name}` is longer than Windows allows"
            ))
            .at(
                span.unwrap_or_else(|| document.tree.place(&place)),
                format!("{length} characters; {} are allowed", MOST - 1),
            )
            .help("keep it in a file, and write the path of the file here");
        sink.push(problem);
    }
    if whole >= MOST && !judged && spec.targets.contains(&Target::Iis6) {
        let place = KeyPath::of("environment");
        let span = document.tree.key_span(&place);
        let problem = RULE
            .problem("the variables together are longer than Windows Server 2003 allows")
            .at(
                span.unwrap_or_else(|| document.tree.place(&place)),
                format!("{whole} characters; fewer than {MOST} are allowed"),
            )
            .help("keep values in files, or remove `iis6` from `targets`");
        sink.push(problem);
    }
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use crate::{Options, check};

    fn messages(count: usize, length: usize, target: &str) -> usize {
        let value = "x".repeat(length);
        let variables: Vec<String> = (0..count).map(|n| format!("  A{n}: {value}\n")).collect();
        let text = format!(
            "name: a\nroot: D:\\a\npython: {{interpreter: D:\\a.exe, handler: a.b}}\ntargets: [{target}]\nenvironment:\n{}",
            variables.concat()
        );
        check("f", text.as_bytes(), &Options::default())
            .diagnostics
            .len()
    }

    #[test]
    fn a_variable_and_on_iis_6_all_of_them_have_a_limit() {
        assert_eq!(messages(2, 32_766, "iis10"), 0);
        assert_eq!(messages(2, 32_767, "iis10"), 2);
        assert_eq!(messages(2, 17_000, "iis10"), 0);
        assert_eq!(messages(2, 17_000, "iis6"), 1);
        assert_eq!(messages(2, 32_767, "iis6"), 2);
        assert_eq!(messages(1, 32_700, "iis6"), 0);
    }
}
