//! Features of Windows.

use iisc_spec::Target;

use super::ask::mentions;
use super::command::section;
use crate::plan::Plan;
use crate::plan::setup::{Command, Program, Step, Success};

/// Switches the features on. Whether they are on is asked of IIS: that a file is there proves nothing (P06). Removal
/// leaves them, since others may have come to need them.
pub(super) fn step(plan: &Plan) -> Step {
    let features = &plan.requires.features;
    let names: Vec<&str> = features.iter().map(|feature| feature.dism).collect();
    let title = format!("features of Windows: {}", names.join(", "));
    let advice = "start Windows again if it asks for that, or add the features in Server Manager, and run this again";
    let step = Step::new("features", title).advising(advice);
    let step = plan.requires.modules.iter().fold(step, |step, module| {
        let modules = section("list", None, "globalModules");
        mentions(step, modules, &["image=", module])
    });
    // Windows Server 2008 has no `dism`.
    match plan.target >= Target::Iis7_5 {
        true => step.run(dism(plan.target, &names)),
        false => {
            let roles = features.iter().map(|feature| feature.server_manager);
            roles.map(server_manager).fold(step, Step::run)
        }
    }
}

/// The features that hold others are named too, because `/all`, which adds them, came with Windows Server 2012; it is
/// given where it is known, since a feature may need further ones.
fn dism(target: Target, names: &[&str]) -> Command {
    let names = names.iter().map(|name| format!("/featurename:{name}"));
    let all = (target >= Target::Iis8).then_some("/all");
    Command::new(Program::Dism)
        .arguments(["/online", "/enable-feature"])
        .arguments(names)
        .arguments(all)
        .argument("/norestart")
        .success(Success::ZeroOrRestart)
}

/// For a feature that is installed already it ends with a code of its own, so that what counts is what IIS says afterwards.
fn server_manager(role: &str) -> Command {
    Command::new(Program::ServerManagerCmd)
        .arguments(["-install", role])
        .success(Success::Any)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{asked, lines, step};
    use super::*;

    #[test]
    fn each_windows_has_its_own_program() {
        let commands = |target| lines(&step("", target, "features").commands);
        assert_eq!(
            commands(Target::Iis7),
            [
                "-install|Web-Server",
                "-install|Web-WebServer",
                "-install|Web-App-Dev",
                "-install|Web-CGI"
            ]
        );
        let names = "/featurename:IIS-WebServerRole|/featurename:IIS-WebServer|\
            /featurename:IIS-ApplicationDevelopment|/featurename:IIS-CGI";
        let expected = format!("/online|/enable-feature|{names}|/norestart");
        assert_eq!(commands(Target::Iis7_5), [expected.as_str()]);
        let all = expected.replace("|/norestart", "|/all|/norestart");
        assert_eq!(commands(Target::Iis8), [all]);
    }

    #[test]
    fn iis_is_asked_for_each_module() {
        let more = r#", "warm-up": {}"#;
        let step = step(more, Target::Iis10, "features");
        assert_eq!(
            asked(&step),
            [
                "image= & FastCgiModule",
                "image= & ApplicationInitializationModule"
            ]
        );
        assert!(step.undo.is_empty());
    }
}
