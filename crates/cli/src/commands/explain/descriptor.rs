//! A security descriptor in words.

use iisc_spec::sddl::{self, Descriptor, SddlError};
use iisc_spec::{Checked, Diagnostic, SourceFile, Span, rules};

use super::super::print;
use crate::exit::Exit;
use crate::render;

/// True for a descriptor, and for what was meant to be one.
pub(super) fn is_meant(asked: &str) -> bool {
    let text = asked.trim().trim_start_matches(['"', '\'']);
    let first = text.split_whitespace().next().unwrap_or_default();
    let program = first.to_lowercase();
    let command = ["cacls", "cacls.exe", "icacls", "icacls.exe"];
    let part = ["O:", "G:", "D:", "S:"]
        .into_iter()
        .any(|part| text.starts_with(part) && text.contains('('));
    let entry = text.starts_with('(') && text.contains(';');
    part || entry || command.contains(&program.as_str()) || sddl::parse(asked).is_ok()
}

/// Prints what a descriptor says, or everything that is wrong with it.
pub(super) fn show(asked: &str) -> Exit {
    match sddl::parse(asked) {
        Ok(sddl) => print(&in_words(&sddl.descriptor)),
        Err(errors) => {
            render::show(&refused(asked, errors));
            Exit::Usage
        }
    }
}

fn in_words(descriptor: &Descriptor) -> String {
    let mut text = format!("{descriptor}\n\n");
    let mut line = |line: &str| text.push_str(&format!("{line}\n"));
    for (part, who) in [("Owner", &descriptor.owner), ("Group", &descriptor.group)] {
        if let Some(who) = who {
            line(&format!("{part}: {}", who.name()));
        }
    }
    match &descriptor.permissions {
        None => line("Permissions stay as they are: there is no `D:`."),
        Some(list) => {
            line("Permissions:");
            if list.entries.is_empty() {
                line("- nobody has any");
            }
            for sentence in list.in_words() {
                line(&format!("- {sentence}"));
            }
            line(match list.protected {
                true => "What the folder above allows does not count (`P`).",
                false => "What the folder above allows counts too (no `P`).",
            });
        }
    }
    if let Some(list) = &descriptor.audit {
        line("Records:");
        for sentence in list.in_words() {
            line(&format!("- {sentence}"));
        }
    }
    text
}

/// The errors as problems of a file that holds nothing but the text.
fn refused(asked: &str, errors: Vec<SddlError>) -> Checked {
    let problem = |error: SddlError| {
        let rule = rules::find("sddl-syntax")?;
        let span = Span::new(error.range.start, error.range.end);
        let problem = Diagnostic::new(rule.code, rule.level, error.message);
        Some(problem.at(span, "").help(error.help))
    };
    let problems = errors.into_iter().filter_map(problem).collect();
    Checked::text(SourceFile::new("descriptor", asked), problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_descriptor_is_told_from_other_questions() {
        for asked in [
            "D:PAI(A;OICI;FA;;;BA)",
            "O:BA",
            "D:P(A;OICI",
            "(A;;FA;;;BA)",
            "\"D:AI(A;;FA;;;BA)\"",
            r#"cacls "C:\x" /S:"D:P""#,
            r"icacls C:\x /grant Users:F",
        ] {
            assert!(is_meant(asked), "{asked}");
        }
        for asked in [
            "500.19",
            "sddl-syntax",
            r"D:\apps\shop",
            "D:",
            "No Python at (x)",
            "WinError 5",
        ] {
            assert_eq!(is_meant(asked), asked == "D:", "{asked}");
        }
    }

    #[test]
    fn every_part_is_told() {
        let text = "O:BAG:SYD:(A;;FA;;;BA)S:(AU;SA;FA;;;WD)";
        let words = in_words(&sddl::parse(text).unwrap().descriptor);
        let expected = [
            text,
            "",
            r"Owner: BUILTIN\Administrators",
            r"Group: NT AUTHORITY\SYSTEM",
            "Permissions:",
            r"- BUILTIN\Administrators: full control of this folder only",
            "What the folder above allows counts too (no `P`).",
            "Records:",
            "- Everyone: use of full control of this folder only is recorded on success",
        ];
        assert_eq!(words.lines().collect::<Vec<_>>(), expected);
        let closed = in_words(&sddl::parse("D:P").unwrap().descriptor);
        assert!(closed.contains("- nobody has any\n"));
        let owner = in_words(&sddl::parse("O:SY").unwrap().descriptor);
        assert!(owner.ends_with("Permissions stay as they are: there is no `D:`.\n"));
    }
}
