//! `acl.cmd`: the permissions that the application's identity needs, and no more.

use iisc_spec::{Feature, Target};

use super::{Emitter, NOTE};
use crate::artifact::Artifact;
use crate::plan::{Change, Folder, Grant, Plan, Principal, Rights};
use crate::text::Unsayable;
use crate::text::cmd::{Script, Word};

pub(super) static EMITTER: Emitter = Emitter {
    name: "acl.cmd",
    purpose: "sets the permissions on the application's folders; run as an administrator",
    targets: &Target::ALL,
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
        // `icacls` came with the systems of IIS 7.
        match plan.target.has(Feature::Schema) {
            true => icacls(folder, &mut script),
            false => cacls(folder, &mut script),
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
    let grant = |grant: &Grant| format!("{} may {}", name(&grant.principal), verb(grant.rights));
    let grants = folder
        .grants
        .iter()
        .map(grant)
        .collect::<Vec<_>>()
        .join(", ");
    match folder.change {
        Change::Replace => format!("{grants}; nobody else has access"),
        Change::Add => format!("{grants}; other permissions stay"),
    }
}

fn name(principal: &Principal) -> String {
    match principal {
        Principal::Administrators => "Administrators".to_owned(),
        Principal::LocalSystem => "SYSTEM".to_owned(),
        Principal::NetworkService => "NETWORK SERVICE".to_owned(),
        Principal::ApplicationPool { name, .. } => format!("the pool account IIS AppPool\\{name}"),
    }
}

const fn verb(rights: Rights) -> &'static str {
    match rights {
        Rights::ReadExecute => "read and run",
        Rights::Modify => "read, run and change",
        Rights::Full => "do everything",
    }
}

fn create(folder: &Folder, script: &mut Script) {
    if folder.create {
        let path = folder.path.to_string();
        // `\.` asks for a folder; a file of that name does not count.
        let test = Word::Quoted(folder.path.join(".").to_string());
        let command = vec![
            Word::Plain("if not exist"),
            test,
            Word::Plain("mkdir"),
            Word::Quoted(path.clone()),
        ];
        script.step(format!("Making {path}"), command);
    }
}

/// `cacls`, the tool of Windows Server 2003: a whole descriptor, or an edit by name.
fn cacls(folder: &Folder, script: &mut Script) {
    let path = folder.path.to_string();
    let title = format!("Setting the permissions of {path}");
    match folder.change {
        Change::Replace => {
            // Whether cacls asks for a confirmation here differs between service packs; a spare `y` is harmless.
            let command = vec![
                Word::Plain("echo y| cacls"),
                Word::Quoted(path),
                Word::Switch("/S:", sddl(folder)),
            ];
            script.step(title, command);
        }
        Change::Add => {
            for grant in &folder.grants {
                // cacls takes names only; on a server in another language this step says so by failing.
                let account = format!("{}:{}", name(&grant.principal), cacls_right(grant.rights));
                let command = vec![
                    Word::Plain("cacls"),
                    Word::Quoted(path.clone()),
                    Word::Plain("/E /G"),
                    Word::Quoted(account),
                ];
                script.step(title.clone(), command);
            }
        }
    }
}

const fn cacls_right(rights: Rights) -> &'static str {
    match rights {
        Rights::ReadExecute => "R",
        Rights::Modify => "C",
        Rights::Full => "F",
    }
}

/// A protected descriptor (`P`): nothing is inherited from the parent folder.
fn sddl(folder: &Folder) -> String {
    let entry = |grant: &Grant| {
        let rights = match grant.rights {
            Rights::ReadExecute => "0x1200a9",
            Rights::Modify => "0x1301bf",
            Rights::Full => "FA",
        };
        format!("(A;OICI;{rights};;;{})", sddl_sid(&grant.principal))
    };
    format!(
        "D:PAI{}",
        folder.grants.iter().map(entry).collect::<String>()
    )
}

fn sddl_sid(principal: &Principal) -> &str {
    match principal {
        Principal::Administrators => "BA",
        Principal::LocalSystem => "SY",
        Principal::NetworkService => "NS",
        Principal::ApplicationPool { sid, .. } => sid,
    }
}

/// `icacls`. Grants come before inheritance is cut, or the script could lock itself out (iis.md 9.4).
fn icacls(folder: &Folder, script: &mut Script) {
    let path = || Word::Quoted(folder.path.to_string());
    let title = format!("Setting the permissions of {}", folder.path);
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
            .map(|grant| Word::Quoted(icacls_grant(grant))),
    );
    if folder.change == Change::Replace {
        command.push(Word::Plain("/inheritance:r"));
    }
    command.push(Word::Plain("/Q"));
    script.step(title, command);
}

fn icacls_grant(grant: &Grant) -> String {
    let sid = match &grant.principal {
        Principal::Administrators => "S-1-5-32-544",
        Principal::LocalSystem => "S-1-5-18",
        Principal::NetworkService => "S-1-5-20",
        Principal::ApplicationPool { sid, .. } => sid,
    };
    let rights = match grant.rights {
        Rights::ReadExecute => "RX",
        Rights::Modify => "M",
        Rights::Full => "F",
    };
    format!("*{sid}:(OI)(CI){rights}")
}
