//! What is different on a server that has the files, for whoever has to agree to it.

use iisc_spec::model::Sections;
use iisc_spec::{Feature, Target};

use super::host::Binding;
use super::{Change, Folder, Plan};

/// One thing on a server that is made or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// What kind of thing it is, for programs.
    pub kind: EffectKind,
    /// Which one, as IIS or Windows calls it.
    pub name: String,
}

/// A kind of thing on a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EffectKind {
    /// An application pool, made or set.
    ApplicationPool,
    /// A site, made if it is not there.
    Site,
    /// An address that a site answers on.
    Address,
    /// An address of Windows that is given a certificate.
    Certificate,
    /// An application in a site, made or set.
    Application,
    /// A virtual directory for static files.
    VirtualDirectory,
    /// A FastCGI application of the server, by `fullPath|arguments` or by its section in `fcgiext.ini`.
    FastCgiApplication,
    /// A program that IIS 6 is allowed to run for any site.
    WebServiceExtension,
    /// A section that the `Web.config` of the application may set from then on.
    UnlockedSection,
    /// A section that is set for the application where its `Web.config` cannot change it.
    ServerSection,
    /// A file that is put into place.
    File,
    /// A folder or file that is made if it is not there.
    Made,
    /// A folder or file whose permissions are replaced.
    ReplacedPermissions,
    /// A folder that inherits no permissions any more, and gets some of its own.
    ClosedPermissions,
    /// A folder or file whose permissions get more.
    AddedPermissions,
}

impl EffectKind {
    /// The name of the kind in `manifest.json`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ApplicationPool => "application-pool",
            Self::Site => "site",
            Self::Address => "address",
            Self::Certificate => "certificate",
            Self::Application => "application",
            Self::VirtualDirectory => "virtual-directory",
            Self::FastCgiApplication => "fastcgi-application",
            Self::WebServiceExtension => "web-service-extension",
            Self::UnlockedSection => "unlocked-section",
            Self::ServerSection => "server-section",
            Self::File => "file",
            Self::Made => "made",
            Self::ReplacedPermissions => "replaced-permissions",
            Self::ClosedPermissions => "closed-permissions",
            Self::AddedPermissions => "added-permissions",
        }
    }
}

/// What a plan changes on its server, in the order in which it is set up.
#[must_use]
pub fn effects(plan: &Plan) -> Vec<Effect> {
    let mut effects = in_iis(plan);
    effects.push(effect(
        EffectKind::File,
        plan.root.join("Web.config").to_string(),
    ));
    // IIS Express runs as the developer, whose files stay as they are.
    if plan.target != Target::IisExpress {
        effects.extend(plan.access.iter().flat_map(on_disk));
    }
    effects
}

fn effect(kind: EffectKind, name: impl Into<String>) -> Effect {
    Effect {
        kind,
        name: name.into(),
    }
}

fn in_iis(plan: &Plan) -> Vec<Effect> {
    let location = &plan.location;
    let place = location.configuration_path();
    let mut effects = vec![
        effect(EffectKind::ApplicationPool, &plan.pool),
        effect(EffectKind::Site, &location.site),
        effect(
            EffectKind::Application,
            format!("{}{}", location.site, location.path),
        ),
    ];
    let site = &plan.host.site;
    let is_made = plan.target.has(Feature::Schema) && plan.target != Target::IisExpress;
    let root = site.empty_root.iter().filter(|_| is_made);
    effects.extend(root.map(|folder| effect(EffectKind::Made, folder.as_str())));
    let addresses = site.bindings.iter().flat_map(addresses);
    // On IIS 6 a certificate is chosen by hand.
    let is_set = |effect: &Effect| {
        effect.kind != EffectKind::Certificate || plan.target.has(Feature::Schema)
    };
    effects.extend(addresses.filter(is_set));
    let mounts = plan.web.static_folders.iter();
    effects.extend(mounts.map(|mount| {
        let path = format!("{place}{}", mount.url);
        effect(EffectKind::VirtualDirectory, path)
    }));
    if !plan.target.has(Feature::Schema) {
        effects.push(effect(EffectKind::FastCgiApplication, &plan.name));
        effects.push(effect(EffectKind::WebServiceExtension, "FastCGI Handler"));
        return effects;
    }
    effects.push(effect(
        EffectKind::FastCgiApplication,
        plan.key.script_processor(),
    ));
    let section = |name| format!("{name} for {place}");
    let handlers = match plan.sections {
        Sections::Unlock => EffectKind::UnlockedSection,
        Sections::Location => EffectKind::ServerSection,
    };
    effects.push(effect(handlers, section("system.webServer/handlers")));
    let server = [
        (plan.web.without_webdav, "system.webServer/modules"),
        (
            plan.web.sign_in.is_some(),
            "system.webServer/security/authentication",
        ),
    ];
    let server = server.into_iter().filter(|(is_set, _)| *is_set);
    effects.extend(server.map(|(_, name)| effect(EffectKind::ServerSection, section(name))));
    effects
}

fn addresses(binding: &Binding) -> impl Iterator<Item = Effect> {
    let address = format!("{}/{}", binding.protocol, binding.information);
    let certificate = binding.certificate.as_ref();
    let certificate = certificate.map(|it| effect(EffectKind::Certificate, &it.endpoint));
    [effect(EffectKind::Address, address)]
        .into_iter()
        .chain(certificate)
}

fn on_disk(folder: &Folder) -> impl Iterator<Item = Effect> {
    let path = folder.path.as_str();
    // The folder of a file is made with it.
    let parent = folder.path.parent().filter(|_| folder.is_file);
    let made = parent.map(|it| it.to_string()).into_iter();
    let made = made.chain([path.to_owned()]).filter(|_| folder.create);
    let made = made.map(|path| effect(EffectKind::Made, path));
    let change = match (&folder.descriptor, folder.grants.as_slice(), folder.change) {
        (None, [], _) => None,
        (Some(_), _, _) | (None, _, Change::Replace) => Some(EffectKind::ReplacedPermissions),
        (None, _, Change::Close) => Some(EffectKind::ClosedPermissions),
        (None, _, Change::Add) => Some(EffectKind::AddedPermissions),
    };
    let change = change.map(|kind| effect(kind, path));
    made.chain(change)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::planned;

    fn told(more: &str, target: Target) -> Vec<String> {
        let effects = effects(&planned(more, target));
        let told = effects.iter();
        told.map(|effect| format!("{}: {}", effect.kind.name(), effect.name))
            .collect()
    }

    #[test]
    fn everything_that_changes_on_a_server_is_told() {
        let more = r#", "site": {"name": "S", "path": "/a"}, "static": {"/files": {"folder": "web"}},
            "log": {"file": "E:\\l\\s.log"}, "secrets": {"A": {"file": "E:\\k\\a.txt"}}"#;
        let own = [
            "application-pool: s",
            "site: S",
            "application: S/a",
            "virtual-directory: S/a/files",
            r"fastcgi-application: D:\s\python.exe|-m iisc_gateway --app s",
            "unlocked-section: system.webServer/handlers for S/a",
            "server-section: system.webServer/modules for S/a",
            "server-section: system.webServer/security/authentication for S/a",
            r"file: D:\s\Web.config",
        ];
        let disk = [
            r"replaced-permissions: D:\s",
            r"made: E:\l",
            r"added-permissions: E:\l",
            r"made: E:\k",
            r"made: E:\k\a.txt",
            r"replaced-permissions: E:\k\a.txt",
        ];
        let mut server = [&own[..], &disk].concat();
        server.insert(3, r"made: D:\s-site");
        assert_eq!(told(more, Target::Iis10), server);
        let mut express = own.to_vec();
        express.insert(3, "address: http/*:8080:localhost");
        assert_eq!(told(more, Target::IisExpress), express);
        let secure = r#", "site": {"bindings": [{"certificate":
            {"thumbprint": "0123456789ABCDEF0123456789ABCDEF01234567"}}]}"#;
        let address = ["address: https/*:443:", "certificate: ipport=0.0.0.0:443"];
        assert_eq!(told(secure, Target::Iis10)[3..5], address);
        let closed = format!(r#"{more}, "sections": "location""#);
        assert_eq!(
            told(&closed, Target::Iis10)[6],
            own[5].replace("unlocked", "server")
        );
        let registered = [
            "fastcgi-application: s",
            "web-service-extension: FastCGI Handler",
        ];
        let visited = [r"added-permissions: D:\s\web"];
        let old = [&own[..4], &registered, &own[8..], &disk, &visited].concat();
        assert_eq!(told(more, Target::Iis6), old);
        assert!(
            told(secure, Target::Iis6)
                .iter()
                .all(|it| !it.starts_with("certificate"))
        );
    }
}
