//! Requests over real HTTP, answered by real processes.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and writes its own files"
)]

mod support;

use std::time::Duration;

use iisc_emulator::{EndReason, Event, OutputStream};
use support::{Answer, Artifacts, EXE, Gate, get, head, is_alive};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const STREAMED: &str = r#"path="*" verb="*" modules="FastCgiModule" responseBufferLimit="0""#;

fn ended(event: Event) -> Option<(u32, EndReason)> {
    match event {
        Event::Ended { pid, reason } => Some((pid, reason)),
        _ => None,
    }
}

/// Moves the clock of all time-outs.
async fn pass(seconds: u64) {
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(seconds)).await;
    tokio::time::resume();
}

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
    let mismatch = artifacts
        .load("mismatch")
        .unwrap()
        .pairing()
        .unwrap_err()
        .to_string();
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
    assert!(
        Artifacts::default()
            .load("match")
            .unwrap()
            .pairing()
            .is_ok()
    );
}

#[test]
fn the_artifacts_of_the_example_are_accepted() {
    let example = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/flask");
    let local = iisc_emulator::Local {
        root: example.clone(),
        interpreter: "python3".into(),
        state: "state".into(),
    };
    let server = iisc_emulator::Server::load(&example.join("expected/iis10"), local).unwrap();
    assert!(server.path().starts_with('/'));
    server.pairing().unwrap();
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
            "404.4 - Not Found",
        ),
        (
            "no_verb",
            r#"path="*" verb="POST" modules="FastCgiModule""#,
            "404.4 - Not Found",
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

#[tokio::test]
async fn each_process_has_one_request_at_a_time() {
    let (gate, variables) = Gate::new().await;
    let artifacts = Artifacts {
        variables,
        registration: r#"maxInstances="2""#,
        ..Artifacts::default()
    };
    let emulator = artifacts.play("one_at_a_time").await;
    let address = emulator.address;
    let requests: Vec<_> = (0..3)
        .map(|_| tokio::spawn(async move { get(address, "/postcards/gate").await }))
        .collect();
    let (one, two) = (gate.next().await, gate.next().await);
    assert_ne!(one.pid, two.pid);
    let first = one.pid;
    one.open().await;
    // The third request waited for a process to become free.
    let three = gate.next().await;
    assert_eq!(three.pid, first);
    three.open().await;
    two.open().await;
    for request in requests {
        request.await.unwrap().ok();
    }
}

#[tokio::test]
async fn a_full_queue_is_told() {
    let (gate, variables) = Gate::new().await;
    let artifacts = Artifacts {
        variables,
        registration: r#"maxInstances="1" queueLength="1""#,
        ..Artifacts::default()
    };
    let emulator = artifacts.play("queue").await;
    let address = emulator.address;
    let first = tokio::spawn(async move { get(address, "/postcards/gate").await });
    let waiting = gate.next().await;
    let second = tokio::spawn(async move { get(address, "/postcards/pid").await });
    let third = tokio::spawn(async move { get(address, "/postcards/pid").await });
    let mut others = tokio::task::JoinSet::new();
    others.spawn(second);
    others.spawn(third);
    let refused = others.join_next().await.unwrap().unwrap().unwrap();
    assert_eq!(refused.status, 503);
    assert!(refused.text().contains("503.4"), "{}", refused.text());
    waiting.open().await;
    others.join_next().await.unwrap().unwrap().unwrap().ok();
    first.await.unwrap().ok();
}

#[tokio::test]
async fn a_crash_is_explained_and_the_next_request_has_a_new_process() {
    let mut emulator = Artifacts::default().play("crash").await;
    let answer = emulator.get("/postcards/crash").await;
    assert_eq!(answer.status, 500);
    let text = answer.text();
    assert!(
        text.contains(&format!("{EXE} - The FastCGI process exited unexpectedly")),
        "{text}"
    );
    assert!(
        text.contains("exit status: 3") && text.contains("\n  boom"),
        "{text}"
    );
    let (_, reason) = emulator.event(ended).await;
    assert_eq!(reason, EndReason::Crashed("exit status: 3".to_owned()));
    emulator.get("/postcards/pid").await.ok();
}

#[tokio::test]
async fn what_a_process_prints_is_reported() {
    let mut emulator = Artifacts::default().play("prints").await;
    emulator.get("/postcards/pid").await.ok();
    let line = emulator
        .event(|event| match event {
            Event::Output {
                stream: OutputStream::Stdout,
                line,
                ..
            } => Some(line),
            _ => None,
        })
        .await;
    assert_eq!(line, "responder starts");
}

#[tokio::test]
async fn rapid_crashes_are_refused_until_the_minute_is_over() {
    let artifacts = Artifacts {
        registration: r#"rapidFailsPerMinute="2""#,
        ..Artifacts::default()
    };
    let emulator = artifacts.play("rapid").await;
    for _ in 0..2 {
        assert_eq!(emulator.get("/postcards/crash").await.status, 500);
    }
    let refused = emulator.get("/postcards/pid").await;
    assert_eq!(refused.status, 503);
    assert!(
        refused.text().contains("rapidFailsPerMinute"),
        "{}",
        refused.text()
    );
    pass(61).await;
    emulator.get("/postcards/pid").await.ok();
}

#[tokio::test]
async fn an_interpreter_that_is_not_there_is_told() {
    let server = Artifacts::default();
    let folder = server.write("no_interpreter");
    let local = iisc_emulator::Local {
        root: folder.clone(),
        interpreter: folder.join("nowhere/python"),
        state: folder.join("state"),
    };
    let server = iisc_emulator::Server::load(&folder.join("iis10"), local).unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(iisc_emulator::serve(
        server,
        listener,
        std::future::pending(),
        |_| {},
    ));
    let answer = get(address, "/postcards/pid").await;
    assert_eq!(answer.status, 500);
    assert!(
        answer.text().contains("nowhere/python`: No such file"),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn a_process_that_leaves_between_requests_is_replaced_unseen() {
    let artifacts = Artifacts {
        registration: r#"maxInstances="1""#,
        ..Artifacts::default()
    };
    let mut emulator = artifacts.play("leave").await;
    for _ in 0..20 {
        let left = emulator.get("/postcards/leave").await.ok();
        let next = emulator.get("/postcards/pid").await.ok();
        assert_ne!(left, next);
    }
    assert_eq!(emulator.event(ended).await.1, EndReason::Left);
}

#[tokio::test]
async fn a_process_is_replaced_after_its_last_request() {
    let artifacts = Artifacts {
        registration: r#"instanceMaxRequests="2""#,
        ..Artifacts::default()
    };
    let mut emulator = artifacts.play("max_requests").await;
    let mut pids = Vec::new();
    for _ in 0..4 {
        pids.push(emulator.get("/postcards/pid").await.ok());
    }
    assert!(
        pids[0] == pids[1] && pids[1] != pids[2] && pids[2] == pids[3],
        "{pids:?}"
    );
    let (pid, reason) = emulator.event(ended).await;
    assert_eq!(
        (pid.to_string(), reason),
        (pids[0].clone(), EndReason::MaxRequests)
    );
}

#[tokio::test]
async fn an_idle_process_is_ended_after_its_time() {
    let artifacts = Artifacts {
        registration: r#"idleTimeout="100""#,
        ..Artifacts::default()
    };
    let mut emulator = artifacts.play("idle").await;
    let pid: u32 = emulator.get("/postcards/pid").await.ok().parse().unwrap();
    pass(101).await;
    assert_eq!(emulator.event(ended).await, (pid, EndReason::IdleTimeout));
    assert!(!is_alive(pid));
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_ended_with_its_process() {
    for (test, registration, words, expected) in [
        (
            "activity",
            r#"activityTimeout="20""#,
            "activity timeout",
            EndReason::ActivityTimeout,
        ),
        (
            "request",
            r#"requestTimeout="20""#,
            "request timeout",
            EndReason::RequestTimeout,
        ),
    ] {
        let (gate, variables) = Gate::new().await;
        let mut emulator = Artifacts {
            variables,
            registration,
            ..Artifacts::default()
        }
        .play(test)
        .await;
        let address = emulator.address;
        let request = tokio::spawn(async move { get(address, "/postcards/gate").await });
        let waiting = gate.next().await;
        pass(21).await;
        let answer = request.await.unwrap();
        assert_eq!(answer.status, 500);
        let expected_text = format!("{EXE} - The FastCGI process exceeded configured {words}");
        assert!(answer.text().contains(&expected_text), "{}", answer.text());
        assert_eq!(emulator.event(ended).await, (waiting.pid, expected));
        waiting.gone().await;
    }
}

#[tokio::test]
async fn with_the_limit_0_the_first_chunk_arrives_before_the_second_is_made() {
    let (gate, variables) = Gate::new().await;
    let emulator = Artifacts {
        variables,
        handler: STREAMED,
        ..Artifacts::default()
    }
    .play("stream")
    .await;
    let mut stream = emulator
        .send(head("GET", "/postcards/stream", "").as_bytes())
        .await;
    let waiting = gate.next().await;
    let mut seen = Vec::new();
    while !seen.ends_with(b"first\n\r\n") {
        assert_ne!(stream.read_buf(&mut seen).await.unwrap(), 0);
    }
    waiting.open().await;
    stream.read_to_end(&mut seen).await.unwrap();
    assert!(seen.ends_with(b"second\n\r\n0\r\n\r\n"));
}

#[tokio::test]
async fn below_the_limit_the_response_goes_out_whole_with_its_length() {
    let (gate, variables) = Gate::new().await;
    let emulator = Artifacts {
        variables,
        ..Artifacts::default()
    }
    .play("buffer")
    .await;
    let address = emulator.address;
    let request = tokio::spawn(async move { get(address, "/postcards/stream").await });
    gate.next().await.open().await;
    let answer = request.await.unwrap();
    assert_eq!(answer.ok(), "first\nsecond\n");
    assert!(
        answer.head.contains("content-length: 13"),
        "{}",
        answer.head
    );
}

#[tokio::test]
async fn error_text_becomes_a_500() {
    for (test, handler) in [
        ("stderr", Artifacts::default().handler),
        ("stderr_0", STREAMED),
    ] {
        let emulator = Artifacts {
            handler,
            ..Artifacts::default()
        }
        .play(test)
        .await;
        let answer = emulator.get("/postcards/stderr").await;
        assert_eq!(answer.status, 500);
        assert!(
            answer.text().contains("something went wrong"),
            "{}",
            answer.text()
        );
    }
}

#[tokio::test]
async fn a_response_that_stops_halfway_is_cut() {
    let emulator = Artifacts {
        handler: STREAMED,
        ..Artifacts::default()
    }
    .play("half")
    .await;
    let answer = emulator.get("/postcards/half").await;
    assert_eq!((answer.status, answer.is_complete), (200, false));
    let emulator = Artifacts::default().play("half_buffered").await;
    let answer = emulator.get("/postcards/half").await;
    assert!(
        answer.text().contains("exited unexpectedly"),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn a_process_that_speaks_no_fastcgi_is_told_so_and_ended() {
    let mut emulator = Artifacts::default().play("noise").await;
    let answer = emulator.get("/postcards/noise").await;
    assert!(
        answer.text().contains("An unknown FastCGI error occurred"),
        "{}",
        answer.text()
    );
    assert!(matches!(
        emulator.event(ended).await.1,
        EndReason::Protocol(_)
    ));
}

#[tokio::test]
async fn an_upload_of_8_mib_comes_back_unchanged() {
    let emulator = Artifacts::default().play("upload").await;
    let body: Vec<u8> = (0..8u32 << 18).flat_map(u32::to_le_bytes).collect();
    let length = format!("Content-Length: {}\r\n", body.len());
    let mut stream = emulator
        .send(head("POST", "/postcards/echo", &length).as_bytes())
        .await;
    stream.write_all(&body).await.unwrap();
    let answer = Answer::read(stream).await;
    assert_eq!(answer.status, 200);
    assert!(answer.body == body);
}

#[tokio::test]
async fn an_upload_without_a_length_is_passed_on() {
    let emulator = Artifacts::default().play("chunked").await;
    let chunked = "Transfer-Encoding: chunked\r\n";
    for (path, expected) in [
        ("/postcards/echo", "hello"),
        ("/postcards/vars", "CONTENT_LENGTH=\n"),
    ] {
        let head = head("POST", path, chunked);
        let request = format!("{head}2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n");
        let answer = Answer::read(emulator.send(request.as_bytes()).await).await;
        assert!(answer.ok().contains(expected), "{}", answer.text());
    }
}

#[tokio::test]
async fn a_head_request_has_no_body() {
    let emulator = Artifacts::default().play("head").await;
    let answer = Answer::read(
        emulator
            .send(head("HEAD", "/postcards/pid", "").as_bytes())
            .await,
    )
    .await;
    assert_eq!((answer.status, answer.body.len()), (200, 0));
}

#[tokio::test]
async fn a_client_that_leaves_costs_no_process() {
    let (gate, variables) = Gate::new().await;
    let artifacts = Artifacts {
        variables,
        handler: STREAMED,
        registration: r#"maxInstances="1""#,
        ..Artifacts::default()
    };
    let emulator = artifacts.play("client_leaves").await;
    let stream = emulator
        .send(head("GET", "/postcards/stream", "").as_bytes())
        .await;
    let waiting = gate.next().await;
    let pid = waiting.pid;
    drop(stream);
    waiting.open().await;
    assert_eq!(emulator.get("/postcards/pid").await.ok(), pid.to_string());
    // Within its upload it costs none either.
    let upload = format!(
        "{}half",
        head("POST", "/postcards/echo", "Content-Length: 100\r\n")
    );
    drop(emulator.send(upload.as_bytes()).await);
    assert_eq!(emulator.get("/postcards/pid").await.ok(), pid.to_string());
    let events = emulator.stop().await;
    assert_eq!(
        events
            .iter()
            .filter(|event| matches!(event, Event::Started { .. }))
            .count(),
        1
    );
    assert!(!is_alive(pid));
}

#[tokio::test]
async fn stopping_lets_a_request_finish_and_reaps_every_process() {
    let (gate, variables) = Gate::new().await;
    let emulator = Artifacts {
        variables,
        ..Artifacts::default()
    }
    .play("stop")
    .await;
    let address = emulator.address;
    let requests =
        [(); 2].map(|()| tokio::spawn(async move { get(address, "/postcards/gate").await }));
    let waiting = [gate.next().await, gate.next().await];
    let pids = [waiting[0].pid, waiting[1].pid];
    let stop = tokio::spawn(emulator.stop());
    for waiting in waiting {
        waiting.open().await;
    }
    for request in requests {
        request.await.unwrap().ok();
    }
    let events = stop.await.unwrap();
    for pid in pids {
        assert!(
            events.contains(&Event::Ended {
                pid,
                reason: EndReason::Stopped
            }),
            "{events:?}"
        );
        assert!(!is_alive(pid));
    }
}

#[tokio::test]
async fn stopping_does_not_wait_for_a_request_that_hangs() {
    let (gate, variables) = Gate::new().await;
    let emulator = Artifacts {
        variables,
        ..Artifacts::default()
    }
    .play("stop_hanging")
    .await;
    let _client = emulator
        .send(head("GET", "/postcards/gate", "").as_bytes())
        .await;
    let waiting = gate.next().await;
    let pid = waiting.pid;
    let mut idle = emulator
        .send(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .await;
    let mut page = Vec::new();
    while !page.ends_with(b"</p>\n") {
        assert_ne!(idle.read_buf(&mut page).await.unwrap(), 0);
    }
    let stop = tokio::spawn(emulator.stop());
    // The time to finish has begun when idle connections are closed.
    assert_eq!(idle.read(&mut [0]).await.unwrap(), 0);
    pass(6).await;
    let events = stop.await.unwrap();
    assert!(
        events.contains(&Event::Ended {
            pid,
            reason: EndReason::Stopped
        }),
        "{events:?}"
    );
    assert!(!is_alive(pid));
}

#[tokio::test]
async fn dropping_the_emulator_kills_every_process() {
    let (gate, variables) = Gate::new().await;
    let emulator = Artifacts {
        variables,
        ..Artifacts::default()
    }
    .play("dropped")
    .await;
    let _client = emulator
        .send(head("GET", "/postcards/gate", "").as_bytes())
        .await;
    let waiting = gate.next().await;
    drop(emulator.abort().await);
    waiting.gone().await;
}
