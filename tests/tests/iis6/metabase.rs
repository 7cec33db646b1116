//! What set-up makes of the metabase, and that removal leaves it as it was.

use serde_json::{Value, json};

use super::server::{Server, ids, planned};

const DLL: &str = r"C:\WINDOWS\system32\inetsrv\fcgiext.dll";

/// The metabase without what set-up leaves on purpose: the extension stays allowed.
fn metabase(server: &Server) -> Value {
    let mut metabase = server.state()["metabase"].take();
    metabase["W3SVC"]["properties"]["WebSvcExtRestrictionList"] = Value::Null;
    metabase
}

#[test]
fn an_application_below_a_site_is_made_once_and_removed_again() {
    let Some(server) = Server::fresh() else {
        return;
    };
    let plan = planned(
        r#", "site": {"path": "/shop"}, "static": {"/static": {"folder": "web/files", "max-age": "7d"}, "/static/img": {"folder": "img"}},
            "authentication": {"anonymous": false, "windows": true}"#,
    );
    let (before, files) = (metabase(&server), server.state()["files"].clone());
    let done = server.install(&plan).unwrap();
    let expected = [
        "allowed",
        "pool",
        "pool-settings",
        "application",
        "permissions",
        "script-map",
        "sign-in",
        "static-1",
        "static-2",
        "registration",
    ];
    assert_eq!(ids(&done), expected);

    let application = "W3SVC/1/ROOT/shop";
    for (name, value) in [
        ("Path", json!(r"D:\apps\the shop")),
        ("AppRoot", json!("/LM/W3SVC/1/ROOT/shop")),
        ("AppPoolId", json!("shop")),
        ("AppFriendlyName", json!("shop")),
        ("AccessFlags", json!(513)),
        ("AuthFlags", json!(4)),
    ] {
        assert_eq!(server.property(application, name), value, "{name}");
    }
    // What was there remains, the wildcard of somebody else included.
    let maps = server.property(application, "ScriptMaps");
    assert_eq!(maps.as_array().unwrap().len(), 3);
    assert_eq!(maps[2], json!(format!("*,{DLL},0")));
    let mount = "W3SVC/1/ROOT/shop/static";
    let maps = server.property(mount, "ScriptMaps");
    assert_eq!(
        maps,
        json!([r".asp,C:\WINDOWS\system32\inetsrv\asp.dll,5,GET,HEAD,POST"])
    );
    assert_eq!(
        server.property(mount, "Path"),
        json!(r"D:\apps\the shop\web\files")
    );
    assert_eq!(server.property(mount, "HttpExpires"), json!("D, 0x93a80"));
    let allowed = server.property("W3SVC", "WebSvcExtRestrictionList");
    assert_eq!(
        allowed[2],
        json!(r"1,C:\windows\System32\inetsrv\FCGIEXT.dll,1,FASTCGI,FastCGI Handler")
    );
    let calls = server.state()["calls"].clone();
    let last = calls.as_array().unwrap().last().unwrap();
    assert_eq!(last, "Recycle W3SVC/AppPools/shop");

    assert_eq!(ids(&server.install(&plan).unwrap()), [""; 0]);
    assert_eq!(
        server.state()["calls"],
        calls,
        "a second run changes nothing"
    );

    server.remove(&done);
    assert_eq!(metabase(&server), before);
    let ini = r"C:\WINDOWS\system32\inetsrv\fcgiext.ini";
    assert_eq!(server.state()["files"][ini], files[ini]);
}

#[test]
fn a_site_is_made_with_its_addresses() {
    let Some(server) = Server::fresh() else {
        return;
    };
    let plan = planned(
        r#", "site": {"name": "Shop", "id": 7, "bindings": [{"host": "shop.example.com"}, {"address": "10.0.0.5", "port": 81}]}"#,
    );
    let before = metabase(&server);
    let done = server.install(&plan).unwrap();
    let site = "W3SVC/7";
    assert_eq!(server.property(site, "ServerComment"), json!("Shop"));
    assert_eq!(
        server.property(site, "ServerBindings"),
        json!([":80:shop.example.com", "10.0.0.5:81:"])
    );
    let root = "W3SVC/7/ROOT";
    assert_eq!(server.property(root, "AppPoolId"), json!("shop"));
    assert_eq!(server.property(root, "Path"), json!(r"D:\apps\the shop"));
    assert!(ids(&done).contains(&"site") && !ids(&done).contains(&"bindings"));

    // Somebody takes an address away, and the next run gives it back.
    server.change(|state| {
        state["metabase"][site]["properties"]["ServerBindings"] = json!([":80:shop.example.com"]);
    });
    assert_eq!(ids(&server.install(&plan).unwrap()), ["bindings"]);

    server.remove(&done);
    assert_eq!(metabase(&server), before);
}

#[test]
fn a_site_that_is_made_for_an_application_below_it_has_a_root_of_its_own() {
    let Some(server) = Server::fresh() else {
        return;
    };
    let plan = planned(r#", "site": {"name": "Shop", "id": 7, "path": "/a/b"}"#);
    let before = metabase(&server);
    let done = server.install(&plan).unwrap();
    let root = "W3SVC/7/ROOT";
    assert_eq!(server.property(root, "Path"), json!(r"C:\Inetpub\wwwroot"));
    assert_eq!(server.property(root, "AppPoolId"), json!("DefaultAppPool"));
    assert_eq!(
        server.property("W3SVC/7", "ServerBindings"),
        json!([":80:"])
    );
    let between = &server.state()["metabase"]["W3SVC/7/ROOT/a"];
    assert_eq!(
        *between,
        json!({"class": "IIsWebDirectory", "properties": {}})
    );
    server.remove(&done);
    assert_eq!(metabase(&server), before);
}

#[test]
fn the_root_of_a_site_that_was_there_stays_a_site() {
    let Some(server) = Server::fresh() else {
        return;
    };
    let done = server.install(&planned("")).unwrap();
    let root = "W3SVC/1/ROOT";
    assert_eq!(server.property(root, "Path"), json!(r"D:\apps\the shop"));
    assert!(!ids(&done).contains(&"site"), "it has a German name");
    server.remove(&done);
    assert_eq!(server.property(root, "AppPoolId"), json!("DefaultAppPool"));
    let maps = server.property(root, "ScriptMaps");
    assert!(!maps.to_string().contains("fcgiext"), "{maps}");
}

#[test]
fn what_others_use_is_left_to_them() {
    let Some(server) = Server::fresh() else {
        return;
    };
    let first = planned(r#", "site": {"path": "/shop"}, "pool": {"name": "shared"}"#);
    let done = server.install(&first).unwrap();
    let second = r#", "site": {"path": "/shop/admin"}, "pool": {"name": "shared"}"#;
    let mut second = planned(second);
    second.name = "admin".to_owned();
    server.install(&second).unwrap();
    server.receive(&first);
    server.remove(&done);
    let metabase = metabase(&server);
    assert!(metabase["W3SVC/AppPools/shared"].is_object());
    assert!(metabase["W3SVC/1/ROOT/shop/admin"].is_object());
    let maps = server.property("W3SVC/1/ROOT/shop", "ScriptMaps");
    assert!(!maps.to_string().contains("fcgiext"), "{maps}");
}

#[test]
fn a_pool_runs_as_an_account_whose_password_is_on_no_command_line() {
    let Some(server) = Server::fresh() else {
        return;
    };
    let plan = planned(
        r#", "pool": {"identity": "specific-user", "user": {"name": ".\\svc", "password-from": "SHOP_PASSWORD"},
            "idle-timeout": "0m", "cpu": {"limit": 80, "action": "kill"},
            "recycle": {"at": ["03:00", "15:00"], "private-memory": "300MB"}}"#,
    );
    let refused = server.install(&plan).unwrap_err();
    assert_eq!(
        refused,
        (
            "pool-user".to_owned(),
            r"set the variable SHOP_PASSWORD to the password of .\svc before this is run"
                .to_owned()
        )
    );
    server.change(|state| state["environment"]["SHOP_PASSWORD"] = json!("a b%\"!"));
    let done = server.install(&plan).unwrap();
    let pool = "W3SVC/AppPools/shop";
    for (name, value) in [
        ("AppPoolIdentityType", json!(3)),
        ("WAMUserName", json!(r".\svc")),
        ("WAMUserPass", json!("a b%\"!")),
        ("IdleTimeout", json!(0)),
        ("CPULimit", json!(80_000)),
        ("CPUAction", json!(1)),
        ("CPUResetInterval", json!(5)),
        ("PeriodicRestartSchedule", json!(["03:00", "15:00"])),
        ("PeriodicRestartPrivateMemory", json!(307_200)),
        ("PeriodicRestartTime", json!(1_740)),
    ] {
        assert_eq!(server.property(pool, name), value, "{name}");
    }
    let workers = |server: &Server| server.state()["groups"]["IIS_WPG"].to_string();
    assert!(workers(&server).contains("WinNT://SERVER/svc"));
    assert!(ids(&done).contains(&"pool-user"));
}

#[test]
fn iis_in_32_bits_reads_the_files_of_the_folder_for_it() {
    let Some(server) = Server::fresh() else {
        return;
    };
    let narrow = |name: &str| format!(r"C:\WINDOWS\SysWOW64\inetsrv\{name}");
    server.change(|state| {
        state["metabase"]["W3SVC/AppPools"]["properties"]["Enable32bitAppOnWin64"] = json!(true);
        state["folders"] = json!([r"C:\WINDOWS\SysWOW64"]);
        state["files"][narrow("fcgiext.dll")] = json!("");
    });
    let plan = planned(r#", "site": {"path": "/shop"}"#);
    server.install(&plan).unwrap();
    let registered = &server.state()["files"][narrow("fcgiext.ini")];
    assert!(registered.as_str().unwrap().contains("[shop]"));
    let maps = server.property("W3SVC/1/ROOT/shop", "ScriptMaps");
    assert_eq!(maps[2], json!(format!("*,{DLL},0")));
}
