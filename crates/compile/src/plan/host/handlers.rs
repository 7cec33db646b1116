//! Handlers: of the application, and of each folder that IIS sends itself.

use iisc_spec::model::Permission;

use super::Attributes;
use crate::plan::Plan;

/// The section `handlers` at one place of the application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handlers {
    /// URL path below the application, from `/` on; empty for the application itself.
    pub url: String,
    /// What IIS may do with the files there (`accessPolicy`), if it is said.
    pub access_policy: Option<String>,
    /// Names of handlers that are taken out. Our own are among them, since one of that name may come from further up,
    /// and adding it again is 500.19 (P11).
    pub removed: Vec<String>,
    /// The handler that takes their place; the name is the first of its attributes.
    pub added: Attributes,
}

/// The handlers of the application, and behind them those of its static folders.
pub(super) fn handlers(plan: &Plan) -> Vec<Handlers> {
    // The module of WebDAV is taken out elsewhere. To remove what is not there is harmless in practice, and nobody has
    // written that it must be (section 14 of the IIS fact sheet).
    let webdav = plan.web.without_webdav.then(|| "WebDAV".to_owned());
    let own = Handlers {
        url: String::new(),
        access_policy: access_policy(&plan.web.permissions),
        removed: webdav.into_iter().chain([plan.name.clone()]).collect(),
        added: python(plan),
    };
    let folders = plan.web.static_folders.iter();
    let folders = folders.map(|folder| files(plan, folder.url.clone()));
    [own].into_iter().chain(folders).collect()
}

fn access_policy(permissions: &[Permission]) -> Option<String> {
    let name = |permission: &Permission| match permission {
        Permission::Read => "Read",
        Permission::Script => "Script",
        Permission::Write => "Write",
        Permission::Execute => "Execute",
        Permission::Source => "Source",
    };
    let names: Vec<&str> = permissions.iter().map(name).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The catch-all handler. `Unspecified` means that no file needs to exist under the URL.
fn python(plan: &Plan) -> Attributes {
    let mut added = handler(&plan.name, "FastCgiModule");
    added.extend([
        ("scriptProcessor", plan.key.script_processor()),
        ("resourceType", "Unspecified".to_owned()),
        ("requireAccess", "Script".to_owned()),
    ]);
    let limit = plan.response_buffer_limit;
    added.extend(limit.map(|limit| ("responseBufferLimit", limit.to_string())));
    added
}

/// Of one static folder within another, the inner has inherited the handler already, so it is removed as well. It takes
/// what names no file too (`Unspecified`), and says 404: with `File` a Python application at the site's root, whose
/// handlers come further down, would be asked for it.
fn files(plan: &Plan, url: String) -> Handlers {
    let name = format!("{}-static", plan.name);
    let mut added = handler(&name, "StaticFileModule");
    added.extend([
        ("resourceType", "Unspecified".to_owned()),
        ("requireAccess", "Read".to_owned()),
    ]);
    Handlers {
        url,
        access_policy: None,
        removed: vec![plan.name.clone(), name],
        added,
    }
}

fn handler(name: &str, module: &str) -> Attributes {
    vec![
        ("name", name.to_owned()),
        ("path", "*".to_owned()),
        ("verb", "*".to_owned()),
        ("modules", module.to_owned()),
    ]
}

#[cfg(test)]
mod tests {
    use iisc_spec::Target;

    use crate::plan::planned;

    #[test]
    fn webdav_stays_if_it_is_to_stay() {
        let removed = |more| {
            planned(more, Target::Iis10).host.handlers[0]
                .removed
                .clone()
        };
        assert_eq!(removed(""), ["WebDAV", "s"]);
        assert_eq!(removed(r#", "webdav": "keep""#), ["s"]);
    }

    #[test]
    fn a_static_folder_takes_its_url_from_python() {
        let plan = planned(r#", "static": {"/a/b": {"folder": "b"}}"#, Target::Iis10);
        let files = &plan.host.handlers[1];
        assert_eq!(files.url, "/a/b");
        assert_eq!(files.removed, ["s", "s-static"]);
        assert_eq!(files.added[3], ("modules", "StaticFileModule".to_owned()));
    }
}
