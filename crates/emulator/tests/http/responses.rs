//! Bodies both ways: streamed, collected, broken off.

use crate::support::{Answer, Artifacts, Gate, STREAMED, ended, get, head};
use iisc_emulator::EndReason;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

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
