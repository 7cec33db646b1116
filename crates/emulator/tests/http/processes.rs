//! Processes: how many, how long, and what happens when one is gone.

use crate::support::{Artifacts, EXE, Gate, ended, get, is_alive, pass};
use iisc_emulator::{EndReason, Event, OutputStream};

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
