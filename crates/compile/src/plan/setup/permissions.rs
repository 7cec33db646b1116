//! Who may do what in which folder, as steps.
//!
//! From Windows Server 2008 on permissions are set by `icacls`, before that by `cacls`. Both kinds of server are asked
//! by `cacls PATH /S`, which prints the descriptor of a folder and is part of Windows to this day.

use iisc_spec::Feature;
use iisc_spec::model::WinPath;
use sha2::{Digest, Sha256};

use super::{Command, Program, Question, Step, Success, iis7};
use crate::plan::words::{icacls_grant, icacls_name, name, verb};
use crate::plan::{Change, Folder, Grant, Plan, Principal, Rights};
use crate::text::hex::hex;

/// The steps, in order: each folder is made, if it is to be made, before anybody is let in.
pub(super) fn steps(plan: &Plan) -> Vec<Step> {
    let has_icacls = plan.target.has(Feature::Schema);
    let permitted = |folder| {
        let step = granted(folder, has_icacls)?;
        Some(kept_while_used(step, iis7::pool_used(plan)))
    };
    let of_folder = |folder| [made(folder), permitted(folder)];
    plan.access.iter().flat_map(of_folder).flatten().collect()
}

/// Another application in the pool may need the folder too, since both have the same account.
fn kept_while_used(step: Step, used: Option<Question>) -> Step {
    match used {
        Some(used) if !step.undo.is_empty() => step.kept_if(used),
        _ => step,
    }
}

fn made(folder: &Folder) -> Option<Step> {
    folder.create.then(|| {
        let step = Step::new(
            id("made", folder),
            format!("{} {}", folder.purpose, folder.path),
        );
        match folder.is_file {
            true => made_file(step, &folder.path),
            false => made_folder(step, &folder.path),
        }
    })
}

/// Removal takes the folder away only if nothing is in it: `rd` without a switch.
fn made_folder(step: Step, path: &WinPath) -> Step {
    step.asking(Question::Folder(path.clone()))
        .run(shell("mkdir", path))
        .undone_by(shell("rd", path).success(Success::Any))
}

/// An empty file, into which people write later: removal leaves it to them.
fn made_file(step: Step, path: &WinPath) -> Step {
    let folder = path.parent().into_iter();
    let step = folder.fold(step, |step, folder| {
        // It fails for a folder that is there, which the next command tells from one that cannot be made.
        step.run(shell("mkdir", &folder).success(Success::Any))
    });
    let copy = Command::new(Program::Shell("copy")).argument("nul");
    step.asking(Question::File(path.clone()))
        .run(copy.argument(path.to_string()))
}

fn shell(name: &'static str, path: &WinPath) -> Command {
    Command::new(Program::Shell(name)).argument(path.to_string())
}

fn granted(folder: &Folder, has_icacls: bool) -> Option<Step> {
    if folder.descriptor.is_none() && folder.grants.is_empty() {
        return None;
    }
    let title = format!("permissions of {}: {}", folder.path, described(folder));
    let step = Step::new(id("permissions", folder), title);
    let step = match (&folder.descriptor, has_icacls) {
        // `icacls` takes no descriptor. What comes back may be spelled otherwise, so that nothing is asked.
        (Some(descriptor), _) => step.run(replace(folder, descriptor)).by_note(),
        (None, true) => icacls(folder, asking(step, folder)),
        (None, false) => cacls(folder, asking(step, folder)),
    };
    Some(step)
}

/// A name that stays the same when other folders come and go.
fn id(kind: &str, folder: &Folder) -> String {
    let text = format!(
        "{}\n{}",
        folder.path.as_str().to_lowercase(),
        folder.purpose
    );
    let digits = hex(&Sha256::digest(text));
    let short: String = digits.chars().take(8).collect();
    format!("{kind}-{short}")
}

/// The grants of a folder in words.
fn described(folder: &Folder) -> String {
    if folder.descriptor.is_some() {
        return "those of access.sddl".to_owned();
    }
    let grant = |grant: &Grant| format!("{} may {}", name(&grant.principal), verb(grant.rights));
    let grants: Vec<String> = folder.grants.iter().map(grant).collect();
    let others = match folder.change {
        Change::Replace => "nobody else has access",
        Change::Close => "nothing is inherited, and what else was set here stays",
        Change::Add => "other permissions stay",
    };
    format!("{}; {others}", grants.join(", "))
}

/// Asks for each entry, as far as its account's SID is known. That nobody else has an entry cannot be asked, so that
/// a folder of which that is to be said counts only with a note.
fn asking(step: Step, folder: &Folder) -> Step {
    let entries: Vec<String> = folder
        .grants
        .iter()
        .filter_map(|grant| Some(folder.entry(grant)?.to_string()))
        .collect();
    let is_all = entries.len() == folder.grants.len();
    let protected = folder.change.cuts_off().then(|| "D:PAI".to_owned());
    let texts: Vec<String> = protected.into_iter().chain(entries).collect();
    let step = match texts.is_empty() {
        true => step,
        false => step.asking(Question::Mentions {
            command: on(Program::Cacls, folder).argument("/S"),
            texts,
        }),
    };
    match is_all && folder.change != Change::Replace {
        true => step,
        false => step.by_note(),
    }
}

/// `cacls`, the tool of Windows Server 2003: a whole descriptor, or an edit by name. A descriptor has no room for
/// an account whose SID is not known, which is let in afterwards.
fn cacls(folder: &Folder, step: Step) -> Step {
    let replaces = folder.change.cuts_off();
    let is_named = |grant: &&Grant| !replaces || grant.principal.trustee().is_none();
    let step = match replaces {
        true => step.run(replace(folder, &folder.granted().to_string())),
        false => step,
    };
    // cacls takes names only; on a server in another language this step says so by failing.
    let step = folder
        .grants
        .iter()
        .filter(is_named)
        .fold(step, |step, grant| {
            let account = format!("{}:{}", name(&grant.principal), cacls_right(grant.rights));
            step.run(
                on(Program::Cacls, folder)
                    .arguments(["/E", "/G"])
                    .argument(account),
            )
        });
    folder
        .grants
        .iter()
        .filter(is_own)
        .fold(step, |step, grant| {
            let revoke = on(Program::Cacls, folder).arguments(["/E", "/R"]);
            step.undone_by(
                revoke
                    .argument(name(&grant.principal))
                    .success(Success::Any),
            )
        })
}

/// A whole descriptor in the place of the one that is there. Whether cacls asks for a confirmation here differs between
/// service packs (section 9.4 of the IIS fact sheet); an answer to no question is harmless.
fn replace(folder: &Folder, descriptor: &str) -> Command {
    on(Program::Cacls, folder)
        .argument(format!("/S:{descriptor}"))
        .confirmed()
}

const fn cacls_right(rights: Rights) -> &'static str {
    match rights {
        Rights::Read | Rights::ReadExecute => "R",
        Rights::Modify => "C",
        Rights::Full => "F",
    }
}

/// True for what removal takes away: everything but what a folder without an owner would be left with.
fn is_own(grant: &&Grant) -> bool {
    match grant.principal {
        Principal::Administrators | Principal::LocalSystem => false,
        Principal::NetworkService
        | Principal::LocalService
        | Principal::AuthenticatedUsers
        | Principal::Account(_)
        | Principal::ApplicationPool { .. } => true,
    }
}

/// `icacls`. Grants come before inheritance is cut, or the script could lock itself out (section 9.4 of the IIS fact
/// sheet).
fn icacls(folder: &Folder, step: Step) -> Step {
    let icacls = || on(Program::Icacls, folder);
    let grant = icacls().argument("/grant:r").arguments(
        folder
            .grants
            .iter()
            .map(|grant| icacls_grant(folder, grant)),
    );
    let step = match folder.change {
        Change::Replace => step
            .run(icacls().arguments(["/reset", "/Q"]))
            .run(grant.arguments(["/inheritance:r", "/Q"])),
        // No `/reset`: it would take the grant of another application's account away.
        Change::Close => step.run(grant.arguments(["/inheritance:r", "/Q"])),
        Change::Add => step.run(grant.argument("/Q")),
    };
    folder
        .grants
        .iter()
        .filter(is_own)
        .fold(step, |step, grant| {
            let remove = icacls()
                .argument("/remove:g")
                .argument(icacls_name(&grant.principal));
            step.undone_by(remove.argument("/Q").success(Success::Any))
        })
}

fn on(program: Program, folder: &Folder) -> Command {
    Command::new(program).argument(folder.path.to_string())
}

#[cfg(test)]
mod tests {
    use iisc_spec::Target;

    use super::super::Word;
    use super::*;
    use crate::plan::{lower, planned};

    const USER: &str =
        r#", "pool": {"identity": "specific-user", "user": {"name": "EXAMPLE\\svc"}}"#;

    fn texts(commands: &[Command]) -> Vec<String> {
        let text = |word: &Word| match word {
            Word::Text(text) => text.clone(),
            Word::Beside { .. } | Word::Secret { .. } => panic!("{word:?}"),
        };
        let line = |command: &Command| {
            let words: Vec<String> = command.arguments.iter().map(text).collect();
            format!("{:?} {}", command.program, words.join(" "))
        };
        commands.iter().map(line).collect()
    }

    fn steps(more: &str, target: Target) -> Vec<Step> {
        super::steps(&planned(more, target))
    }

    #[test]
    fn an_account_goes_by_its_name_where_a_descriptor_has_no_room_for_it() {
        let old = &steps(USER, Target::Iis6)[0];
        assert_eq!(
            texts(&old.commands),
            [
                r"Cacls D:\s /S:D:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)",
                r"Cacls D:\s /E /G EXAMPLE\svc:R",
            ]
        );
        assert!(old.by_note && old.commands[0].confirms);
        assert_eq!(texts(&old.undo), [r"Cacls D:\s /E /R EXAMPLE\svc"]);
        let new = &steps(USER, Target::Iis10)[0];
        assert!(texts(&new.commands)[1].contains(r" EXAMPLE\svc:(OI)(CI)RX "));
    }

    #[test]
    fn the_system_gets_its_folders_made_and_no_permission() {
        let more = r#", "pool": {"identity": "local-system"}, "log": {"file": "E:\\logs\\s.log"}"#;
        let steps = steps(more, Target::Iis10);
        assert_eq!(texts(&steps[1].commands), [r#"Shell("mkdir") E:\logs"#]);
        assert_eq!(steps.len(), 2);
    }

    #[test]
    fn a_folder_of_others_is_asked_for_our_entry_alone() {
        let shared = steps(r#", "access": {"readable": ["E:\\x"]}"#, Target::Iis6);
        let step = shared.last().unwrap();
        assert_eq!(
            texts(&step.commands),
            [r"Cacls E:\x /E /G NETWORK SERVICE:R"]
        );
        let Question::Mentions { command, texts } = &step.questions[0] else {
            panic!("{step:?}");
        };
        assert_eq!(
            super::tests::texts(std::slice::from_ref(command)),
            [r"Cacls E:\x /S"]
        );
        assert_eq!(texts, &["(A;OICI;0x1200a9;;;NS)"]);
        assert!(!step.by_note);
    }

    #[test]
    fn a_virtual_environment_outside_the_root_keeps_the_grants_of_other_applications() {
        let text = r#"{"name": "s", "root": "D:\\s",
            "python": {"interpreter": "E:\\env\\Scripts\\python.exe", "handler": "s.app"}}"#;
        let steps = |target| super::steps(&lower(&serde_json::from_str(text).unwrap(), target));
        let new = &steps(Target::Iis10)[1];
        let pool = icacls_name(&Principal::application_pool("s"));
        let granted = format!("*S-1-5-32-544:(OI)(CI)F *S-1-5-18:(OI)(CI)F {pool}:(OI)(CI)RX");
        assert_eq!(
            texts(&new.commands),
            [format!(
                r"Icacls E:\env /grant:r {granted} /inheritance:r /Q"
            )]
        );
        assert_eq!(
            texts(&new.undo),
            [format!(r"Icacls E:\env /remove:g {pool} /Q")]
        );
        let Question::Mentions { texts: asked, .. } = &new.questions[0] else {
            panic!("{new:?}");
        };
        assert!(asked.len() == 4 && asked[0] == "D:PAI", "{asked:?}");
        // All that is set is asked for.
        assert!(!new.by_note && new.kept_if.is_some());
        let old = &steps(Target::Iis6)[1];
        assert_eq!(
            texts(&old.commands),
            [r"Cacls E:\env /S:D:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;0x1200a9;;;NS)"]
        );
        assert!(old.by_note);
    }

    #[test]
    fn what_the_pool_may_do_stays_while_others_are_in_it() {
        let readable = r#", "access": {"readable": ["E:\\x"]}"#;
        for step in steps(readable, Target::Iis10) {
            let is_asked = matches!(step.kept_if, Some(Question::Mentions { .. }));
            assert_eq!(is_asked, !step.undo.is_empty(), "{step:?}");
        }
        assert!(
            steps(readable, Target::Iis6)
                .iter()
                .all(|step| step.kept_if.is_none())
        );
    }

    #[test]
    fn a_descriptor_is_set_as_it_is_given() {
        let access = r#", "access": {"sddl": "D:PAI(A;OICI;FA;;;BA)"}"#;
        for target in [Target::Iis6, Target::Iis10] {
            let step = &steps(access, target)[0];
            assert_eq!(
                texts(&step.commands),
                [r"Cacls D:\s /S:D:PAI(A;OICI;FA;;;BA)"]
            );
            assert!(step.by_note && step.questions.is_empty() && step.undo.is_empty());
        }
    }
}
