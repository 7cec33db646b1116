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
fn a_virtual_environment_outside_the_root_is_closed_and_not_replaced() {
    let text = r#"{"name": "s", "root": "D:\\s", "python": {"interpreter": "E:\\env\\Scripts\\python.exe", "handler": "s.app"}}"#;
    let spec: AppSpec = serde_json::from_str(text).unwrap();
    for target in Target::ALL {
        let environment = &super::folders(&spec, target, "s")[1];
        let change = match target.has(Feature::Schema) {
            true => Change::Close,
            false => Change::Replace,
        };
        assert_eq!(environment.path.as_str(), r"E:\env");
        assert_eq!(environment.change, change, "{target}");
        let acl = environment.granted().permissions.unwrap();
        assert!(acl.protected && acl.entries.len() == 3, "{target}");
    }
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
