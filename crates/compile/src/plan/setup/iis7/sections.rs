//! Sections that a server has locked: the handlers, unlocked or set; modules and authentication, set.

use iisc_spec::model::Sections;

use super::ask::mentions;
use super::command::{Object, applications, element, place, section};
use crate::plan::Plan;
use crate::plan::host::{Attributes, Handlers};
use crate::plan::setup::{Command, Question, Step, Success};
use crate::text::appcmd::entry;

/// The steps.
pub(super) fn steps(plan: &Plan) -> Vec<Step> {
    let mut steps = match plan.sections {
        Sections::Unlock => vec![unlocked(plan)],
        Sections::Location => {
            let all = plan.host.handlers.iter().enumerate();
            all.map(|(index, handlers)| handled(plan, index, handlers))
                .collect()
        }
    };
    steps.extend(plan.web.without_webdav.then(|| without_webdav(plan)));
    let authentication = plan.host.authentication.iter();
    steps.extend(authentication.map(|(name, set)| authenticated(plan, name, set)));
    steps
}

/// Unlocks the handlers for this application alone. On a server with ASP.NET they are unlocked everywhere, which is why
/// IIS is asked: what was not locked before must not be locked by removal.
fn unlocked(plan: &Plan) -> Step {
    let place = place(plan, "");
    let title = format!("handlers of {place} in its Web.config");
    let listed = section("list", Some(&place), "handlers").arguments(["/xml", "/config:*"]);
    let change = |verb| section(verb, Some(&place), "handlers");
    let step = Step::new("unlock-handlers", title);
    let step = mentions(step, listed, &["CONFIG.SECTION=", "locked=", "false"])
        .run(change("unlock"))
        .undone_by(change("lock").success(Success::Any));
    // Applications below find the handlers unlocked by us, and leave it at that. The root alone is one line.
    let site = Object::Site(&plan.location.site);
    match is_ours(plan, "") {
        true => step,
        false => step.kept_if(Question::PrintsMore(applications(site))),
    }
}

/// Sets the handlers of one place. What is removed may not be there, which `appcmd` takes for an error.
fn handled(plan: &Plan, index: usize, handlers: &Handlers) -> Step {
    let place = place(plan, &handlers.url);
    let id = match index {
        0 => "handlers".to_owned(),
        number => format!("handlers-static-{number}"),
    };
    let change = |change: String| section("set", Some(&place), "handlers").argument(change);
    let removal =
        |name: &str| change(format!("/-{}", entry(&[("name", name)]))).success(Success::Any);
    let step = Step::new(id, format!("handlers of {place}")).by_note();
    let policy = handlers.access_policy.iter();
    let step = policy.fold(step, |step, policy| {
        step.run(change(format!("/accessPolicy:{policy}")))
    });
    let removed = handlers.removed.iter();
    let step = removed.fold(step, |step, name| step.run(removal(name)));
    let step = step.run(change(format!("/+{}", element(&handlers.added))));
    let name = handlers.added.first().map_or("", |(_, name)| name.as_str());
    let module = handlers.added.iter().find(|(key, _)| *key == "modules");
    let module = module.map_or("", |(_, module)| module.as_str());
    let listed = section("list", Some(&place), "handlers");
    let step = mentions(step, listed, &["name=", name, module]);
    match is_ours(plan, &handlers.url) {
        true => step.undone_by(cleared(&place, "handlers")),
        false => step.undone_by(removal(name)),
    }
}

/// Takes WebDAV's module out. If there is none, that is an error to `appcmd`, and what was wanted.
fn without_webdav(plan: &Plan) -> Step {
    let place = place(plan, "");
    let removal = entry(&[("name", "WebDAVModule")]);
    let remove = section("set", Some(&place), "modules")
        .argument(format!("/-{removal}"))
        .success(Success::Any);
    let step = Step::new("webdav", format!("{place} without WebDAV"));
    let step = step.by_note().run(remove);
    match is_ours(plan, "") {
        true => step.undone_by(cleared(&place, "modules")),
        // To put the module back would break a server that has none.
        false => step,
    }
}

fn authenticated(plan: &Plan, name: &str, set: &Attributes) -> Step {
    let place = place(plan, "");
    let path = format!("security/authentication/{name}");
    let method = name.trim_end_matches("Authentication");
    let step = Step::new(
        format!("sign-in-{method}"),
        format!("{method} authentication of {place}"),
    );
    let change = section("set", Some(&place), &path)
        .arguments(set.iter().map(|(name, value)| format!("/{name}:{value}")));
    let listed = section("list", Some(&place), &path);
    let enabled = set.iter().find(|(name, _)| *name == "enabled");
    let step = match enabled {
        Some((_, enabled)) => mentions(step, listed, &[name, "enabled=", enabled]),
        None => step,
    };
    step.by_note().run(change).undone_by(cleared(&place, &path))
}

/// Drops what is set at a place, so that what comes from further up holds again.
fn cleared(place: &str, name: &str) -> Command {
    section("clear", Some(place), name).success(Success::Any)
}

/// True for a place at which nobody else has a say: not so the root of a site, which may have been there before us.
fn is_ours(plan: &Plan, url: &str) -> bool {
    plan.location.path != "/" || !url.is_empty()
}

#[cfg(test)]
mod tests {
    use iisc_spec::Target;

    use super::super::tests::{asked, found, lines, step};
    use crate::plan::setup::Question;

    const LOCATION: &str = r#", "sections": "location", "site": {"name": "S", "path": "/a", "permissions": ["script"]},
        "static": {"/f": {"folder": "web"}}"#;
    const HANDLERS: &str = "/section:system.webServer/handlers|/commit:apphost";

    fn commands(more: &str, id: &str) -> Vec<String> {
        lines(&step(more, Target::Iis10, id).commands)
    }

    #[test]
    fn handlers_are_unlocked_for_this_application_alone() {
        let unlock = step(
            r#", "site": {"name": "S"}"#,
            Target::Iis10,
            "unlock-handlers",
        );
        assert_eq!(
            lines(&unlock.commands),
            [format!("unlock|config|S|{HANDLERS}")]
        );
        assert_eq!(lines(&unlock.undo), [format!("lock|config|S|{HANDLERS}")]);
        assert_eq!(asked(&unlock), ["CONFIG.SECTION= & locked= & false"]);
        let Some(Question::PrintsMore(others)) = unlock.kept_if else {
            panic!("an application below the root would be locked with it");
        };
        assert_eq!(lines(&[others]), ["list|app|/site.name:S"]);
        let below = r#", "site": {"name": "S", "path": "/a"}"#;
        assert_eq!(step(below, Target::Iis10, "unlock-handlers").kept_if, None);
        assert_eq!(found(LOCATION, Target::Iis10, "unlock-handlers"), None);
    }

    #[test]
    fn handlers_are_set_where_only_administrators_write() {
        let set = format!("set|config|S/a|{HANDLERS}");
        let processor = r"D:\s\python.exe|-m iisc_gateway --app s";
        assert_eq!(
            commands(LOCATION, "handlers"),
            [
                format!("{set}|/accessPolicy:Script"),
                format!("{set}|/-[name='WebDAV']"),
                format!("{set}|/-[name='s']"),
                format!(
                    "{set}|/+[name='s',path='*',verb='*',modules='FastCgiModule',scriptProcessor='{processor}',\
                    resourceType='Unspecified',requireAccess='Script']"
                ),
            ]
        );
        let files = commands(LOCATION, "handlers-static-1");
        assert!(files[2].starts_with("set|config|S/a/f|"), "{files:?}");
        assert!(files[2].contains("modules='StaticFileModule'"), "{files:?}");
        assert_eq!(found("", Target::Iis10, "handlers"), None);
    }

    #[test]
    fn what_others_have_at_the_root_of_a_site_is_left() {
        let undo = |more, id| lines(&step(more, Target::Iis10, id).undo);
        let cleared = format!("clear|config|S/a|{HANDLERS}");
        assert_eq!(undo(LOCATION, "handlers"), [cleared]);
        let root = r#", "sections": "location""#;
        let own = format!("set|config|Default Web Site|{HANDLERS}|/-[name='s']");
        assert_eq!(undo(root, "handlers"), [own]);
        assert!(undo(root, "webdav").is_empty());
        assert_eq!(undo(LOCATION, "webdav").len(), 1);
    }

    #[test]
    fn each_method_is_set_and_asked_for() {
        let more = r#", "authentication": {"windows": true, "anonymous": false}"#;
        let step = step(more, Target::Iis10, "sign-in-windows");
        let section = "/section:system.webServer/security/authentication/windowsAuthentication";
        let rest = format!("config|Default Web Site|{section}|/commit:apphost");
        assert_eq!(lines(&step.commands), [format!("set|{rest}|/enabled:true")]);
        assert_eq!(lines(&step.undo), [format!("clear|{rest}")]);
        assert_eq!(asked(&step), ["windowsAuthentication & enabled= & true"]);
        let mount = r#", "static": {"/f": {"folder": "web"}}"#;
        let anonymous = commands(mount, "sign-in-anonymous");
        assert!(anonymous[0].ends_with("|/userName:"), "{anonymous:?}");
    }
}
