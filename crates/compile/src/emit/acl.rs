//! `acl.cmd`: the permissions that the application's identity needs, and no more.

use iisc_spec::Feature;
use iisc_spec::model::WinPath;

use super::words::{icacls_grant, name, verb};
use super::{Emitter, NOTE, SERVERS};
use crate::artifact::Artifact;
use crate::plan::{Change, Folder, Grant, Plan, Rights};
use crate::text::Unsayable;
use crate::text::cmd::{Script, Word};

pub(super) static EMITTER: Emitter = Emitter {
    name: "acl.cmd",
    purpose: "sets the permissions on the application's folders; run as an administrator",
    targets: SERVERS,
    emit,
};

fn emit(plan: &Plan) -> Result<Artifact, Unsayable> {
    let mut script = Script::default();
    script.remark(format!(
        "Permissions of the application {}, to be set by an administrator.",
        plan.name
    ));
    for folder in &plan.access {
        script.remark(format!("{}: {}", folder.purpose, described(folder)));
        create(folder, &mut script);
        // `icacls` came with the systems of IIS 7. It takes no descriptor, and `cacls` is there still.
        match (&folder.descriptor, plan.target.has(Feature::Schema)) {
            (Some(descriptor), _) => replace(folder, descriptor.clone(), &mut script),
            (None, _) if folder.grants.is_empty() => {}
            (None, true) => icacls(folder, &mut script),
            (None, false) => cacls(folder, &mut script),
        }
    }
    Ok(Artifact::for_target(
        plan.target,
        EMITTER.name,
        script.print(NOTE)?,
    ))
}

/// The grants of a folder in words.
fn described(folder: &Folder) -> String {
    if folder.descriptor.is_some() {
        return "the permissions that access.sddl gives".to_owned();
    }
    let grant = |grant: &Grant| format!("{} may {}", name(&grant.principal), verb(grant.rights));
    let grants = folder
        .grants
        .iter()
        .map(grant)
        .collect::<Vec<_>>()
        .join(", ");
    if grants.is_empty() {
        return "permissions stay as they are".to_owned();
    }
    match folder.change {
        Change::Replace => format!("{grants}; nobody else has access"),
        Change::Add => format!("{grants}; other permissions stay"),
    }
}

fn create(folder: &Folder, script: &mut Script) {
    if !folder.create {
        return;
    }
    let path = folder.path.to_string();
    if !folder.is_file {
        make_folder(path, script);
        return;
    }
    if let Some(parent) = folder.path.parent() {
        make_folder(parent.to_string(), script);
    }
    let command = vec![
        Word::Plain("if not exist"),
        Word::Quoted(path.clone()),
        Word::Plain("type nul >"),
        Word::Quoted(path.clone()),
    ];
    script.step(format!("Making {path}"), command);
}

fn make_folder(path: String, script: &mut Script) {
    // `\.` asks for a folder; a file of that name does not count.
    let test = Word::Quoted(WinPath::new(&path).join(".").to_string());
    let command = vec![
        Word::Plain("if not exist"),
        test,
        Word::Plain("mkdir"),
        Word::Quoted(path.clone()),
    ];
    script.step(format!("Making {path}"), command);
}

/// `cacls`, the tool of Windows Server 2003: a whole descriptor, or an edit by name. A descriptor has no room for
/// an account whose SID is not known, which is let in afterwards.
fn cacls(folder: &Folder, script: &mut Script) {
    let is_named =
        |grant: &&Grant| folder.change == Change::Add || grant.principal.trustee().is_none();
    if folder.change == Change::Replace {
        replace(folder, folder.granted().to_string(), script);
    }
    for grant in folder.grants.iter().filter(is_named) {
        // cacls takes names only; on a server in another language this step says so by failing.
        let account = format!("{}:{}", name(&grant.principal), cacls_right(grant.rights));
        let command = vec![
            Word::Plain("cacls"),
            Word::Quoted(folder.path.to_string()),
            Word::Plain("/E /G"),
            Word::Quoted(account),
        ];
        script.step(title(folder), command);
    }
}

/// A whole descriptor in the place of the one that is there.
fn replace(folder: &Folder, descriptor: String, script: &mut Script) {
    // Whether cacls asks for a confirmation here differs between service packs; a spare `y` is harmless.
    let command = vec![
        Word::Plain("echo y| cacls"),
        Word::Quoted(folder.path.to_string()),
        Word::Switch("/S:", descriptor),
    ];
    script.step(title(folder), command);
}

fn title(folder: &Folder) -> String {
    format!("Setting the permissions of {}", folder.path)
}

const fn cacls_right(rights: Rights) -> &'static str {
    match rights {
        Rights::Read | Rights::ReadExecute => "R",
        Rights::Modify => "C",
        Rights::Full => "F",
    }
}

/// `icacls`. Grants come before inheritance is cut, or the script could lock itself out (iis.md 9.4).
fn icacls(folder: &Folder, script: &mut Script) {
    let path = || Word::Quoted(folder.path.to_string());
    if folder.change == Change::Replace {
        script.step(
            format!("Clearing the permissions of {}", folder.path),
            vec![Word::Plain("icacls"), path(), Word::Plain("/reset /Q")],
        );
    }
    let mut command = vec![Word::Plain("icacls"), path(), Word::Plain("/grant:r")];
    command.extend(
        folder
            .grants
            .iter()
            .map(|grant| Word::Quoted(icacls_grant(folder, grant))),
    );
    if folder.change == Change::Replace {
        command.push(Word::Plain("/inheritance:r"));
    }
    command.push(Word::Plain("/Q"));
    script.step(title(folder), command);
}

#[cfg(test)]
mod tests {
    use iisc_spec::Target;

    use super::*;
    use crate::plan::planned;

    const USER: &str =
        r#", "pool": {"identity": "specific-user", "user": {"name": "EXAMPLE\\svc"}}"#;

    fn commands(more: &str, target: Target) -> Vec<String> {
        let text = emit(&planned(more, target)).unwrap().text;
        let lines = text.lines().filter(|line| line.contains("cacls \""));
        lines
            .map(|line| line.trim_end_matches(" || (").to_owned())
            .collect()
    }

    #[test]
    fn an_account_goes_by_its_name_where_a_descriptor_has_no_room_for_it() {
        assert_eq!(
            commands(USER, Target::Iis6),
            [
                r#"echo y| cacls "D:\s" /S:"D:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)""#,
                r#"cacls "D:\s" /E /G "EXAMPLE\svc:R""#,
            ]
        );
        assert!(commands(USER, Target::Iis10)[1].contains(r#""EXAMPLE\svc:(OI)(CI)RX""#));
    }

    #[test]
    fn the_system_gets_its_folders_made_and_no_permission() {
        let more = r#", "pool": {"identity": "local-system"}, "log": {"file": "E:\\logs\\s.log"}"#;
        let text = emit(&planned(more, Target::Iis10)).unwrap().text;
        assert!(text.contains(r#"mkdir "E:\logs""#), "{text}");
        assert!(!text.contains(r#"icacls "E:\logs""#), "{text}");
    }

    #[test]
    fn a_file_is_made_before_it_is_closed_to_others_and_inherits_nothing_on() {
        let more = r#", "secrets": {"A": {"file": "E:\\k\\a.txt"}}"#;
        let text = emit(&planned(more, Target::Iis6)).unwrap().text;
        let made = text
            .find(r#"if not exist "E:\k\a.txt" type nul > "E:\k\a.txt""#)
            .unwrap();
        assert!(text.find(r#"mkdir "E:\k""#).unwrap() < made);
        let closed = text
            .find(r#"/S:"D:PAI(A;;FA;;;BA)(A;;FA;;;SY)(A;;FR;;;NS)""#)
            .unwrap();
        assert!(made < closed);
        let new = emit(&planned(more, Target::Iis10)).unwrap().text;
        assert!(new.contains(r#""*S-1-5-32-544:F" "*S-1-5-18:F" "*S-1-5-82-"#));
    }
}
