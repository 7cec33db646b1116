//! Who may do what in which folder or file: least privilege, derived from the spec.

use iisc_spec::model::{AppSpec, Identity, WinPath};
use iisc_spec::sddl;
use iisc_spec::{Feature, Target};

use super::Purpose;
use super::folder::{Change, Covered, Folder, Grant, Principal, Rights};

/// The folders and files of a spec, each once.
pub(super) fn folders(spec: &AppSpec, target: Target, pool: &str) -> Vec<Folder> {
    let identity = identity(spec, target, pool);
    let kept = needs(spec).into_iter().fold(Vec::new(), with);
    let own = kept
        .into_iter()
        .map(|need| need.folder(identity.as_ref(), spec));
    // What is neither made nor granted to anybody needs no command.
    let is_touched =
        |folder: &Folder| folder.create || folder.descriptor.is_some() || !folder.grants.is_empty();
    let mut folders: Vec<Folder> = own.filter(is_touched).collect();
    folders.extend(for_visitors(spec, target));
    folders
}

/// Adds a need, or has one that is there cover it: rights below a folder are those of the folder, unless more is
/// needed there.
fn with(mut kept: Vec<Need>, need: Need) -> Vec<Need> {
    let covers = |other: &Need| {
        // A file for nobody else gets a list of its own, wherever it lies.
        match need.is_file && need.change == Change::Replace {
            true => same_path(&need.path, &other.path),
            false => need.path.is_within(&other.path) && other.rights >= need.rights,
        }
    };
    let covered = Covered {
        path: need.path.clone(),
        purpose: need.purpose,
    };
    if let Some(other) = kept.iter_mut().find(|other| covers(other)) {
        other.covers.push(covered);
        return kept;
    }
    match kept
        .iter_mut()
        .find(|other| same_path(&other.path, &need.path))
    {
        Some(other) => {
            other.rights = need.rights;
            other.covers.push(covered);
        }
        None => kept.push(need),
    }
    kept
}

/// The account that the application runs as; `None` for the system itself, which needs no permission.
fn identity(spec: &AppSpec, target: Target, pool: &str) -> Option<Principal> {
    match spec.pool.identity_on(target) {
        Identity::ApplicationPool => Some(Principal::application_pool(pool)),
        Identity::NetworkService => Some(Principal::NetworkService),
        Identity::LocalService => Some(Principal::LocalService),
        Identity::LocalSystem => None,
        Identity::SpecificUser => {
            // Without a user the spec has an error and comes to no plan.
            let user = spec.pool.user.as_ref()?.name.as_str();
            // A name without a domain is looked for on the server first; `.` is not a domain that cacls knows.
            let name = user.strip_prefix(".\\").unwrap_or(user);
            Some(Principal::Account(name.to_owned()))
        }
    }
}

/// Folders of static files as those who visit need them: IIS opens such a file as its visitor and not as the
/// pool. An anonymous one is the pool's account by `anonymousAuthentication` of the fragment, so that only those
/// who sign in are left. On IIS 6 he is `IUSR_<machine>`, an account that signs in like any other and whose SID no
/// two servers share (section 9.5 of the IIS fact sheet).
fn for_visitors(spec: &AppSpec, target: Target) -> Vec<Folder> {
    let signs_in = spec.authentication.windows || spec.authentication.basic;
    if target.has(Feature::Schema) && !signs_in {
        return Vec::new();
    }
    let mut folders: Vec<Folder> = Vec::new();
    for mount in spec.static_files.values() {
        let path = mount.folder.below(&spec.root);
        if !folders.iter().any(|folder| same_path(&folder.path, &path)) {
            folders.push(Folder {
                path,
                purpose: Purpose::StaticFiles,
                is_file: false,
                change: Change::Add,
                create: false,
                grants: vec![Grant {
                    principal: Principal::AuthenticatedUsers,
                    rights: Rights::ReadExecute,
                }],
                descriptor: None,
                covers: Vec::new(),
            });
        }
    }
    folders
}

/// The descriptor that the spec gives, without the command around it that people paste along.
fn descriptor(spec: &AppSpec) -> Option<String> {
    let text = spec.access.sddl.as_ref()?.as_str();
    // A spec whose descriptor cannot be read has an error and comes to no plan.
    let read = sddl::parse(text).ok()?;
    Some(read.descriptor.to_string())
}

fn same_path(a: &WinPath, b: &WinPath) -> bool {
    a.is_within(b) && b.is_within(a)
}

/// What the application needs in one folder, or of one file.
struct Need {
    path: WinPath,
    purpose: Purpose,
    is_file: bool,
    rights: Rights,
    change: Change,
    create: bool,
    covers: Vec<Covered>,
}

impl Need {
    fn folder(self, identity: Option<&Principal>, spec: &AppSpec) -> Folder {
        // A whole drive or share is never the application's alone, and is there already.
        let whole = self.path.parent().is_none();
        let change = if whole { Change::Add } else { self.change };
        let owners = match change {
            Change::Replace => vec![Principal::Administrators, Principal::LocalSystem],
            Change::Add => Vec::new(),
        };
        let mut grants: Vec<Grant> = owners
            .into_iter()
            .map(|principal| Grant {
                principal,
                rights: Rights::Full,
            })
            .collect();
        grants.extend(identity.map(|identity| Grant {
            principal: identity.clone(),
            rights: self.rights,
        }));
        let is_root = same_path(&self.path, &spec.root);
        Folder {
            path: self.path,
            purpose: self.purpose,
            is_file: self.is_file,
            change,
            create: self.create && !whole,
            grants,
            descriptor: descriptor(spec).filter(|_| is_root),
            covers: self.covers,
        }
    }
}

impl Need {
    fn read(path: WinPath, purpose: Purpose, change: Change) -> Self {
        Self {
            path,
            purpose,
            is_file: false,
            rights: Rights::ReadExecute,
            change,
            create: false,
            covers: Vec::new(),
        }
    }

    fn write(path: WinPath, purpose: Purpose) -> Self {
        Self {
            rights: Rights::Modify,
            create: true,
            ..Self::read(path, purpose, Change::Add)
        }
    }
}

/// Folders that are the application's alone get exactly our grants. Others get ours added: who shares a log folder
/// or a data folder, nobody has told us, and taking away somebody's access breaks what we cannot see.
///
/// This is the table of section 9.6 of the IIS fact sheet.
fn needs(spec: &AppSpec) -> Vec<Need> {
    let shared = |path, purpose| Need::read(path, purpose, Change::Add);
    let each = |paths: &[WinPath], purpose| {
        let needs = paths.iter().map(|path| shared(path.clone(), purpose));
        needs.collect::<Vec<_>>()
    };
    let python = &spec.python;
    let mut needs = vec![
        Need::read(spec.root.clone(), Purpose::Root, Change::Replace),
        Need {
            is_file: true,
            ..shared(spec.root.join("Web.config"), Purpose::WebConfig)
        },
    ];
    let environment = python.virtualenv();
    needs.extend(
        environment.map(|path| Need::read(path, Purpose::VirtualEnvironment, Change::Replace)),
    );
    let interpreter = python.interpreter.parent();
    needs.extend(interpreter.map(|path| shared(path, Purpose::Interpreter)));
    let base = python.base_interpreter.as_ref().and_then(WinPath::parent);
    needs.extend(base.map(|path| shared(path, Purpose::BaseInterpreter)));
    needs.extend(each(&python.pythonpath, Purpose::Pythonpath));
    needs.extend(each(&python.dll_directories, Purpose::Dlls));
    needs.extend(each(&spec.access.readable, Purpose::Readable));
    needs.extend(bridge(spec).map(|path| shared(path, Purpose::Bridge)));
    let mounts = spec.static_files.values();
    needs.extend(mounts.map(|mount| shared(mount.folder.below(&spec.root), Purpose::StaticFiles)));
    let writable = spec.access.writable.iter().cloned();
    needs.extend(writable.map(|path| Need::write(path, Purpose::Writable)));
    let log = spec.log.as_ref().and_then(|log| log.file.parent());
    needs.extend(log.map(|path| Need::write(path, Purpose::Log)));
    needs.extend(spec.secrets.values().map(|secret| of_secret(&secret.file)));
    needs
}

/// The file of a secret, which is made empty if it is not there: one that somebody makes later would be readable for
/// whoever may read the folder, while a value that is written into this one is protected from its first byte.
fn of_secret(file: &WinPath) -> Need {
    Need {
        is_file: true,
        rights: Rights::Read,
        create: true,
        ..Need::read(file.clone(), Purpose::Secret, Change::Replace)
    }
}

/// Where the bridge is run from a file, the folder of that.
fn bridge(spec: &AppSpec) -> Option<WinPath> {
    spec.bridge.script.as_ref()?.parent()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders_of(more: &str) -> Vec<(String, Change, Rights)> {
        let text = format!(
            r#"{{"name": "shop", "root": "D:\\shop", "python": {{"interpreter": "D:\\shop\\env\\Scripts\\python.exe", "handler": "shop.app"{more}}}"#
        );
        let spec: AppSpec = serde_json::from_str(&text).unwrap();
        let identity = Principal::application_pool("shop");
        folders(&spec, Target::Iis10, "shop")
            .into_iter()
            .map(|folder| {
                let own = folder
                    .grants
                    .iter()
                    .find(|grant| grant.principal == identity)
                    .unwrap();
                (folder.path.to_string(), folder.change, own.rights)
            })
            .collect()
    }

    #[test]
    fn the_root_covers_the_virtual_environment_within_it() {
        assert_eq!(
            folders_of("}"),
            [(r"D:\shop".to_owned(), Change::Replace, Rights::ReadExecute)]
        );
    }

    #[test]
    fn folders_of_others_are_added_to_and_never_replaced() {
        let folders = folders_of(
            r#", "base-interpreter": "C:\\Python312\\python.exe", "pythonpath": ["E:\\lib"]}"#,
        );
        assert_eq!(
            folders[1..],
            [
                (r"C:\Python312".to_owned(), Change::Add, Rights::ReadExecute),
                (r"E:\lib".to_owned(), Change::Add, Rights::ReadExecute),
            ]
        );
    }

    #[test]
    fn the_permissions_of_a_whole_drive_are_never_replaced() {
        let text = r#"{"name": "s", "root": "D:\\s", "python": {"interpreter": "D:\\s\\python.exe", "handler": "s.app"},
            "log": {"file": "E:\\s.log"}, "access": {"writable": ["\\\\nas\\web"]}}"#;
        let spec: AppSpec = serde_json::from_str(text).unwrap();
        let folders = super::folders(&spec, Target::Iis10, "s");
        let shared: Vec<_> = folders
            .iter()
            .filter(|folder| folder.change == Change::Add && !folder.create)
            .map(|folder| folder.path.as_str())
            .collect();
        assert_eq!(shared, [r"\\nas\web", r"E:\"]);
    }

    fn planned(more: &str, target: Target) -> Vec<Folder> {
        let text = format!(
            r#"{{"name": "s", "root": "D:\\s", "python": {{"interpreter": "D:\\s\\env\\Scripts\\python.exe", "handler": "s.app"}}, {more}}}"#
        );
        super::folders(&serde_json::from_str(&text).unwrap(), target, "s")
    }

    fn who(folder: &Folder) -> &Principal {
        &folder.grants.last().unwrap().principal
    }

    #[test]
    fn the_account_of_the_pool_is_let_in() {
        for (pool, expected) in [
            (r#""network-service""#, Principal::NetworkService),
            (r#""local-service""#, Principal::LocalService),
            (r#""local-system""#, Principal::LocalSystem),
            (
                r#""specific-user", "user": {"name": ".\\svc"}"#,
                Principal::Account("svc".to_owned()),
            ),
            (
                r#""specific-user", "user": {"name": "EXAMPLE\\svc"}"#,
                Principal::Account(r"EXAMPLE\svc".to_owned()),
            ),
        ] {
            let more =
                format!(r#""pool": {{"identity": {pool}}}, "access": {{"readable": ["E:\\x"]}}"#);
            let folders = planned(&more, Target::Iis10);
            assert_eq!(who(&folders[0]), &expected, "{pool}");
            // The system itself may read everywhere.
            let shared = if expected == Principal::LocalSystem {
                1
            } else {
                2
            };
            assert_eq!(folders.len(), shared, "{pool}");
        }
    }

    #[test]
    fn visitors_that_are_not_the_pool_may_read_static_files() {
        let mount = r#""static": {"/a": {"folder": "web"}, "/b": {"folder": "Web"}}"#;
        let signed = format!(r#"{mount}, "authentication": {{"windows": true}}"#);
        let folders = planned(&signed, Target::Iis10);
        assert_eq!(folders[1].path.as_str(), r"D:\s\web");
        assert_eq!(who(&folders[1]), &Principal::AuthenticatedUsers);
        assert_eq!(folders.len(), 2);
        assert_eq!(planned(mount, Target::Iis10).len(), 1);
        for visited in [mount, &signed] {
            let folders = planned(visited, Target::Iis6);
            assert_eq!(who(&folders[1]), &Principal::AuthenticatedUsers);
        }
    }

    #[test]
    fn a_descriptor_is_for_the_root_alone_and_loses_the_command_around_it() {
        let access = r#""access": {"sddl": "cacls \"D:\\s\" /S:\"D:PAI(A;OICI;FA;;;BA)\"", "readable": ["E:\\x"]}"#;
        let folders = planned(access, Target::Iis10);
        let given: Vec<_> = folders
            .iter()
            .map(|folder| folder.descriptor.as_deref())
            .collect();
        assert_eq!(given, [Some("D:PAI(A;OICI;FA;;;BA)"), None]);
    }

    #[test]
    fn an_interpreter_outside_a_virtual_environment_is_granted_itself() {
        let folders = folders_of(r#"}, "site": {}"#);
        assert_eq!(folders.len(), 1);
        let text = r#"{"name": "s", "root": "D:\\s", "python": {"interpreter": "C:\\Python312\\python.exe", "handler": "s.app"}}"#;
        let spec: AppSpec = serde_json::from_str(text).unwrap();
        let folders = super::folders(&spec, Target::Iis6, "s");
        assert_eq!(folders[1].path.as_str(), r"C:\Python312");
        assert_eq!(folders[1].change, Change::Add);
        assert_eq!(
            folders[1].grants,
            [Grant {
                principal: Principal::NetworkService,
                rights: Rights::ReadExecute
            }]
        );
    }

    #[test]
    fn a_folder_that_is_read_and_written_appears_once_with_the_greater_right() {
        let folders = folders_of(
            r#"}, "log": {"file": "d:\\SHOP\\gateway.log"}, "access": {"writable": ["D:\\shop\\uploads", "D:\\shop\\uploads\\2026"]}"#,
        );
        assert_eq!(
            folders,
            [
                (r"D:\shop".to_owned(), Change::Replace, Rights::Modify),
                (r"D:\shop\uploads".to_owned(), Change::Add, Rights::Modify),
            ]
        );
    }

    /// The descriptor of section 9.1 of the IIS fact sheet.
    const TUTORIAL: &str =
        "D:PAI(A;OICI;FA;;;BA)(A;OICIIO;FA;;;CO)(A;OICI;0x1200a9;;;NS)(A;OICI;FA;;;SY)";

    fn entries(descriptor: &str) -> Vec<String> {
        let read = sddl::parse(descriptor).unwrap().descriptor;
        let acl = read.permissions.unwrap();
        assert!(acl.protected && acl.auto_inherited);
        let mut entries: Vec<String> = acl.entries.iter().map(ToString::to_string).collect();
        entries.sort();
        entries
    }

    #[test]
    fn the_root_gets_what_the_tutorial_grants() {
        let granted = |target| {
            let root = &planned(r#""site": {}"#, target)[0];
            (
                root.descriptor.clone(),
                entries(&root.granted().to_string()),
            )
        };
        // Nobody but administrators makes files here, who need no right as their creators.
        let mut expected = entries(TUTORIAL);
        expected.retain(|entry| entry != "(A;OICIIO;FA;;;CO)");
        assert_eq!(granted(Target::Iis6), (None, expected.clone()));
        assert_eq!(granted(Target::Iis7), (None, expected.clone()));
        let pool = sddl::Sid::application_pool("s");
        for target in [Target::Iis7_5, Target::Iis8, Target::Iis8_5, Target::Iis10] {
            let (_, own) = granted(target);
            let own: Vec<_> = own
                .iter()
                .map(|entry| entry.replace(pool.as_str(), "NS"))
                .collect();
            assert_eq!(own, expected, "{target}");
        }
    }

    #[test]
    fn the_tutorials_own_descriptor_comes_out_as_it_is() {
        let more = format!(r#""access": {{"sddl": "cacls \"%APPROOT%\" /S:\"{TUTORIAL}\""}}"#);
        for target in Target::ALL {
            let root = &planned(&more, target)[0];
            assert_eq!(root.descriptor.as_deref(), Some(TUTORIAL), "{target}");
        }
    }

    #[test]
    fn a_secret_is_for_the_application_alone_wherever_it_lies() {
        let more = r#""secrets": {"A": {"file": "D:\\s\\a.txt"}, "B": {"file": "d:\\S\\a.txt"}}"#;
        let folders = planned(more, Target::Iis10);
        assert_eq!(folders.len(), 2);
        let secret = &folders[1];
        assert!(secret.is_file && secret.create && secret.change == Change::Replace);
        let rights: Vec<_> = secret.grants.iter().map(|grant| grant.rights).collect();
        assert_eq!(rights, [Rights::Full, Rights::Full, Rights::Read]);
        assert_eq!(who(secret), &Principal::application_pool("s"));
        assert_eq!(secret.covers.len(), 1);
    }

    #[test]
    fn nothing_that_somebody_needs_is_left_out() {
        let more = r#""bridge": {"kind": "wfastcgi", "script": "C:\\b\\wfastcgi.py"}, "log": {"file": "E:\\l\\s.log"},
            "static": {"/a": {"folder": "web"}}, "access": {"writable": ["E:\\w"], "readable": ["E:\\r"]}"#;
        let text = format!(
            r#"{{"name": "s", "root": "D:\\s", {more}, "python": {{"interpreter": "E:\\env\\Scripts\\python.exe",
                "handler": "s.app", "base-interpreter": "C:\\Python312\\python.exe", "dll-directories": ["C:\\dll"],
                "pythonpath": ["E:\\lib"]}}}}"#
        );
        let folders = super::folders(&serde_json::from_str(&text).unwrap(), Target::Iis10, "s");
        let told = folders.iter().flat_map(|folder| {
            let covered = folder
                .covers
                .iter()
                .map(|it| (it.path.as_str(), it.purpose));
            std::iter::once((folder.path.as_str(), folder.purpose)).chain(covered)
        });
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                (r"D:\s", Purpose::Root),
                (r"D:\s\Web.config", Purpose::WebConfig),
                (r"D:\s\web", Purpose::StaticFiles),
                (r"E:\env", Purpose::VirtualEnvironment),
                (r"E:\env\Scripts", Purpose::Interpreter),
                (r"C:\Python312", Purpose::BaseInterpreter),
                (r"E:\lib", Purpose::Pythonpath),
                (r"C:\dll", Purpose::Dlls),
                (r"E:\r", Purpose::Readable),
                (r"C:\b", Purpose::Bridge),
                (r"E:\w", Purpose::Writable),
                (r"E:\l", Purpose::Log),
            ]
        );
    }
}
