//! The application: its folder, its pool, and the virtual directories of its static files.

use iisc_spec::model::WinPath;

use super::ask::{mentions, prints};
use super::command::{Object, add, delete, object, property, set};
use crate::plan::setup::{Command, Step, Success};
use crate::plan::{Plan, StaticFolder};

/// What a new server has at the root of its site.
const STOCK_FOLDER: &str = r"%SystemDrive%\inetpub\wwwroot";
/// What a new server runs the root of its site in.
const STOCK_POOL: &str = "DefaultAppPool";

/// The application and all within it.
pub(super) fn steps(plan: &Plan) -> Vec<Step> {
    let mut steps = vec![made(plan), folder(plan), pool(plan)];
    steps.extend(plan.host.warm_up.as_ref().map(|_| preloaded(plan)));
    let folders = plan.web.static_folders.iter().enumerate();
    steps.extend(folders.map(|(index, folder)| mounted(plan, index + 1, folder)));
    steps
}

fn made(plan: &Plan) -> Step {
    let location = &plan.location;
    let name = name(plan);
    let addition = add("app")
        .argument(format!("/site.name:{}", location.site))
        .argument(format!("/path:{}", location.path))
        .argument(format!("/physicalPath:{}", plan.root));
    let step = Step::new("application", format!("application {name}"));
    let listed = object("list", Object::Application(&name));
    let step = mentions(step, listed, &["applicationPool:"]).run(addition);
    match is_root(plan) {
        // A site without a root is no site. If set-up made the site, it goes with it.
        true => step,
        false => step.undone_by(delete(Object::Application(&name))),
    }
}

/// The root of a site gets back what a new server has, since nobody knows what it had; by note, because a site that
/// set-up has made has our folder from the beginning, and may have to stay for others.
fn folder(plan: &Plan) -> Step {
    let directory = directory(plan);
    let title = format!("folder of the application {}", name(plan));
    let step = located(
        Step::new("application-folder", title),
        &directory,
        &plan.root,
    );
    let to = |folder: &str| set(Object::Directory(&directory), [("physicalPath", folder)]);
    let step = step.run(to(plan.root.as_str()));
    match is_root(plan) {
        true => step
            .by_note()
            .undone_by(to(STOCK_FOLDER).success(Success::Any)),
        false => step,
    }
}

fn pool(plan: &Plan) -> Step {
    let name = name(plan);
    let application = Object::Application(&name);
    let title = format!("application pool of the application {name}");
    let step = Step::new("application-pool", title);
    let to = |pool: &str| set(application, [("applicationPool", pool)]);
    let asked = property(application, "applicationPool");
    let step = prints(step, asked, &plan.pool).run(to(&plan.pool));
    match is_root(plan) {
        true => step
            .by_note()
            .undone_by(to(STOCK_POOL).success(Success::Any)),
        false => step,
    }
}

fn preloaded(plan: &Plan) -> Step {
    let name = name(plan);
    let application = Object::Application(&name);
    let key = "preloadEnabled";
    let to = |value: &'static str| -> Command { set(application, [(key, value)]) };
    let step = Step::new(
        "application-preload",
        format!("preload of the application {name}"),
    );
    prints(step, property(application, key), "true")
        .run(to("true"))
        .undone_by(to("false").success(Success::Any))
}

/// A directory that was there already is pointed at our folder.
fn mounted(plan: &Plan, number: usize, folder: &StaticFolder) -> Step {
    let application = name(plan);
    let url = format!("{}{}", application.trim_end_matches('/'), folder.url);
    let step = Step::new(
        format!("static-{number}"),
        format!("virtual directory {url}"),
    );
    let addition = add("vdir")
        .argument(format!("/app.name:{application}"))
        .argument(format!("/path:{}", folder.url))
        .argument(format!("/physicalPath:{}", folder.folder));
    let directory = Object::Directory(&url);
    located(step, &url, &folder.folder)
        .run(addition)
        .run(set(directory, [("physicalPath", folder.folder.as_str())]))
        .undone_by(delete(directory))
}

/// Asks where a virtual directory lies.
fn located(step: Step, directory: &str, folder: &WinPath) -> Step {
    let asked = property(Object::Directory(directory), "physicalPath");
    prints(step, asked, folder.as_str())
}

fn is_root(plan: &Plan) -> bool {
    plan.location.path == "/"
}

/// `SITE/PATH`; the root of a site is `SITE/`.
fn name(plan: &Plan) -> String {
    format!("{}{}", plan.location.site, plan.location.path)
}

/// The virtual directory at the root of the application, which has a slash at its end.
fn directory(plan: &Plan) -> String {
    format!("{}/", plan.location.configuration_path())
}

#[cfg(test)]
mod tests {
    use iisc_spec::Target;

    use super::super::tests::{asked, found, lines, step};

    const BELOW: &str = r#", "site": {"name": "S", "path": "/a"}, "static": {"/f": {"folder": "web"}}, "warm-up": {}"#;
    const ROOT: &str = r#", "site": {"name": "S"}, "static": {"/f": {"folder": "web"}}"#;

    fn commands(more: &str, id: &str) -> Vec<String> {
        lines(&step(more, Target::Iis10, id).commands)
    }

    fn undo(more: &str, id: &str) -> Vec<String> {
        lines(&step(more, Target::Iis10, id).undo)
    }

    #[test]
    fn an_application_further_down_is_made_and_deleted() {
        for (id, expected) in [
            (
                "application",
                r"add|app|/site.name:S|/path:/a|/physicalPath:D:\s",
            ),
            ("application-folder", r"set|vdir|S/a/|/physicalPath:D:\s"),
            ("application-pool", "set|app|S/a|/applicationPool:s"),
            ("application-preload", "set|app|S/a|/preloadEnabled:true"),
            (
                "static-1",
                r"add|vdir|/app.name:S/a|/path:/f|/physicalPath:D:\s\web",
            ),
        ] {
            assert_eq!(commands(BELOW, id)[0], expected);
        }
        assert_eq!(undo(BELOW, "application"), ["delete|app|S/a"]);
        assert!(undo(BELOW, "application-folder").is_empty());
        assert_eq!(found(BELOW, Target::Iis7_5, "application-preload"), None);
    }

    #[test]
    fn the_root_of_a_site_gets_back_what_a_new_server_has() {
        assert!(undo(ROOT, "application").is_empty());
        assert_eq!(
            undo(ROOT, "application-folder"),
            [r"set|vdir|S/|/physicalPath:%SystemDrive%\inetpub\wwwroot"]
        );
        assert_eq!(
            undo(ROOT, "application-pool"),
            ["set|app|S/|/applicationPool:DefaultAppPool"]
        );
        let mount = commands(ROOT, "static-1");
        assert_eq!(
            mount[0],
            r"add|vdir|/app.name:S/|/path:/f|/physicalPath:D:\s\web"
        );
        assert_eq!(mount[1], r"set|vdir|S/f|/physicalPath:D:\s\web");
    }

    #[test]
    fn folder_and_pool_are_asked_for() {
        let asks = |id| asked(&step(BELOW, Target::Iis10, id));
        assert_eq!(asks("application-folder"), [r"=D:\s"]);
        assert_eq!(asks("application-pool"), ["=s"]);
        assert_eq!(asks("static-1"), [r"=D:\s\web"]);
    }
}
