//! What is answered to which URL, and what is not.

use crate::support::{Answer, Artifacts, head};
use iisc_emulator::{EndReason, Event};
use tokio::io::AsyncReadExt;

#[tokio::test]
async fn a_page_is_served_and_its_way_is_told() {
    let mut emulator = Artifacts::default().play("page").await;
    let answer = emulator.get("/postcards/pid?secret=1").await;
    let pid: u32 = answer.ok().parse().unwrap();
    assert!(
        answer.head.contains("server: Microsoft-IIS/10.0"),
        "{}",
        answer.head
    );
    let started = emulator
        .event(|event| match event {
            Event::Started { pid, application } => Some((pid, application)),
            _ => None,
        })
        .await;
    assert_eq!(
        started,
        (pid, Artifacts::default().script_processor.to_owned())
    );
    let answered = emulator
        .event(|event| match event {
            Event::Answered(answered) => Some(answered),
            _ => None,
        })
        .await;
    assert_eq!(answered.path, "/postcards/pid");
    assert_eq!(answered.status, Some(200));
    assert_eq!(answered.route.handler.as_deref(), Some("postcards"));
    assert_eq!(answered.route.pid, Some(pid));
    assert_eq!(answered.route.refused, None);
    let events = emulator.stop().await;
    assert!(
        events.contains(&Event::Ended {
            pid,
            reason: EndReason::Stopped
        }),
        "{events:?}"
    );
}

#[tokio::test]
async fn one_connection_serves_several_requests() {
    let emulator = Artifacts::default().play("keep_alive").await;
    let first = "GET /postcards/pid HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let both = format!("{first}{}", head("GET", "/postcards/pid", ""));
    let mut stream = emulator.send(both.as_bytes()).await;
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    assert_eq!(text.matches("HTTP/1.1 200 OK").count(), 2, "{text}");
}

#[tokio::test]
async fn the_process_gets_the_variables_of_iis() {
    let emulator = Artifacts::default().play("variables").await;
    let text = emulator.get("/postcards/a%20b/vars?q=1%2F2").await.ok();
    for line in [
        "URL=/postcards/a b/vars",
        "SCRIPT_NAME=/postcards/a b/vars",
        "PATH_INFO=/postcards/a b/vars",
        "REQUEST_URI=/postcards/a%20b/vars?q=1%2F2",
        "QUERY_STRING=q=1%2F2",
        "APPL_MD_PATH=/LM/W3SVC/1/ROOT/postcards",
        "REMOTE_USER=",
        "CONTENT_LENGTH=0",
        "HTTP_HOST=localhost",
    ] {
        assert!(
            text.lines().any(|found| found == line),
            "{line} is not in\n{text}"
        );
    }
}

#[tokio::test]
async fn the_process_is_started_with_the_registered_arguments_and_local_paths() {
    let artifacts = Artifacts {
        settings: r#"<add key="WSGI_LOG" value="D:\logs\postcards\gateway.log"/>"#,
        ..Artifacts::default()
    };
    let emulator = artifacts.play("start").await;
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("start");
    let state = folder.join("state");
    let text = emulator.get("/postcards/start?IISC_APP_ROOT").await.ok();
    let expected = format!(
        "[\"-m\", \"iisc_gateway\", \"--app\", \"postcards\"]\n{}\n{}\n",
        state.display(),
        folder.join("root").display()
    );
    assert_eq!(text, expected);
    let text = emulator.get("/postcards/start?IISC_WEB_CONFIG").await.ok();
    assert!(
        text.ends_with(&format!("\n{}\n", state.join("Web.config").display())),
        "{text}"
    );
    let config = std::fs::read_to_string(state.join("Web.config")).unwrap();
    let log = state.join("D/logs/postcards/gateway.log");
    assert!(
        config.contains(&format!(
            r#"<add key="WSGI_LOG" value="{}"/>"#,
            log.display()
        )),
        "{config}"
    );
    assert!(
        config.contains(r#"<add key="WSGI_HANDLER" value="postcards.app"/>"#),
        "{config}"
    );
    assert!(log.parent().unwrap().is_dir());
}

#[tokio::test]
async fn a_handler_that_differs_from_the_registration_is_answered_with_the_place() {
    let artifacts = Artifacts {
        script_processor: r"D:\apps\postcards\env\Scripts\python.exe|-m iisc-gateway --app postcards",
        ..Artifacts::default()
    };
    let mismatch = artifacts.pairing("mismatch").unwrap_err().to_string();
    let emulator = artifacts.play("mismatch").await;
    let answer = emulator.get("/postcards/").await;
    assert_eq!(answer.status, 500);
    assert_eq!(
        answer.text(),
        format!("HTTP Error 500.0 - Internal Server Error\n\n{mismatch}\n")
    );
    let lines: Vec<_> = mismatch.lines().collect();
    let caret = lines[4].find('^').unwrap();
    assert_eq!(
        (&lines[2][caret..=caret], &lines[3][caret..=caret]),
        ("-", "_"),
        "{mismatch}"
    );
    assert!(Artifacts::default().pairing("match").is_ok());
}

#[tokio::test]
async fn what_iis_turns_away_is_turned_away_with_its_code() {
    let emulator = Artifacts::default().play("refusals").await;
    for (path, title, reason) in [
        ("/", "404.0 - Not Found", "<a href=\"/postcards\">"),
        (
            "/postcardsX",
            "404.0 - Not Found",
            "<a href=\"/postcards\">",
        ),
        (
            "/postcards/../x",
            "404.0 - Not Found",
            "<a href=\"/postcards\">",
        ),
        ("/postcards/web.config", "404.8 - Not Found", "hides"),
        ("/postcards/%zz", "400.0 - Bad Request", "no valid path"),
    ] {
        let answer = emulator.get(path).await;
        assert!(answer.text().contains(title), "{path}: {}", answer.text());
        assert!(answer.text().contains(reason), "{path}: {}", answer.text());
    }
    let upload = head("POST", "/postcards/echo", "Content-Length: 30000001\r\n");
    let answer = Answer::read(emulator.send(upload.as_bytes()).await).await;
    assert_eq!(answer.status, 404);
    assert!(answer.text().contains("404.13"), "{}", answer.text());
}

#[tokio::test]
async fn a_request_without_a_handler_or_module_is_told_so() {
    for (test, handler, title) in [
        (
            "no_handler",
            r#"path="*.py" verb="*" modules="FastCgiModule""#,
            "404.0 - Not Found",
        ),
        (
            "no_verb",
            r#"path="*" verb="POST" modules="FastCgiModule""#,
            "404.0 - Not Found",
        ),
        (
            "no_module",
            r#"path="*" verb="*" modules="FastCGIModule""#,
            "500.21 - Internal Server Error",
        ),
    ] {
        let emulator = Artifacts {
            handler,
            ..Artifacts::default()
        }
        .play(test)
        .await;
        let answer = emulator.get("/postcards/pid").await;
        assert!(answer.text().contains(title), "{}", answer.text());
    }
}
