//! Files that IIS sends itself, below an application that is below a site.

use crate::folder::Folder;
use crate::support::{Answer, Emulator, head};
use iisc_emulator::Event;

const EXE: &str = r"D:\apps\shop\env\Scripts\python.exe";

/// How the handlers come to the server.
#[derive(Clone, Copy)]
enum Sections {
    /// In the application's own file.
    Own,
    /// In the server's file.
    Location,
}

fn handlers(static_cache: &str) -> (String, String) {
    let own = format!(
        r#"<handlers><remove name="shop"/><add name="shop" path="*" verb="*" modules="FastCgiModule" scriptProcessor="{EXE}|-m iisc_gateway --app shop" resourceType="Unspecified" requireAccess="Script"/></handlers>"#
    );
    let files = format!(
        r#"<handlers><remove name="shop"/><remove name="shop-static"/><add name="shop-static" path="*" verb="*" modules="StaticFileModule" resourceType="File" requireAccess="Read"/></handlers>{static_cache}"#
    );
    (own, files)
}

/// A shop at `/shop` with files at `/shop/static`, and more configuration of its own.
fn shop(test: &str, sections: Sections, web: &str, host: &str) -> Folder {
    let cache = r#"<staticContent><clientCache cacheControlMode="UseMaxAge" cacheControlMaxAge="7.00:00:00"/></staticContent>"#;
    let (own, files) = handlers(cache);
    let located = |path: &str, what: &str| {
        format!(r#"<location path="{path}"><system.webServer>{what}</system.webServer></location>"#)
    };
    let (in_web, in_host) = match sections {
        Sections::Own => (
            format!(
                "<system.webServer>{own}</system.webServer>{}",
                located("static", &files)
            ),
            String::new(),
        ),
        Sections::Location => (
            String::new(),
            located("Market/shop", &own) + &located("Market/shop/static", &files),
        ),
    };
    let settings = r#"<appSettings><add key="WSGI_HANDLER" value="shop.app"/></appSettings>"#;
    let web = format!("<configuration>{settings}{in_web}{web}</configuration>");
    let host = format!(
        r#"<configuration>
  <system.applicationHost>
    <sites><site name="Market" id="4"><application path="/shop" applicationPool="shop">
      <virtualDirectory path="/" physicalPath="D:\apps\shop"/>
      <virtualDirectory path="/static" physicalPath="D:\apps\shop\web\files"/>
    </application></site></sites>
  </system.applicationHost>
  <system.webServer><fastCgi><application fullPath="{EXE}" arguments="-m iisc_gateway --app shop"/></fastCgi></system.webServer>
  {in_host}{host}
</configuration>"#
    );
    Folder::new(test)
        .with("iis10/Web.config", web)
        .with("iis10/applicationHost.fragment.config", host)
        .with("root/shop.py", "secret")
        .with("root/web/files/style.css", "body{color:red}")
        .with("root/web/files/Img/a b.PNG", "png")
        .with("root/web/files/data.py", "no type")
        .with("root/web/files/sub/index.html", "<p>sub")
        .with("root/web/files/Web.config", "<configuration/>")
        .with("root/web/secret.css", "secret")
}

async fn play(test: &str, web: &str, host: &str) -> Emulator {
    shop(test, Sections::Own, web, host).play(&["iis10"]).await
}

#[tokio::test]
async fn a_file_is_sent_with_its_type_and_age_and_everything_else_goes_to_python() {
    for (test, sections) in [
        ("files_own", Sections::Own),
        ("files_location", Sections::Location),
    ] {
        let mut emulator = shop(test, sections, "", "").play(&["iis10"]).await;
        let answer = emulator.get("/shop/static/style.css?v=2").await;
        assert_eq!(answer.ok(), "body{color:red}");
        for (name, value) in [
            ("content-type", "text/css"),
            ("content-length", "15"),
            ("cache-control", "max-age=604800"),
            ("accept-ranges", "bytes"),
            ("server", "Microsoft-IIS/10.0"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{}", answer.head);
        }
        let answered = emulator
            .event(|event| match event {
                Event::Answered(answered) => Some(answered),
                _ => None,
            })
            .await;
        assert_eq!(answered.route.handler.as_deref(), Some("shop-static"));
        let file = answered.route.file.unwrap();
        assert!(file.ends_with("root/web/files/style.css"), "{file:?}");
        let page = emulator.get("/shop/staticx/vars").await.ok();
        assert!(page.contains("URL=/shop/staticx/vars"), "{page}");
    }
}

#[tokio::test]
async fn case_does_not_count_as_on_windows() {
    let emulator = play("files_case", "", "").await;
    let answer = emulator.get("/SHOP/Static/img/A%20B.png").await;
    assert_eq!(answer.ok(), "png");
    assert_eq!(answer.header("content-type"), Some("image/png"));
}

#[tokio::test]
async fn whoever_has_a_file_does_not_get_it_again() {
    let emulator = play("files_conditions", "", "").await;
    let url = "/shop/static/style.css";
    let first = emulator.get(url).await;
    let (tag, date) = (first.header("etag"), first.header("last-modified"));
    let (tag, date) = (tag.unwrap(), date.unwrap());
    assert!(tag.starts_with('"') && tag.ends_with(":0\""), "{tag}");
    for condition in [
        format!("If-None-Match: {tag}\r\n"),
        format!("If-Modified-Since: {date}\r\n"),
    ] {
        let again = emulator.ask("GET", url, &condition).await;
        assert_eq!((again.status, again.text()), (304, String::new()));
        assert_eq!(again.header("etag"), Some(tag));
        assert_eq!(again.header("cache-control"), Some("max-age=604800"));
    }
    let changed = emulator
        .ask("GET", url, "If-None-Match: \"other\"\r\n")
        .await;
    assert_eq!(changed.ok(), "body{color:red}");
}

#[tokio::test]
async fn a_head_has_no_body_and_a_range_is_a_part() {
    let emulator = play("files_parts", "", "").await;
    let url = "/shop/static/style.css";
    let head = emulator.ask("HEAD", url, "").await;
    assert_eq!((head.status, head.text()), (200, String::new()));
    assert_eq!(head.header("content-length"), Some("15"));
    let part = emulator.ask("GET", url, "Range: bytes=5-9\r\n").await;
    assert_eq!((part.status, part.text()), (206, "color".to_owned()));
    assert_eq!(part.header("content-range"), Some("bytes 5-9/15"));
    let outside = emulator.ask("GET", url, "Range: bytes=15-\r\n").await;
    assert_eq!(outside.code(), "416.0");
    assert_eq!(outside.header("content-range"), Some("bytes */15"));
    let stale = "Range: bytes=5-9\r\nIf-Range: \"other\"\r\n";
    let whole = emulator.ask("GET", url, stale).await;
    assert_eq!(whole.ok(), "body{color:red}");
}

#[tokio::test]
async fn what_is_no_file_has_its_own_code() {
    let emulator = play("files_codes", "", "").await;
    for (method, path, code) in [
        ("GET", "/shop/static/nothing.css", "404.0"),
        ("GET", "/shop/static/style.css/", "404.0"),
        ("GET", "/shop/static/style.css/x", "404.0"),
        ("GET", "/shop/static/style.css.", "404.0"),
        ("GET", "/shop/static/style.css::$DATA", "404.0"),
        ("GET", "/shop/static/data.py", "404.3"),
        ("GET", "/shop/static/", "403.14"),
        ("GET", "/shop/static/Web.config", "404.8"),
        ("POST", "/shop/static/style.css", "405.0"),
        ("DELETE", "/shop/static/style.css", "405.0"),
    ] {
        let answer = emulator.ask(method, path, "").await;
        assert_eq!(answer.code(), code, "{method} {path}");
    }
    let refused = emulator.ask("POST", "/shop/static/style.css", "").await;
    assert_eq!(refused.header("allow"), Some("GET, HEAD, OPTIONS, TRACE"));
}

#[tokio::test]
async fn a_folder_is_answered_for_by_its_document() {
    let emulator = play("files_documents", "", "").await;
    let moved = emulator.get("/shop/static/sub?a=b").await;
    assert_eq!(moved.status, 301);
    assert_eq!(moved.header("location"), Some("/shop/static/sub/?a=b"));
    let document = emulator.get("/shop/static/sub/").await;
    assert_eq!(document.ok(), "<p>sub");
    assert_eq!(document.header("content-type"), Some("text/html"));
}

#[tokio::test]
async fn no_path_leads_out_of_the_folder() {
    let folder = shop("files_traversal", Sections::Own, "", "");
    let files = folder.path("root/web/files");
    std::os::unix::fs::symlink("style.css", files.join("inner.css")).unwrap();
    std::os::unix::fs::symlink("../secret.css", files.join("outer.css")).unwrap();
    let emulator = folder.play(&["iis10"]).await;
    assert_eq!(
        emulator.get("/shop/static/inner.css").await.ok(),
        "body{color:red}"
    );
    for path in [
        "/shop/static/outer.css",
        "/shop/static/%252e%252e/secret.css",
        "/shop/static/..%255csecret.css",
        "/shop/static/...../secret.css",
        "/shop/static/C:/secret.css",
    ] {
        let answer = emulator.get(path).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.text());
    }
    // What is resolved before anybody looks for a file is another URL, and that one is Python's.
    for path in [
        "/shop/static/../vars",
        "/shop/static/%2e%2e/vars",
        "/shop/static/..%5Cvars",
    ] {
        assert!(emulator.get(path).await.ok().contains("URL=/shop/vars"));
    }
    assert_eq!(
        emulator.get("/shop/static/../../../x").await.code(),
        "400.0"
    );
}

#[tokio::test]
async fn filtering_of_the_artifacts_is_for_files_and_python_alike() {
    let filtering = r#"<system.webServer><security><requestFiltering>
        <requestLimits maxAllowedContentLength="10" maxUrl="60" maxQueryString="9"/>
        <fileExtensions><add fileExtension=".svg" allowed="false"/></fileExtensions>
        <verbs allowUnlisted="false"><add verb="GET" allowed="true"/></verbs>
        <hiddenSegments><add segment="drafts"/></hiddenSegments>
      </requestFiltering></security></system.webServer>"#;
    let emulator = play("files_filtering", filtering, "").await;
    let long = "x".repeat(60);
    for below in ["static", "page"] {
        for (rest, code) in [
            ("a.svg".to_owned(), "404.7"),
            ("drafts/a.css".to_owned(), "404.8"),
            ("a+b.css".to_owned(), "404.11"),
            (long.clone(), "404.14"),
            ("a.css?0123456789".to_owned(), "404.15"),
        ] {
            let answer = emulator.get(&format!("/shop/{below}/{rest}")).await;
            assert_eq!(answer.code(), code, "{below} {rest}");
        }
        let path = format!("/shop/{below}/a.css");
        assert_eq!(emulator.ask("PUT", &path, "").await.code(), "404.6");
        let upload = head("GET", &path, "Content-Length: 11\r\n");
        let answer = Answer::read(emulator.send(upload.as_bytes()).await).await;
        assert_eq!(answer.code(), "404.13");
    }
}

#[tokio::test]
async fn nobody_without_a_name_is_let_in_where_that_is_disabled() {
    let closed = r#"<location path="Market/shop"><system.webServer><security><authentication>
        <anonymousAuthentication enabled="false"/><windowsAuthentication enabled="true"/><basicAuthentication enabled="true"/>
      </authentication></security></system.webServer></location>"#;
    let open = r#"<location path="Market/shop/static"><system.webServer><security><authentication>
        <anonymousAuthentication enabled="true"/></authentication></security></system.webServer></location>"#;
    let host = format!("{closed}{open}");
    let emulator = play("files_authentication", "", &host).await;
    let answer = emulator.get("/shop/vars").await;
    assert_eq!(answer.code(), "401.2");
    let asked: Vec<_> = answer
        .head
        .lines()
        .filter_map(|line| line.strip_prefix("www-authenticate: "))
        .collect();
    assert_eq!(asked, ["Negotiate", "NTLM", "Basic realm=\"localhost\""]);
    assert_eq!(emulator.get("/shop/static/style.css").await.status, 200);
}

#[tokio::test]
async fn a_handler_without_its_permission_is_refused() {
    let policy = r#"<location path="static"><system.webServer><handlers accessPolicy="Script"/></system.webServer></location>"#;
    let emulator = play("files_policy", policy, "").await;
    let answer = emulator.get("/shop/static/style.css").await;
    assert_eq!(answer.code(), "403.2");
    assert_eq!(emulator.get("/shop/vars").await.status, 200);
}
