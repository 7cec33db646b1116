//! Clients that leave, and the emulator that stops.

use crate::support::{Artifacts, Gate, STREAMED, get, head, is_alive, pass};
use iisc_emulator::{EndReason, Event};
use tokio::io::AsyncReadExt;

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
