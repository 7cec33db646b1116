//! `acl.txt`: every permission that `acl.cmd` sets, in words, for the administrator who signs it off.

use iisc_spec::{Feature, sddl};

use super::{Emitter, NOTE, SERVERS};
use crate::artifact::Artifact;
use crate::plan::words::{icacls_grant, name, scope, verb};
use crate::plan::{Change, Covered, Folder, Grant, Plan};
use crate::text::Unsayable;
use crate::text::plain::Plain;

pub(super) static EMITTER: Emitter = Emitter {
    name: "acl.txt",
    purpose: "explains each permission that acl.cmd sets; to be read before it is run",
    targets: SERVERS,
    emit,
};

/// What stands before the list.
const INTRODUCTION: [&str; 9] = [
    "acl.cmd sets the permissions that are listed here and no others. An administrator runs it on the server; to run",
    "it again changes nothing.",
    "",
    "replaced  Who is not listed has no access. Nothing is inherited from the folder above, and what was set here by",
    "          hand is gone. Folders and files below, unless they have permissions of their own, follow.",
    "closed    Nothing is inherited from the folder above any more. What was set for this folder itself stays, as other",
    "          applications may use it.",
    "added     The permissions that are there stay, as others may use this folder too. Only those listed are added.",
    "",
];

fn emit(plan: &Plan) -> Result<Artifact, Unsayable> {
    let mut text = Plain::default();
    text.line(format!(
        "Permissions of the application {} on {}",
        plan.name, plan.target
    ));
    text.gap();
    INTRODUCTION.iter().for_each(|line| text.line(*line));
    for (index, folder) in plan.access.iter().enumerate() {
        text.gap();
        text.line(format!("{}. {}", index + 1, folder.path));
        head(folder, &mut text);
        match &folder.descriptor {
            Some(descriptor) => given(descriptor, &mut text),
            None => grants(folder, plan, &mut text),
        }
        covered(folder, &mut text);
    }
    let text = text.print(NOTE)?;
    Ok(Artifact::for_target(plan.target, EMITTER.name, text))
}

fn head(folder: &Folder, text: &mut Plain) {
    text.line(format!("   what    {}", folder.purpose));
    text.line(format!("   why     {}", folder.purpose.why()));
    if folder.create {
        let made = match folder.is_file {
            true => {
                "the file, empty, and its folder, if there is none: what is written into it later is protected then"
            }
            false => "the folder, if there is none",
        };
        text.line(format!("   made    {made}"));
    }
    let change = match (&folder.descriptor, folder.grants.as_slice(), folder.change) {
        (Some(_), _, _) => "replaced, by what the spec says under access.sddl",
        (None, [], _) => "none; the application runs as SYSTEM, which may do everything already",
        (None, _, Change::Replace) => "replaced",
        (None, _, Change::Close) => "closed",
        (None, _, Change::Add) => "added",
    };
    text.line(format!("   change  {change}"));
}

/// A descriptor of the user, entry by entry.
fn given(descriptor: &str, text: &mut Plain) {
    // It is one that was read before, so that it can be read again.
    let words = sddl::parse(descriptor).map(|read| read.descriptor.in_words());
    for line in words.unwrap_or_default() {
        text.line(format!("   who     {line}"));
    }
    text.line(format!("   SDDL    {descriptor}"));
}

fn grants(folder: &Folder, plan: &Plan, text: &mut Plain) {
    if folder.grants.is_empty() {
        return;
    }
    for grant in &folder.grants {
        text.line(format!("   who     {}", in_words(folder, grant)));
    }
    text.line(format!("   SDDL    {}", in_sddl(folder)));
    // The tool of IIS 7 and later; the one of IIS 6 takes the descriptor.
    if plan.target.has(Feature::Schema) {
        let grants = folder.grants.iter();
        let grants: Vec<_> = grants.map(|grant| icacls_grant(folder, grant)).collect();
        text.line(format!("   icacls  {}", grants.join("  ")));
    }
}

/// The descriptor, and who has no place in it.
fn in_sddl(folder: &Folder) -> String {
    let has_place = |grant: &&Grant| grant.principal.trustee().is_some();
    let descriptor = match folder.grants.iter().any(|grant| has_place(&grant)) {
        true => folder.granted().to_string(),
        false => "none".to_owned(),
    };
    match folder.grants.iter().find(|grant| !has_place(grant)) {
        None => descriptor,
        Some(grant) => format!(
            "{descriptor}; {} is let in by name, as only the server knows its SID",
            name(&grant.principal)
        ),
    }
}

/// Who may do what where.
fn in_words(folder: &Folder, grant: &Grant) -> String {
    let sid = grant.principal.sid().map(|sid| format!(" ({sid})"));
    format!(
        "{}{} may {}: {}",
        name(&grant.principal),
        sid.unwrap_or_default(),
        verb(grant.rights),
        scope(folder)
    )
}

/// What needs no permission of its own, so that nobody looks for it in the list.
fn covered(folder: &Folder, text: &mut Plain) {
    for Covered { path, purpose } in &folder.covers {
        let inherits = match path == &folder.path {
            true => "",
            false => " It inherits these permissions.",
        };
        text.line(format!("   covers  {path}: {purpose}"));
        text.line(format!("           {}{inherits}", purpose.why()));
    }
}

#[cfg(test)]
mod tests {
    use iisc_spec::Target;

    use super::*;
    use crate::plan::planned;

    fn text(more: &str, target: Target) -> String {
        emit(&planned(more, target)).unwrap().text
    }

    fn lines<'a>(text: &'a str, head: &str) -> Vec<&'a str> {
        let lines = text.lines();
        lines
            .filter_map(|line| line.trim_start().strip_prefix(head))
            .map(str::trim_start)
            .collect()
    }

    #[test]
    fn each_grant_tells_who_may_do_what_where() {
        let text = text("", Target::Iis6);
        assert_eq!(
            lines(&text, "who "),
            [
                "Administrators (S-1-5-32-544) may do everything: this folder, subfolders and files",
                "SYSTEM (S-1-5-18) may do everything: this folder, subfolders and files",
                "NETWORK SERVICE (S-1-5-20) may read and run: this folder, subfolders and files",
            ]
        );
        assert_eq!(
            lines(&text, "SDDL "),
            ["D:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;0x1200a9;;;NS)"]
        );
        assert!(lines(&text, "icacls ").is_empty());
        assert!(lines(&text, "covers ")[0].starts_with(r"D:\s\Web.config: settings"));
    }

    #[test]
    fn a_file_has_no_subfolders() {
        let text = text(
            r#", "secrets": {"A": {"file": "E:\\k\\a.txt"}}"#,
            Target::Iis10,
        );
        assert!(text.contains("2. E:\\k\\a.txt\n   what    file of a secret\n"));
        assert!(lines(&text, "who ")[5].ends_with(" may read: this file"));
        let sddl = lines(&text, "SDDL ")[1];
        let icacls = lines(&text, "icacls ")[1];
        let of_pool = |text: &str| text.contains("S-1-5-82-") && !text.contains("OI");
        assert!(
            of_pool(sddl) && sddl.contains("(A;;FR;;;S-1-5-82-"),
            "{sddl}"
        );
        assert!(of_pool(icacls) && icacls.ends_with(":R"), "{icacls}");
    }

    #[test]
    fn a_given_descriptor_is_explained_entry_by_entry() {
        let text = text(
            r#", "access": {"sddl": "D:PAI(A;OICI;FA;;;BA)(A;OICIIO;FA;;;CO)"}"#,
            Target::Iis6,
        );
        assert_eq!(
            lines(&text, "who "),
            [
                r"BUILTIN\Administrators: full control of this folder, subfolders, and files",
                "CREATOR OWNER: full control of subfolders and files only",
            ]
        );
        assert_eq!(
            lines(&text, "SDDL "),
            ["D:PAI(A;OICI;FA;;;BA)(A;OICIIO;FA;;;CO)"]
        );
    }

    #[test]
    fn what_the_system_need_not_be_granted_is_told() {
        let more = r#", "pool": {"identity": "local-system"}, "log": {"file": "E:\\logs\\s.log"}"#;
        let text = text(more, Target::Iis10);
        assert!(lines(&text, "change ")[1].starts_with("none; the application runs as SYSTEM"));
    }

    #[test]
    fn an_account_without_a_known_sid_is_told_apart() {
        let user = r#", "pool": {"identity": "specific-user", "user": {"name": "EXAMPLE\\svc"}}"#;
        let text = text(user, Target::Iis6);
        assert_eq!(
            lines(&text, "SDDL "),
            [
                r"D:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY); EXAMPLE\svc is let in by name, as only the server knows its SID"
            ]
        );
    }
}
