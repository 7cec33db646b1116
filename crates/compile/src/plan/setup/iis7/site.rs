//! The site. One that is there stays as it is.

use iisc_spec::model::WinPath;

use super::ask::mentions;
use super::command::{Object, add, applications, delete, object};
use crate::plan::Plan;
use crate::plan::setup::{Command, Program, Question, Step, Success};

/// Well-known group of all worker processes, `IIS_IUSRS`.
const WORKERS: &str = "*S-1-5-32-568";

/// Makes the site with what is at its root: our application, or an empty folder. Removal deletes it with its root, unless
/// it holds other applications.
pub(super) fn step(plan: &Plan) -> Step {
    let site = Object::Site(&plan.location.site);
    let step = Step::new("site", format!("site {}", plan.location.site));
    let step = mentions(step, object("list", site), &["SITE", "(id:"]);
    let empty = plan.host.site.empty_root.as_ref();
    let root = empty.unwrap_or(&plan.root);
    let step = empty.into_iter().flat_map(folder).fold(step, Step::run);
    let step = step.run(addition(plan, root)).undone_by(delete(site));
    let step = empty.map(removed).into_iter().fold(step, Step::undone_by);
    // Its root alone is one line.
    step.kept_if(Question::PrintsMore(applications(site)))
}

fn addition(plan: &Plan, root: &WinPath) -> Command {
    let location = &plan.location;
    let id = plan.host.site.id.map(|id| format!("/id:{id}"));
    // Those that the spec has come in steps of their own, with all that belongs to them.
    let usual = plan.host.site.bindings.is_empty();
    add("site")
        .argument(format!("/name:{}", location.site))
        .arguments(id)
        .arguments(usual.then_some("/bindings:http/*:80:"))
        .argument(format!("/physicalPath:{root}"))
}

/// Makes the empty folder, and lets worker processes look for a `Web.config` in it.
fn folder(path: &WinPath) -> [Command; 2] {
    let make = Command::new(Program::Shell("mkdir")).argument(path.to_string());
    let grant = Command::new(Program::Icacls)
        .argument(path.to_string())
        .arguments(["/grant".to_owned(), format!("{WORKERS}:(OI)(CI)RX")])
        .argument("/Q");
    [make.success(Success::Any), grant]
}

/// Without a switch, `rmdir` leaves a folder that is no longer empty.
fn removed(path: &WinPath) -> Command {
    let remove = Command::new(Program::Shell("rmdir")).argument(path.to_string());
    remove.success(Success::Any)
}

#[cfg(test)]
mod tests {
    use iisc_spec::Target;

    use super::super::tests::{self, lines};
    use super::*;

    fn site(site: &str) -> Step {
        let more = format!(r#", "site": {{{site}}}"#);
        tests::step(&more, Target::Iis10, "site")
    }

    #[test]
    fn a_new_site_has_our_application_at_its_root() {
        let step = site(r#""name": "A, B & C", "id": 7"#);
        let expected = r"add|site|/name:A, B & C|/id:7|/bindings:http/*:80:|/physicalPath:D:\s";
        assert_eq!(lines(&step.commands), [expected]);
        assert_eq!(lines(&step.undo), ["delete|site|A, B & C"]);
        let others = Question::PrintsMore(applications(Object::Site("A, B & C")));
        assert_eq!(step.kept_if, Some(others));
    }

    #[test]
    fn a_new_site_has_an_empty_folder_at_its_root_if_our_application_is_further_down() {
        let step = site(r#""name": "S", "path": "/a", "bindings": [{"port": 81}]"#);
        assert_eq!(
            lines(&step.commands),
            [
                r"D:\s-site",
                r"D:\s-site|/grant|*S-1-5-32-568:(OI)(CI)RX|/Q",
                r"add|site|/name:S|/physicalPath:D:\s-site",
            ]
        );
        assert_eq!(lines(&step.undo), ["delete|site|S", r"D:\s-site"]);
    }
}
