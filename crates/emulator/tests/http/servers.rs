//! Whole servers: the files of an example, IIS 6, several applications side by side.

use std::path::Path;

use iisc_emulator::{Event, Local, Server};

use crate::folder::Folder;

#[test]
fn the_artifacts_of_every_example_are_accepted() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut read = 0;
    for example in examples.read_dir().unwrap() {
        let expected = example.unwrap().path().join("expected");
        for folder in folders_below(&expected) {
            let local = Local {
                root: folder.clone(),
                interpreter: "python3".into(),
                state: "state".into(),
            };
            let server = Server::load(&folder, local).unwrap();
            let application = server.applications().next().unwrap();
            assert!(application.path().starts_with('/'));
            server.pairing(application).unwrap();
            read += 1;
        }
    }
    assert!(read > 5, "{read}");
}

/// The folders that hold a `Web.config`.
fn folders_below(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = folder.read_dir().into_iter().flatten();
    let folders = entries.map(|entry| entry.unwrap().path());
    folders
        .filter(|path| path.is_dir())
        .flat_map(|path| match path.join("Web.config").is_file() {
            true => vec![path],
            false => folders_below(&path),
        })
        .collect()
}

const INI: &str = r"; note

[Types]
py:1=old
*:/lm/w3svc/3/root/shop=shop

[old]
ExePath=C:\old.exe

[shop]
ExePath=D:\apps\shop\env\Scripts\python.exe
Arguments=-m iisc_gateway --app shop
EnvironmentVars=IISC_APP_ROOT:D:\apps\shop,SHOP_URL://a b,LIST:1/,2
MaxInstances=1
ResponseBufferLimit=0
";

const WEB: &str = r#"<configuration><appSettings>
    <add key="WSGI_HANDLER" value="shop.app"/><add key="PYTHONPATH" value="D:\apps\shop\src"/>
  </appSettings></configuration>"#;

#[tokio::test]
async fn iis_6_is_played_from_its_ini_file() {
    let folder = Folder::new("iis6")
        .with("iis6/fcgiext.ini", INI.replace('\n', "\r\n"))
        .with("iis6/Web.config", WEB)
        .with("root/web.config", "for nobody");
    let emulator = folder.play(&["iis6"]).await;
    let answer = emulator.get("/shop/a+b/vars").await;
    let text = answer.ok();
    for line in [
        "SERVER_SOFTWARE=Microsoft-IIS/6.0",
        "APPL_MD_PATH=/LM/W3SVC/3/ROOT/shop",
        "URL=/shop/a+b/vars",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}: {text}");
    }
    assert_eq!(answer.header("server"), Some("Microsoft-IIS/6.0"));
    // Nothing is filtered, everything is Python's.
    for path in ["/shop/web.config/vars", "/shop/x.py/vars"] {
        assert_eq!(emulator.get(path).await.status, 200, "{path}");
    }
    for (name, value) in [
        ("SHOP_URL", "/a b"),
        ("LIST", "1,2"),
        ("IISC_APP_ROOT", folder.path("root").to_str().unwrap()),
    ] {
        let text = emulator.get(&format!("/shop/start?{name}")).await.ok();
        assert!(text.ends_with(&format!("\n{value}\n")), "{text}");
    }
    let config = std::fs::read_to_string(folder.path("state/Web.config")).unwrap();
    let source = folder.path("root/src");
    assert!(config.contains(source.to_str().unwrap()), "{config}");
}

#[tokio::test]
async fn a_url_of_no_type_is_answered_as_iis_6_does() {
    let ini = "[Types]\npy:3=shop\n[shop]\nExePath=p\n";
    let folder = Folder::new("iis6_types")
        .with("iis6/fcgiext.ini", ini)
        .with("iis6/Web.config", "<configuration/>");
    let emulator = folder.play(&["iis6"]).await;
    let answer = emulator.get("/a.php").await;
    assert_eq!(answer.code(), "500.0");
    assert!(
        answer
            .text()
            .contains("Could not find entry for \"php\" on site 3 in [Types] section"),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn iis_6_sends_the_files_of_a_folder_that_set_up_made() {
    let script = r#"%$RUN% cscript //nologo //e:jscript "%$HERE%iis6.js" make application 3 /shop D:\apps\shop "shop pool" shop %$TO_LOG%
%$RUN% cscript //nologo //e:jscript "%$HERE%iis6.js" make static 3 /shop/static D:\apps\shop\files "D, 0xe10" %$TO_LOG%
"#;
    let folder = Folder::new("iis6_files")
        .with("iis6/fcgiext.ini", INI)
        .with("iis6/Web.config", WEB)
        .with("iis6/register.cmd", script)
        .with("root/files/a.css", "css")
        .with("root/files/web.config", "hidden by having no type");
    let emulator = folder.play(&["iis6"]).await;
    let answer = emulator.get("/shop/static/a.css").await;
    assert_eq!(answer.ok(), "css");
    assert_eq!(answer.header("cache-control"), Some("max-age=3600"));
    assert_eq!(answer.header("server"), Some("Microsoft-IIS/6.0"));
    for (path, code) in [
        ("/shop/static/vars", "404.0"),
        ("/shop/static/web.config", "404.3"),
        ("/shop/static/", "403.14"),
    ] {
        assert_eq!(emulator.get(path).await.code(), code, "{path}");
    }
    let text = emulator.get("/shop/start?APP_POOL_ID").await.ok();
    assert!(text.ends_with("\nshop pool\n"), "{text}");
}

/// The two files of an application at a path of a site.
fn application(folder: Folder, name: &str, path: &str, root: &str) -> Folder {
    let web = format!(
        r#"<configuration><appSettings><add key="PYTHONPATH" value="D:\apps\shop;D:\lib\shared"/></appSettings>
           <system.webServer><handlers><add name="{name}" path="*" verb="*" modules="FastCgiModule" scriptProcessor="D:\p.exe|{name}"/></handlers></system.webServer></configuration>"#
    );
    let host = format!(
        r#"<configuration>
  <system.applicationHost><sites><site name="S"><application path="{path}"><virtualDirectory path="/" physicalPath="{root}"/></application></site></sites></system.applicationHost>
  <system.webServer><fastCgi><application fullPath="D:\p.exe" arguments="{name}"><environmentVariables><environmentVariable name="PYTHONPATH" value="D:\lib\one;D:\lib\two"/></environmentVariables></application></fastCgi></system.webServer>
</configuration>"#
    );
    let file = |file: &str| format!("{name}/iis10/{file}");
    folder
        .with(&file("Web.config"), web)
        .with(&file("applicationHost.fragment.config"), host)
}

#[tokio::test]
async fn applications_share_a_server_and_what_stands_for_their_roots() {
    let folder = Folder::new("several");
    let folder = application(folder, "shop", "/", r"D:\apps\shop");
    let folder = application(folder, "admin", "/admin", r"D:\apps\shop-admin");
    let mut emulator = folder.play(&["shop/iis10", "admin/iis10"]).await;
    for (path, name, md_path) in [
        ("/vars", "shop", "/LM/W3SVC/1/ROOT"),
        ("/administrator/vars", "shop", "/LM/W3SVC/1/ROOT"),
        ("/Admin/vars", "admin", "/LM/W3SVC/1/ROOT/admin"),
    ] {
        let text = emulator.get(path).await.ok();
        let line = format!("APPL_MD_PATH={md_path}");
        assert!(text.lines().any(|found| found == line), "{text}");
        let handler = emulator
            .event(|event| match event {
                Event::Answered(answered) => answered.route.handler,
                _ => None,
            })
            .await;
        assert_eq!(handler, name, "{path}");
    }
    let config = std::fs::read_to_string(folder.path("state/Web.1.config")).unwrap();
    let expected = format!(
        "value=\"{};{}\"",
        folder.path("root").display(),
        folder.path("state/D/lib/shared").display()
    );
    assert!(config.contains(&expected), "{config}");
}

#[tokio::test]
async fn each_folder_of_a_list_is_made_by_itself() {
    let folder = application(Folder::new("lists"), "admin", "/admin", r"D:\apps\admin");
    let emulator = folder.play(&["admin/iis10"]).await;
    emulator.get("/admin/vars").await.ok();
    let names = |name: &str| {
        let entries = folder.path(name).read_dir().unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("state"), ["D", "Web.config"]);
    assert_eq!(names("state/D"), ["apps", "lib"]);
    assert!(names("state/D/apps").is_empty());
    assert!(names("state/D/lib").is_empty());
}

#[test]
fn two_applications_at_one_path_are_refused() {
    let folder = Folder::new("twice");
    let folder = application(folder, "a", "/x", r"D:\a");
    let folder = application(folder, "b", "/X", r"D:\b");
    let local = Local {
        root: folder.path("root"),
        interpreter: "python3".into(),
        state: folder.path("state"),
    };
    let folders = ["a/iis10", "b/iis10"].map(|name| folder.path(name));
    let error = Server::load_all(&folders, local).unwrap_err();
    assert!(error.message().contains("`/X`"), "{error}");
}
