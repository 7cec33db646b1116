//! `access.sddl` is a security descriptor that Windows accepts for a folder.

use super::{Document, Phase, Rule, Sink};
use crate::sddl;
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::error(
    701,
    "sddl-syntax",
    include_str!("sddl-syntax.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let Some(text) = &document.spec.access.sddl else {
        return;
    };
    let path = KeyPath::of("access.sddl");
    for error in sddl::parse(text.as_str()).err().unwrap_or_default() {
        let problem = RULE
            .problem(error.message)
            .at(document.part(&path, error.range), "")
            .help(error.help);
        sink.push(problem);
    }
}

#[cfg(test)]
mod tests {
    use crate::{Options, check};

    const TUTORIAL: &str = "cacls \"%APPROOT%\" /S:\"D:PAI(A;OICI;FA;;;BA)(A;OICIIO;FA;;;CO)(A;OICI;0x1200a9;;;NS)(A;OICI;FA;;;SY)\"";

    /// Messages with the text they mark, for a descriptor written so.
    fn judged(value: &str) -> Vec<(String, String)> {
        let text = format!(
            "name: a\nroot: D:\\a\npython: {{interpreter: D:\\a.exe, handler: a.b}}\ntargets: [iis6]\naccess:\n  sddl: {value}\n"
        );
        let checked = check("f", text.as_bytes(), &Options::default());
        let found = checked.diagnostics.iter();
        found
            .map(|found| {
                let marked = found.span().map(|span| checked.source.slice(span));
                (marked.unwrap_or_default().to_owned(), found.message.clone())
            })
            .collect()
    }

    #[test]
    fn the_tutorials_command_is_taken_whole() {
        assert_eq!(judged(TUTORIAL), []);
        assert_eq!(judged(&format!("'{TUTORIAL}'")), []);
        assert_eq!(judged(&format!("|\n    {TUTORIAL}")), []);
        assert_eq!(
            judged(&format!("\"{}\"", TUTORIAL.replace('"', "\\\""))),
            []
        );
    }

    #[test]
    fn a_slip_in_it_is_marked_in_every_quoting() {
        let slip = TUTORIAL.replace("NS", "NX").replace("OICIIO", "OIXX");
        for value in [slip.clone(), format!("'{slip}'")] {
            let marked: Vec<_> = judged(&value)
                .into_iter()
                .map(|(marked, _)| marked)
                .collect();
            assert_eq!(marked, ["XX", "NX"], "{value}");
        }
    }

    #[test]
    fn quotes_of_a_web_page_are_told_once() {
        let value = TUTORIAL.replacen("/S:\"", "/S:\u{201C}", 1);
        let value = format!("{}\u{201D}", value.trim_end_matches('"'));
        let marked: Vec<_> = judged(&value)
            .into_iter()
            .map(|(marked, _)| marked)
            .collect();
        assert_eq!(marked, ["\u{201C}", "\u{201D}"]);
    }
}
