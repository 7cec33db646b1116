//! What IIS itself does with requests: what it turns away, whom it asks for a name, which files it sends.

use std::collections::BTreeMap;

use iisc_spec::model::{
    AppSpec, Authentication, ErrorDetails, ErrorPages, Limits, Permission, RequestFiltering, Site,
    StaticMount, VirtualPath, WebDav, WinPath,
};

/// What IIS itself does with requests. Lists are empty where IIS's own setting is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Web {
    /// What IIS may do with the application's files.
    pub permissions: Vec<Permission>,
    /// Attributes of `requestLimits`, with their numbers.
    pub limits: Vec<(&'static str, u64)>,
    /// What is turned away, and what is let through beyond the usual.
    pub filtering: RequestFiltering,
    /// What becomes of the application's error pages.
    pub error_pages: ErrorPages,
    /// Who sees IIS's own details.
    pub error_details: ErrorDetails,
    /// WebDAV is taken out.
    pub without_webdav: bool,
    /// Folders that IIS sends itself.
    pub static_folders: Vec<StaticFolder>,
    /// Who may send requests; `None` leaves that to the server.
    pub sign_in: Option<SignIn>,
}

/// A folder that IIS sends itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaticFolder {
    /// URL path below the application, from `/` on.
    pub url: String,
    /// The folder on the server.
    pub folder: WinPath,
    /// Seconds that browsers keep a file.
    pub max_age: Option<u32>,
    /// Content types by extension, beside those that IIS knows.
    pub mime_types: BTreeMap<String, String>,
}

/// Who may send requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// The methods. `None` leaves them to the server.
    pub methods: Option<Authentication>,
    /// Who has no name is the pool's account, so that files need no permission of their own for him.
    pub anonymous_is_pool: bool,
}

/// Decides what IIS is told about requests.
pub(super) fn web(spec: &AppSpec) -> Web {
    let authentication = &spec.authentication;
    let methods = Authentication {
        strip_domain: false,
        ..authentication.clone()
    };
    let methods = Some(methods).filter(|methods| *methods != Authentication::default());
    let anonymous_is_pool = authentication.anonymous && !spec.static_files.is_empty();
    Web {
        permissions: permissions(&spec.site),
        limits: limits(&spec.limits),
        filtering: spec.request_filtering.clone(),
        error_pages: spec.errors.pages,
        error_details: spec.errors.details,
        without_webdav: spec.webdav == WebDav::Remove,
        static_folders: static_folders(spec),
        sign_in: (methods.is_some() || anonymous_is_pool).then_some(SignIn {
            methods,
            anonymous_is_pool,
        }),
    }
}

/// The permissions in our order, unless they are the usual ones.
fn permissions(site: &Site) -> Vec<Permission> {
    let sorted = |site: &Site| {
        let mut permissions = site.permissions.clone();
        permissions.sort();
        permissions
    };
    let own = sorted(site);
    match own == sorted(&Site::default()) {
        true => Vec::new(),
        false => own,
    }
}

/// The limits that are not IIS's own.
fn limits(limits: &Limits) -> Vec<(&'static str, u64)> {
    let usual = Limits::default();
    let each = [
        ("maxAllowedContentLength", limits.body.0, usual.body.0),
        ("maxUrl", limits.url.into(), usual.url.into()),
        ("maxQueryString", limits.query.into(), usual.query.into()),
    ];
    let own = each.into_iter().filter(|(_, limit, usual)| limit != usual);
    own.map(|(name, limit, _)| (name, limit)).collect()
}

fn static_folders(spec: &AppSpec) -> Vec<StaticFolder> {
    let folder = |(url, mount): (&VirtualPath, &StaticMount)| StaticFolder {
        url: url.to_string(),
        folder: mount.folder.below(&spec.root),
        max_age: mount.max_age.map(|age| age.0),
        mime_types: mime_types(mount),
    };
    spec.static_files.iter().map(folder).collect()
}

/// Content types of today's web that stock servers lack, or lacked for some versions: IIS 7.5 knows no JSON, IIS 8 no
/// `.woff2`, and none of them `.webp`.
const TODAYS: [(&str, &str); 10] = [
    (".avif", "image/avif"),
    (".json", "application/json"),
    (".map", "application/json"),
    (".mjs", "text/javascript"),
    (".svg", "image/svg+xml"),
    (".wasm", "application/wasm"),
    (".webmanifest", "application/manifest+json"),
    (".webp", "image/webp"),
    (".woff", "font/woff"),
    (".woff2", "font/woff2"),
];

/// Extensions are compared without case, so that only one spelling of each is written.
fn mime_types(mount: &StaticMount) -> BTreeMap<String, String> {
    let todays = TODAYS.iter();
    let todays = todays.map(|(extension, kind)| ((*extension).to_owned(), (*kind).to_owned()));
    let own = mount.mime_types.iter();
    let own = own.map(|(extension, kind)| (extension.as_str().to_lowercase(), kind.to_string()));
    todays.chain(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(more: &str) -> Web {
        let text = format!(
            r#"{{"name": "s", "root": "D:\\s", "python": {{"interpreter": "D:\\s\\python.exe", "handler": "s.app"}}{more}}}"#
        );
        web(&serde_json::from_str(&text).unwrap())
    }

    #[test]
    fn what_iis_does_anyway_is_not_written() {
        let plan = planned(
            r#", "limits": {"body": "30000000B"}, "site": {"permissions": ["script", "read"]},
               "authentication": {"anonymous": true}"#,
        );
        assert_eq!(plan, planned(""));
        assert!(plan.limits.is_empty() && plan.permissions.is_empty() && plan.sign_in.is_none());
    }

    #[test]
    fn only_what_differs_is_written() {
        let plan = planned(r#", "limits": {"body": "1KB", "query": 0}"#);
        assert_eq!(
            plan.limits,
            [("maxAllowedContentLength", 1_024), ("maxQueryString", 0)]
        );
    }

    #[test]
    fn the_content_types_of_a_spec_go_before_the_usual_ones() {
        let plan = planned(
            r#", "static": {"/s": {"folder": "s", "mime-types": {".JSON": "text/json", ".glb": "model/gltf-binary"}}}"#,
        );
        let types = &plan.static_folders[0].mime_types;
        assert_eq!(types[".json"], "text/json");
        assert_eq!(
            (types.len(), types[".glb"].as_str()),
            (11, "model/gltf-binary")
        );
    }

    #[test]
    fn static_files_are_sent_to_the_pool_unless_everybody_signs_in() {
        let mount = r#", "static": {"/static": {"folder": "web\\files/"}}"#;
        let plan = planned(mount);
        assert_eq!(plan.static_folders[0].folder.as_str(), r"D:\s\web\files");
        assert!(plan.sign_in.unwrap().anonymous_is_pool);
        let signed = planned(&format!(
            r#"{mount}, "authentication": {{"anonymous": false, "windows": true, "strip-domain": true}}"#
        ));
        assert!(!signed.sign_in.unwrap().anonymous_is_pool);
    }
}
